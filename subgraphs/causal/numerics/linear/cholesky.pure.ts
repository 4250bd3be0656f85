import { Problem } from '../problem.pure.ts';
import { columnOf, copyMatrix, type Matrix } from './matrix.pure.ts';
import { invertUpper, solveUpper, solveUpperTransposed, upperTimesTransposed } from './triangular.pure.ts';

export interface Cholesky {
  /** Upper triangular U with U'U = A + jitter I; below the diagonal zero. */
  readonly upper: Matrix;
  /** What had to be added to the diagonal; 0 for a matrix that is positive definite as it stands. */
  readonly jitter: number;
}

/**
 * Factor a symmetric positive definite matrix, of which the upper triangle is read. `maxJitter`, relative to the mean
 * of the diagonal, allows a matrix that is singular to rounding: 1e-12 and then tenfold more is added until it factors.
 * Throws NOT_POSITIVE_DEFINITE.
 */
export function cholesky(a: Matrix, maxJitter = 0): Cholesky {
  const mean = diagonalMean(a);
  for (let relative = 0; relative <= maxJitter; relative = relative === 0 ? 1e-12 : relative * 10) {
    const upper = tryFactor(a, relative * mean);
    if (upper) return { upper, jitter: relative * mean };
  }
  throw new Problem('NOT_POSITIVE_DEFINITE', 'The matrix is not positive definite; its columns depend on each other.');
}

function diagonalMean(a: Matrix): number {
  let sum = 0;
  for (let index = 0; index < a.rows; index++) sum += a.data[index * a.rows + index]!;
  return sum / a.rows;
}

function tryFactor(a: Matrix, jitter: number): Matrix | null {
  const upper = copyMatrix(a);
  const size = a.rows;
  for (let j = 0; j < size; j++) {
    const column = columnOf(upper, j);
    let rest = column[j]! + jitter;
    for (let i = 0; i < j; i++) {
      const other = columnOf(upper, i);
      let value = column[i]!;
      for (let k = 0; k < i; k++) value -= other[k]! * column[k]!;
      value /= other[i]!;
      column[i] = value;
      rest -= value * value;
    }
    if (!(rest > 4 * Number.EPSILON * Math.abs(a.data[j * size + j]! + jitter))) return null;
    column[j] = Math.sqrt(rest);
    column.fill(0, j + 1);
  }
  return upper;
}

/** Solve A x = b in place of b. */
export function choleskySolve({ upper }: Cholesky, b: Float64Array): void {
  solveUpperTransposed(upper, b);
  solveUpper(upper, b);
}

/** A^-1, both triangles. */
export function choleskyInverse({ upper }: Cholesky): Matrix {
  return upperTimesTransposed(invertUpper(upper));
}

/** ln det A. */
export function choleskyLogDeterminant({ upper }: Cholesky): number {
  let sum = 0;
  for (let index = 0; index < upper.rows; index++) sum += Math.log(upper.data[index * upper.rows + index]!);
  return 2 * sum;
}
