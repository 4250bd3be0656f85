import { dot } from '../linear/matrix.pure.ts';
import type { Layout } from './structural-model.pure.ts';

/** A square matrix over the states, column after column. */
export type Square = Float64Array;

/** P z: what each state has in common with the observation. */
export function coupled({ size, observed }: Layout, covariance: Square): Float64Array {
  const result = new Float64Array(size);
  for (const state of observed) {
    for (let row = 0; row < size; row++) result[row] = result[row]! + covariance[state * size + row]!;
  }
  return result;
}

/** T' N T, in place. */
export function retreatBoth({ size, retreat }: Layout, n: Square): void {
  for (let column = 0; column < size; column++) retreat(n, column * size, 1);
  for (let row = 0; row < size; row++) retreat(n, row, size);
}

/** N (I + pull z'). */
export function retreatColumns({ size, observed }: Layout, n: Square, pull: Float64Array): Square {
  const result = n.slice();
  const pulled = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    const factor = pull[column]!;
    for (let row = 0; row < size; row++) pulled[row] = pulled[row]! + n[column * size + row]! * factor;
  }
  for (const state of observed) {
    for (let row = 0; row < size; row++) result[state * size + row] = result[state * size + row]! + pulled[row]!;
  }
  return result;
}

/** (I + z pull') N (I + pull z'). */
export function sandwichOf(layout: Layout, n: Square, pull: Float64Array): Square {
  const { size, observed } = layout;
  const result = retreatColumns(layout, n, pull);
  for (let column = 0; column < size; column++) {
    let sum = 0;
    for (let row = 0; row < size; row++) sum += pull[row]! * result[column * size + row]!;
    for (const state of observed) result[column * size + state] = result[column * size + state]! + sum;
  }
  return result;
}

/** N + factor z z', in place. */
export function addOuter({ size, observed }: Layout, n: Square, factor: number): void {
  for (const row of observed) {
    for (const column of observed) n[column * size + row] = n[column * size + row]! + factor;
  }
}

/** N'. */
export function transposed(n: Square, size: number): Square {
  return n.map((_, at) => n[(at % size) * size + Math.floor(at / size)]!);
}

/** A N B for symmetric A and B: its diagonal, and the sum over the observed states; no more of it is computed. */
export function between(layout: Layout, a: Square, n: Square, b: Square): { diagonal: Float64Array; sum: number } {
  const { size } = layout;
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  for (let state = 0; state < size; state++) {
    column.fill(0);
    addProduct(column, n, b.subarray(state * size, (state + 1) * size));
    for (let row = 0; row < size; row++) diagonal[state] = diagonal[state]! + a[state * size + row]! * column[row]!;
  }
  column.fill(0);
  addProduct(column, n, coupled(layout, b));
  return { diagonal, sum: dot(coupled(layout, a), column) };
}

/** into + M v, in place. */
export function addProduct(into: Float64Array, matrix: Square, vector: Float64Array): void {
  const size = into.length;
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) into[row] = into[row]! + matrix[column * size + row]! * vector[column]!;
  }
}
