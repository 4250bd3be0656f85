import { Problem, requireFinite, requireLength } from '../problem.pure.ts';
import { applyQTransposed, pivotedQr, upperFactor, type PivotedQr } from './householder-qr.pure.ts';
import { columnOf, dot, zeros, type Matrix } from './matrix.pure.ts';
import { invertUpper, solveUpper, upperTimesTransposed } from './triangular.pure.ts';

export interface LeastSquares {
  /** One per column of X. */
  readonly coefficients: Float64Array;
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  readonly residualSumOfSquares: number;
  /** Rows less columns. */
  readonly degreesOfFreedom: number;
  /** (X'X)^-1, columns x columns. */
  readonly inverseGram: Matrix;
}

/**
 * min ||X b - y|| by Householder QR with scaled, pivoted columns and one step of iterative refinement, which keeps
 * about eleven digits on NIST's Longley data. `names` are the columns of X, for messages. Throws TOO_FEW when there are fewer
 * rows than columns, COLLINEAR with the names of the dependent columns, CONSTANT for a column of zeros, NOT_FINITE, SHAPE.
 */
export function leastSquares(x: Matrix, y: Float64Array, names: readonly string[] = []): LeastSquares {
  requireLength(y.length, x.rows, 'The outcome');
  requireFinite(y, 'The outcome');
  for (let column = 0; column < x.columns; column++) requireFinite(columnOf(x, column), nameOf(names, column));
  if (x.rows < x.columns) {
    throw new Problem('TOO_FEW', `${x.rows} rows cannot determine ${x.columns} coefficients.`, { rows: x.rows });
  }
  const qr = pivotedQr(x);
  if (qr.rank < x.columns) throw collinear(qr, x, names);
  const upper = upperFactor(qr);
  const coefficients = solveWith(qr, upper, y);
  const correction = solveWith(qr, upper, compensatedResiduals(x, coefficients, y));
  for (let column = 0; column < x.columns; column++) coefficients[column] = coefficients[column]! + correction[column]!;
  const residuals = compensatedResiduals(x, coefficients, y);
  return {
    coefficients,
    fitted: y.map((value, row) => value - residuals[row]!),
    residuals,
    residualSumOfSquares: dot(residuals, residuals),
    degreesOfFreedom: x.rows - x.columns,
    inverseGram: inverseGramOf(qr, upper),
  };
}

function nameOf(names: readonly string[], column: number): string {
  return names[column] ?? `column ${column + 1}`;
}

/** Names the columns without which the others would be independent, and those that each can be computed from. */
function collinear(qr: PivotedQr, x: Matrix, names: readonly string[]): Problem {
  const dependent = [...qr.order.subarray(qr.rank)].sort((a, b) => a - b);
  const columns = dependent.map((column) => nameOf(names, column));
  const zero = dependent.filter((column) => columnOf(x, column).every((value) => value === 0));
  if (zero.length > 0) {
    const which = zero.map((column) => nameOf(names, column)).join(', ');
    return new Problem('CONSTANT', `${which} is zero in every row, so its effect is unknown. Leave it out.`, {
      columns,
    });
  }
  const upper = upperFactor(qr);
  const sources = new Set<number>();
  for (let place = qr.rank; place < qr.order.length; place++) {
    const shares = columnOf(qr.factor, place).slice(0, qr.rank);
    solveUpper(upper, shares);
    shares.forEach((share, source) => Math.abs(share) > 1e-7 && sources.add(qr.order[source]!));
  }
  const from = [...sources].sort((a, b) => a - b).map((column) => nameOf(names, column));
  return new Problem(
    'COLLINEAR',
    `${columns.join(', ')} can be computed from ${from.join(', ')}; their effects cannot be told apart. Leave one out.`,
    { columns, from },
  );
}

function solveWith(qr: PivotedQr, upper: Matrix, y: Float64Array): Float64Array {
  const rotated = y.slice();
  applyQTransposed(qr, rotated);
  const solved = rotated.slice(0, qr.rank);
  solveUpper(upper, solved);
  const result = new Float64Array(qr.rank);
  for (let place = 0; place < qr.rank; place++) {
    const column = qr.order[place]!;
    result[column] = solved[place]! / qr.scales[column]!;
  }
  return result;
}

/** y - X b, each row summed with Neumaier's correction, so that the refinement has something to refine. */
function compensatedResiduals(x: Matrix, coefficients: Float64Array, y: Float64Array): Float64Array {
  const sums = y.slice();
  const lost = new Float64Array(y.length);
  for (let column = 0; column < x.columns; column++) {
    const factor = -coefficients[column]!;
    const from = column * x.rows;
    for (let row = 0; row < x.rows; row++) {
      const term = factor * x.data[from + row]!;
      const before = sums[row]!;
      const after = before + term;
      lost[row] = lost[row]! + (Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before);
      sums[row] = after;
    }
  }
  return sums.map((sum, row) => sum + lost[row]!);
}

function inverseGramOf(qr: PivotedQr, upper: Matrix): Matrix {
  const permuted = upperTimesTransposed(invertUpper(upper));
  const size = qr.rank;
  const result = zeros(size, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const [row, column] = [qr.order[i]!, qr.order[j]!];
      result.data[column * size + row] = permuted.data[j * size + i]! / (qr.scales[row]! * qr.scales[column]!);
    }
  }
  return result;
}
