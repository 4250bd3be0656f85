import { Problem } from '../problem.pure.ts';
import { columnOf, copyMatrix, identity, pickColumns, type Matrix } from './matrix.pure.ts';

export interface SymmetricEigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** Column k belongs to value k; the columns are orthonormal. */
  readonly vectors: Matrix;
}

const sweeps = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix by Jacobi's cyclic rotations (Golub & Van Loan, 8.5): slower than a
 * tridiagonal method, and accurate to the last digits also for tiny eigenvalues. Throws NOT_CONVERGED.
 */
export function symmetricEigen(matrix: Matrix): SymmetricEigen {
  const a = copyMatrix(matrix);
  const vectors = identity(a.rows);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (!rotateAll(a, vectors)) return sorted(a, vectors);
  }
  throw new Problem('NOT_CONVERGED', 'The eigenvalues of a matrix did not settle.');
}

function rotateAll(a: Matrix, vectors: Matrix): boolean {
  const size = a.rows;
  let changed = false;
  for (let q = 1; q < size; q++) {
    for (let p = 0; p < q; p++) {
      const apq = a.data[q * size + p]!;
      const app = a.data[p * size + p]!;
      const aqq = a.data[q * size + q]!;
      if (Math.abs(apq) <= Number.EPSILON * Math.sqrt(Math.abs(app * aqq)) || apq === 0) continue;
      changed = true;
      const tau = (aqq - app) / (2 * apq);
      const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
      const c = 1 / Math.hypot(1, t);
      rotateColumns(a, p, q, c, t * c);
      rotateRows(a, p, q, c, t * c);
      rotateColumns(vectors, p, q, c, t * c);
      [a.data[q * size + p], a.data[p * size + q]] = [0, 0];
    }
  }
  return changed;
}

/** [x_p, x_q] becomes [c x_p - s x_q, s x_p + c x_q]. */
export function rotateColumns(matrix: Matrix, p: number, q: number, c: number, s: number): void {
  const [first, second] = [columnOf(matrix, p), columnOf(matrix, q)];
  for (let row = 0; row < matrix.rows; row++) {
    const x = first[row]!;
    const y = second[row]!;
    first[row] = c * x - s * y;
    second[row] = s * x + c * y;
  }
}

function rotateRows(matrix: Matrix, p: number, q: number, c: number, s: number): void {
  for (let at = 0; at < matrix.data.length; at += matrix.rows) {
    const x = matrix.data[at + p]!;
    const y = matrix.data[at + q]!;
    matrix.data[at + p] = c * x - s * y;
    matrix.data[at + q] = s * x + c * y;
  }
}

function sorted(a: Matrix, vectors: Matrix): SymmetricEigen {
  const values = Array.from({ length: a.rows }, (_, index) => a.data[index * a.rows + index]!);
  const order = values.map((_, index) => index).sort((x, y) => values[y]! - values[x]!);
  return { values: Float64Array.from(order, (index) => values[index]!), vectors: pickColumns(vectors, order) };
}
