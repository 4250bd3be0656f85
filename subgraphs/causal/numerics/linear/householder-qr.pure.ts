import { addScaled, columnOf, copyMatrix, dot, zeros, type Matrix } from './matrix.pure.ts';

/**
 * X D^-1 P = Q R: columns scaled to length 1 (D), then taken largest remainder first (P), as in LAPACK's dgeqp3 and
 * Golub & Van Loan, Matrix Computations, 5.4.2. Scaling makes the rank test and the accuracy independent of units.
 */
export interface PivotedQr {
  /** R above and on the diagonal, the Householder vectors below it. */
  readonly factor: Matrix;
  /** 2 / v'v of each Householder vector, whose first entry is kept in `heads`. */
  readonly betas: Float64Array;
  readonly heads: Float64Array;
  /** `order[k]` is the column of X that stands at place k. */
  readonly order: Int32Array;
  /** Length of each column of X, in the order of X; 1 where a column is all zero. */
  readonly scales: Float64Array;
  /** Columns found independent; they stand first. */
  readonly rank: number;
}

/** Factor X, rows x columns. A column whose remainder falls below `tolerance` of its length counts as dependent. */
export function pivotedQr(x: Matrix, tolerance = 1e-11): PivotedQr {
  const factor = copyMatrix(x);
  const scales = scaleColumns(factor);
  const order = Int32Array.from({ length: x.columns }, (_, column) => column);
  const [betas, heads] = [new Float64Array(x.columns), new Float64Array(x.columns)];
  const steps = Math.min(x.rows, x.columns);
  let rank = 0;
  for (; rank < steps; rank++) {
    const { column, length } = largestRemainder(factor, rank);
    if (!(length > tolerance)) break;
    swapColumns(factor, order, rank, column);
    reflect(factor, rank, length, betas, heads);
  }
  return { factor, betas, heads, order, scales, rank };
}

function scaleColumns(factor: Matrix): Float64Array {
  const scales = new Float64Array(factor.columns).fill(1);
  for (let column = 0; column < factor.columns; column++) {
    const values = columnOf(factor, column);
    const length = Math.sqrt(dot(values, values));
    if (length === 0) continue;
    scales[column] = length;
    for (let row = 0; row < values.length; row++) values[row] = values[row]! / length;
  }
  return scales;
}

function largestRemainder(factor: Matrix, step: number): { column: number; length: number } {
  let [column, largest] = [step, -1];
  for (let candidate = step; candidate < factor.columns; candidate++) {
    const rest = columnOf(factor, candidate).subarray(step);
    const squared = dot(rest, rest);
    if (squared > largest) [column, largest] = [candidate, squared];
  }
  return { column, length: Math.sqrt(largest) };
}

function swapColumns(factor: Matrix, order: Int32Array, a: number, b: number): void {
  if (a === b) return;
  const kept = columnOf(factor, a).slice();
  columnOf(factor, a).set(columnOf(factor, b));
  columnOf(factor, b).set(kept);
  [order[a], order[b]] = [order[b]!, order[a]!];
}

function reflect(factor: Matrix, step: number, length: number, betas: Float64Array, heads: Float64Array): void {
  const vector = columnOf(factor, step).subarray(step);
  const alpha = vector[0]! > 0 ? -length : length;
  vector[0] = vector[0]! - alpha;
  const beta = 2 / dot(vector, vector);
  for (let column = step + 1; column < factor.columns; column++) {
    const rest = columnOf(factor, column).subarray(step);
    addScaled(rest, vector, -beta * dot(vector, rest));
  }
  [betas[step], heads[step]] = [beta, vector[0]];
  vector[0] = alpha;
}

/** Q'y in place. */
export function applyQTransposed(qr: PivotedQr, y: Float64Array): void {
  for (let step = 0; step < qr.rank; step++) reflectVector(qr, step, y);
}

/** Q y in place. */
export function applyQ(qr: PivotedQr, y: Float64Array): void {
  for (let step = qr.rank - 1; step >= 0; step--) reflectVector(qr, step, y);
}

function reflectVector(qr: PivotedQr, step: number, y: Float64Array): void {
  const below = columnOf(qr.factor, step).subarray(step + 1);
  const rest = y.subarray(step + 1);
  const head = qr.heads[step]!;
  const shift = -qr.betas[step]! * (head * y[step]! + dot(below, rest));
  y[step] = y[step]! + shift * head;
  addScaled(rest, below, shift);
}

/** The leading rank x rank part of R. */
export function upperFactor(qr: PivotedQr): Matrix {
  const result = zeros(qr.rank, qr.rank);
  for (let column = 0; column < qr.rank; column++) {
    const from = column * qr.factor.rows;
    result.data.set(qr.factor.data.subarray(from, from + column + 1), column * qr.rank);
  }
  return result;
}
