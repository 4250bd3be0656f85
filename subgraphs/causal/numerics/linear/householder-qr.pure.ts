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
  const left = remaindersOf(factor);
  const steps = Math.min(x.rows, x.columns);
  let rank = 0;
  for (; rank < steps; rank++) {
    const column = largest(left.squares, rank);
    const length = Math.sqrt(remainder(factor, rank, column));
    if (!(length > tolerance)) break;
    swapColumns(factor, order, rank, column);
    for (const values of [left.squares, left.exact]) [values[rank], values[column]] = [values[column]!, values[rank]!];
    reflect(factor, rank, length, betas, heads);
    shorten(factor, rank, left);
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

/** Squared lengths of what is left of the columns, and what they were when last computed from the columns themselves. */
interface Remainders {
  readonly squares: Float64Array;
  readonly exact: Float64Array;
}

function remaindersOf(factor: Matrix): Remainders {
  const squares = Float64Array.from({ length: factor.columns }, (_, column) => remainder(factor, 0, column));
  return { squares, exact: squares.slice() };
}

function remainder(factor: Matrix, step: number, column: number): number {
  const rest = columnOf(factor, column).subarray(step);
  return dot(rest, rest);
}

/** Takes out what the step explained; computed anew where that leaves too few digits. */
function shorten(factor: Matrix, step: number, { squares, exact }: Remainders): void {
  for (let column = step + 1; column < factor.columns; column++) {
    const left = squares[column]! - factor.data[column * factor.rows + step]! ** 2;
    if (left > 0.01 * exact[column]!) squares[column] = left;
    else exact[column] = squares[column] = remainder(factor, step + 1, column);
  }
}

function largest(squares: Float64Array, from: number): number {
  let best = from;
  for (let column = from + 1; column < squares.length; column++) if (squares[column]! > squares[best]!) best = column;
  return best;
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
