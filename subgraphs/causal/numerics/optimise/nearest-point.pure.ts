import { Problem } from '../problem.pure.ts';
import { zeros, type Matrix } from '../linear/matrix.pure.ts';

export interface NearestPoint {
  /** Not negative, adding up to 1. */
  readonly weights: Float64Array;
  /** w'Qw at the weights. */
  readonly value: number;
  /** How far the value can still be above the minimum, by duality. */
  readonly gap: number;
}

/** Points that carry weight, and R with R'R = Q[corral, corral] + offset of the same points. */
interface Corral {
  readonly members: number[];
  readonly factor: Float64Array;
  readonly stride: number;
}

/** A pivot this small beside its diagonal means the point lies in the plane of those already there. */
const dependent = 1e-12;
const gapTolerance = 1e-12;

/**
 * Minimise w'Qw over w >= 0, sum w = 1, with Q symmetric and positive semidefinite, size x size. With points as columns
 * of P and Q = P'P this is the point of their convex hull nearest to the origin, found exactly in finitely many steps
 * (Wolfe, Finding the nearest point in a polytope, 1976); neither full rank nor more rows than columns are needed.
 * min |y - X w|^2 + r |w|^2 is the case P = X - y, plus r on the diagonal. `start` names points to begin from, such as
 * those that carried weight in a similar problem. Throws NOT_FINITE, and NOT_CONVERGED should rounding prevent an answer.
 */
export function nearestPoint(q: Matrix, start: readonly number[] = []): NearestPoint {
  const size = q.rows;
  let scale = 0;
  for (let index = 0; index < size; index++) scale = Math.max(scale, q.data[index * size + index]!);
  if (size === 0 || !Number.isFinite(scale))
    throw new Problem('NOT_FINITE', 'A weight cannot be found: no finite data.');
  const weights = new Float64Array(size);
  const gradient = new Float64Array(size);
  const corral: Corral = { members: [], factor: new Float64Array(size * size), stride: size };
  begin(q, corral, weights, scale, start);
  for (let step = 0; step < 50 * size + 100; step++) {
    const value = productInto(q, corral.members, weights, gradient);
    const next = smallest(gradient);
    const gap = value - gradient[next]!;
    if (gap <= gapTolerance * scale || !append(q, corral, next, scale)) {
      return { weights, value: Math.max(0, value), gap: Math.max(0, gap) };
    }
    settle(q, corral, weights, scale);
  }
  throw new Problem('NOT_CONVERGED', 'The weights of the controls could not be determined from these data.');
}

function begin(q: Matrix, corral: Corral, weights: Float64Array, scale: number, start: readonly number[]): void {
  for (const point of start) if (point < q.rows && !corral.members.includes(point)) append(q, corral, point, scale);
  if (corral.members.length === 0) append(q, corral, shortest(q), scale);
  for (const point of corral.members) weights[point] = 1 / corral.members.length;
  settle(q, corral, weights, scale);
}

function shortest(q: Matrix): number {
  let best = 0;
  for (let index = 1; index < q.rows; index++) {
    if (q.data[index * q.rows + index]! < q.data[best * q.rows + best]!) best = index;
  }
  return best;
}

function smallest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! < values[best]!) best = index;
  return best;
}

/** Qw into `out`; returns w'Qw. */
function productInto(q: Matrix, members: readonly number[], weights: Float64Array, out: Float64Array): number {
  out.fill(0);
  const size = q.rows;
  for (const member of members) {
    const weight = weights[member]!;
    const from = member * size;
    for (let index = 0; index < size; index++) out[index] = out[index]! + weight * q.data[from + index]!;
  }
  let value = 0;
  for (const member of members) value += weights[member]! * out[member]!;
  return value;
}

/** Go to the minimum over the plane of the corral, dropping every point whose weight would fall below zero on the way. */
function settle(q: Matrix, corral: Corral, weights: Float64Array, scale: number): void {
  for (;;) {
    const target = planeMinimum(corral);
    let step = 1;
    let leaving = -1;
    corral.members.forEach((member, place) => {
      const [from, to] = [weights[member]!, target[place]!];
      if (to > 0 || from - to <= 0) return;
      const reach = from / (from - to);
      if (reach < step) [step, leaving] = [reach, place];
    });
    corral.members.forEach((member, place) => {
      weights[member] = Math.max(0, weights[member]! + step * (target[place]! - weights[member]!));
    });
    if (leaving < 0) return;
    weights[corral.members[leaving]!] = 0;
    remove(q, corral, leaving, scale);
  }
}

/** Weights over the corral, of any sign, adding up to 1: proportional to (Q + scale 11')^-1 1. */
function planeMinimum({ members, factor, stride }: Corral): Float64Array {
  const size = members.length;
  const x = new Float64Array(size).fill(1);
  for (let row = 0; row < size; row++) {
    let value = x[row]!;
    for (let k = 0; k < row; k++) value -= factor[row * stride + k]! * x[k]!;
    x[row] = value / factor[row * stride + row]!;
  }
  let sum = 0;
  for (let row = size - 1; row >= 0; row--) {
    let value = x[row]!;
    for (let k = row + 1; k < size; k++) value -= factor[k * stride + row]! * x[k]!;
    x[row] = value / factor[row * stride + row]!;
    sum += x[row]!;
  }
  for (let row = 0; row < size; row++) x[row] = x[row]! / sum;
  return x;
}

/** False when the point adds nothing to the plane of the corral. Column k of the factor stands at k * stride. */
function append(q: Matrix, corral: Corral, point: number, scale: number): boolean {
  corral.members.push(point);
  if (factorise(q, corral, corral.members.length - 1, scale)) return true;
  corral.members.pop();
  return false;
}

function remove(q: Matrix, corral: Corral, place: number, scale: number): void {
  corral.members.splice(place, 1);
  for (let column = place; column < corral.members.length; column++) factorise(q, corral, column, scale);
}

function factorise(q: Matrix, { members, factor, stride }: Corral, column: number, scale: number): boolean {
  const own = members[column]! * q.rows;
  const at = column * stride;
  let rest = q.data[own + members[column]!]! + scale;
  for (let i = 0; i < column; i++) {
    let value = q.data[own + members[i]!]! + scale;
    for (let k = 0; k < i; k++) value -= factor[i * stride + k]! * factor[at + k]!;
    value /= factor[i * stride + i]!;
    factor[at + i] = value;
    rest -= value * value;
  }
  const independent = rest > dependent * scale;
  factor[at + column] = Math.sqrt(independent ? rest : dependent * scale);
  return independent || column === 0;
}

/**
 * P'P for the points P = X - y, where the columns of X and y stand in one table: `gram` is the inner products of all its
 * columns, `target` the column of y and `columns` those of X. With `ridge` on the diagonal.
 */
export function differenceGram(gram: Matrix, target: number, columns: readonly number[], ridge = 0): Matrix {
  const [size, stride] = [columns.length, gram.rows];
  const result = zeros(size, size);
  const own = gram.data[target * stride + target]!;
  for (let j = 0; j < size; j++) {
    const column = columns[j]! * stride;
    const shift = own - gram.data[column + target]!;
    for (let i = 0; i <= j; i++) {
      const value = gram.data[column + columns[i]!]! - gram.data[target * stride + columns[i]!]! + shift;
      result.data[j * size + i] = value;
      result.data[i * size + j] = value;
    }
    result.data[j * size + j] = result.data[j * size + j]! + ridge;
  }
  return result;
}
