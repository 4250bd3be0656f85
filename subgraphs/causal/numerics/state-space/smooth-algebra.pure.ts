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

/** A B. */
export function product(a: Square, b: Square, size: number): Square {
  const result = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = b[column * size + inner]!;
      if (factor === 0) continue;
      for (let row = 0; row < size; row++) {
        result[column * size + row] = result[column * size + row]! + a[inner * size + row]! * factor;
      }
    }
  }
  return result;
}

/** into + M v, in place. */
export function addProduct(into: Float64Array, matrix: Square, vector: Float64Array): void {
  const size = into.length;
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) into[row] = into[row]! + matrix[column * size + row]! * vector[column]!;
  }
}
