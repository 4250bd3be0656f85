import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, multiply, transpose, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { symmetricEigen } from '../numerics/linear/symmetric-eigen.pure.ts';
import { Problem, requireLength } from '../numerics/problem.pure.ts';
import type { Regression } from './regression.pure.ts';

/** Covariance of coefficients, and the degrees of freedom its t statistics have. */
export interface Covariance {
  readonly matrix: Matrix;
  readonly degreesOfFreedom: number;
}

/** A cluster number from 0 for every row. */
export interface Clusters {
  readonly codes: Int32Array;
  readonly count: number;
}

/** Numbers the different values in order of first appearance. */
export function clustersOf(values: ArrayLike<number | string>): Clusters {
  const seen = new Map<number | string, number>();
  const codes = Int32Array.from({ length: values.length }, (_, row) => {
    const value = values[row]!;
    const code = seen.get(value) ?? seen.size;
    seen.set(value, code);
    return code;
  });
  return { codes, count: seen.size };
}

/** All errors equally spread and independent. */
export function classicalCovariance(fit: Regression): Covariance {
  const variance = fit.residualSumOfSquares / fit.degreesOfFreedom;
  return { matrix: scaled(fit.inverseGram, variance), degreesOfFreedom: fit.degreesOfFreedom };
}

/** Errors of unequal spread (White; MacKinnon & White 1985). HC3 throws TOO_FEW where one row alone fixes an effect. */
export function robustCovariance(fit: Regression, kind: 'HC0' | 'HC1' | 'HC3'): Covariance {
  const rows = fit.x.rows;
  const weights = kind === 'HC3' ? withoutOwnPull(fit) : fit.residuals;
  const factor = kind === 'HC1' ? rows / fit.degreesOfFreedom : 1;
  return {
    matrix: scaled(sandwich(fit, gram(scoresOf(fit, weights))), factor),
    degreesOfFreedom: fit.degreesOfFreedom,
  };
}

/**
 * Errors that go together within clusters (Liang & Zeger), in one way or, by Cameron, Gelbach and Miller (2011), in two.
 * ADJUSTED multiplies by G / (G - 1), HC1 also by (n - 1) / (n - k). A two-way matrix that is not positive is made so
 * by dropping its negative eigenvalues. Throws TOO_FEW_CLUSTERS below two.
 */
export function clusteredCovariance(
  fit: Regression,
  ways: readonly Clusters[],
  kind: 'ADJUSTED' | 'HC1' = 'HC1',
): Covariance {
  ways.forEach(({ codes }) => requireLength(codes.length, fit.x.rows, 'The clusters'));
  const smallest = Math.min(...ways.map(({ count }) => count));
  if (!(smallest >= 2)) {
    throw new Problem('TOO_FEW_CLUSTERS', 'All rows are in one cluster; errors cannot be clustered that way.');
  }
  const parts = ways.map((way) => meatOf(fit, way));
  const [first, second] = ways;
  const meat = zeros(fit.x.columns, fit.x.columns);
  for (const part of parts) part.data.forEach((value, at) => (meat.data[at] = meat.data[at]! + value));
  if (first && second) {
    meatOf(fit, crossed(first, second)).data.forEach((value, at) => (meat.data[at] = meat.data[at]! - value));
  }
  const rows = fit.x.rows;
  const factor = kind === 'HC1' ? (rows - 1) / fit.degreesOfFreedom : 1;
  const matrix = scaled(sandwich(fit, meat), factor);
  return { matrix: ways.length > 1 ? positivePart(matrix) : matrix, degreesOfFreedom: smallest - 1 };
}

/** X_g'u_g of every cluster, clusters x columns. */
export function clusterScores(x: Matrix, residuals: Float64Array, { codes, count }: Clusters): Matrix {
  const scores = zeros(count, x.columns);
  for (let column = 0; column < x.columns; column++) {
    const [from, to] = [column * x.rows, column * count];
    for (let row = 0; row < x.rows; row++) {
      const at = to + codes[row]!;
      scores.data[at] = scores.data[at]! + x.data[from + row]! * residuals[row]!;
    }
  }
  return scores;
}

function meatOf(fit: Regression, clusters: Clusters): Matrix {
  return scaled(gram(clusterScores(fit.x, fit.residuals, clusters)), clusters.count / (clusters.count - 1));
}

function crossed(a: Clusters, b: Clusters): Clusters {
  return clustersOf(a.codes.map((code, row) => code * b.count + b.codes[row]!));
}

function scoresOf({ x }: Regression, weights: Float64Array): Matrix {
  return { ...x, data: x.data.map((value, at) => value * weights[at % x.rows]!) };
}

function withoutOwnPull(fit: Regression): Float64Array {
  const pulled = multiply(fit.x, fit.inverseGram);
  return fit.residuals.map((residual, row) => {
    let leverage = 0;
    for (let at = row; at < pulled.data.length; at += fit.x.rows) leverage += pulled.data[at]! * fit.x.data[at]!;
    if (1 - leverage > 1e-10) return residual / (1 - leverage);
    throw new Problem('TOO_FEW', `Row ${row + 1} alone determines an effect; HC3 errors do not exist.`, { row });
  });
}

function sandwich({ inverseGram }: Regression, meat: Matrix): Matrix {
  return multiply(multiply(inverseGram, meat), inverseGram);
}

function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => value * factor) };
}

function positivePart(matrix: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(matrix);
  if (values.at(-1)! >= 0) return matrix;
  const kept = { ...vectors, data: vectors.data.slice() };
  values.forEach((value, index) =>
    columnOf(kept, index).forEach((entry, row, column) => (column[row] = entry * Math.max(0, value))),
  );
  return multiply(kept, transpose(vectors));
}
