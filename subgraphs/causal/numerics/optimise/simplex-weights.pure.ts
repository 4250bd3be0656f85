import { gram } from '../linear/gram.pure.ts';
import { columnOf, multiplyVector, zeros, type Matrix } from '../linear/matrix.pure.ts';
import { Problem, requireFinite, requireLength } from '../problem.pure.ts';
import { nearestPoint } from './nearest-point.pure.ts';

export interface SimplexWeights {
  /** One per column, not negative, adding up to 1; most are exactly 0. */
  readonly weights: Float64Array;
  /** y - X w. */
  readonly residuals: Float64Array;
}

/**
 * min ||X w - y||^2 + ridge ||w||^2 over w >= 0, sum w = 1, exactly: nearestPoint of the columns less y. It needs no more
 * rows than columns. Where several w fit equally well, the one found depends on the order of columns only.
 * Throws TOO_FEW without columns, NOT_FINITE, SHAPE, NOT_CONVERGED.
 */
export function simplexWeights(x: Matrix, y: Float64Array, ridge = 0): SimplexWeights {
  requireLength(y.length, x.rows, 'The target');
  if (x.columns === 0 || x.rows === 0) throw new Problem('TOO_FEW', 'There is nothing to weigh.');
  requireFinite(x.data, 'What is weighed');
  requireFinite(y, 'The target');
  const { weights } = nearestPoint(productsOf(x, y, ridge));
  const combined = multiplyVector(x, weights);
  return { weights, residuals: y.map((value, row) => value - combined[row]!) };
}

/** Products of every two columns less y, the ridge on the diagonal. */
function productsOf(x: Matrix, y: Float64Array, ridge: number): Matrix {
  const shifted = zeros(x.rows, x.columns);
  for (let column = 0; column < x.columns; column++) {
    const [from, to] = [columnOf(x, column), columnOf(shifted, column)];
    for (let row = 0; row < x.rows; row++) to[row] = from[row]! - y[row]!;
  }
  const products = gram(shifted);
  for (let at = 0; at < products.data.length; at += x.columns + 1) products.data[at] = products.data[at]! + ridge;
  return products;
}
