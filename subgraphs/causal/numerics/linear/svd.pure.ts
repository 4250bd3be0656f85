import { Problem } from '../problem.pure.ts';
import { columnOf, copyMatrix, dot, identity, pickColumns, transpose, type Matrix } from './matrix.pure.ts';
import { rotateColumns } from './symmetric-eigen.pure.ts';

/** A = U diag(values) V', thin: with r = min(rows, columns), U is rows x r and V columns x r. */
export interface Svd {
  readonly u: Matrix;
  /** Largest first. A value of zero has a column of zeros in U. */
  readonly values: Float64Array;
  readonly v: Matrix;
}

const sweeps = 60;

/**
 * Singular values by one-sided Jacobi rotations (Hestenes; Demmel & Veselic 1992), which finds small values to high
 * relative accuracy. Throws NOT_CONVERGED.
 */
export function svd(matrix: Matrix): Svd {
  if (matrix.rows < matrix.columns) {
    const { u, values, v } = svd(transpose(matrix));
    return { u: v, values, v: u };
  }
  const work = copyMatrix(matrix);
  const v = identity(matrix.columns);
  // Sums over many rows are rounded more, and what is left of a dependent column is rounding: both would turn forever.
  const tolerance = Math.max(4, Math.sqrt(matrix.rows)) * Number.EPSILON;
  const nothing = tolerance ** 2 * dot(matrix.data, matrix.data);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (!orthogonaliseAll(work, v, tolerance, nothing)) return normalised(work, v);
  }
  throw new Problem('NOT_CONVERGED', 'The singular values of a matrix did not settle.');
}

function orthogonaliseAll(work: Matrix, v: Matrix, tolerance: number, nothing: number): boolean {
  let changed = false;
  for (let q = 1; q < work.columns; q++) {
    for (let p = 0; p < q; p++) {
      const [first, second] = [columnOf(work, p), columnOf(work, q)];
      const [alpha, beta, gamma] = [dot(first, first), dot(second, second), dot(first, second)];
      if (Math.min(alpha, beta) <= nothing) continue;
      if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha * beta)) continue;
      changed = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      const c = 1 / Math.hypot(1, t);
      rotateColumns(work, p, q, c, c * t);
      rotateColumns(v, p, q, c, c * t);
    }
  }
  return changed;
}

function normalised(work: Matrix, v: Matrix): Svd {
  const lengths = Array.from({ length: work.columns }, (_, column) => {
    const values = columnOf(work, column);
    return Math.sqrt(dot(values, values));
  });
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[b]! - lengths[a]!);
  const u = pickColumns(work, order);
  const values = Float64Array.from(order, (column) => lengths[column]!);
  values.forEach((length, column) => {
    const vector = columnOf(u, column);
    for (let row = 0; row < vector.length; row++) vector[row] = length > 0 ? vector[row]! / length : 0;
  });
  return { u, values, v: pickColumns(v, order) };
}
