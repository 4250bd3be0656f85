import { cholesky } from '../numerics/linear/cholesky.pure.ts';
import { columnOf, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import type { LogDensity } from './log-density.pure.ts';

/** Entries of the factor smaller than this, next to their diagonals, are left out. */
const negligible = 1e-3;

/**
 * A density seen from one of its high places in coordinates in which it curves about the same in every direction
 * there. Parameters that move together no longer do, so that trajectories of a sampler are short. The sampler stays
 * exact however well or badly the curvature at one place tells of the whole.
 */
export class Whitened implements LogDensity {
  readonly dimension: number;
  private readonly density: LogDensity;
  private readonly centre: Float64Array;
  /** U of the curvature U'U at the centre, its parameters in `order`. */
  private readonly factor: SparseUpper;
  private readonly order: Int32Array;
  private readonly place: Float64Array;
  private readonly slope: Float64Array;
  private readonly ordered: Float64Array;

  constructor(density: LogDensity, centre: Float64Array) {
    this.density = density;
    this.dimension = density.dimension;
    this.centre = centre;
    const curvature = curvatureAt(density, centre);
    this.order = sparseFirst(curvature);
    this.factor = sparseUpper(factorOf(reordered(curvature, this.order)));
    this.place = new Float64Array(this.dimension);
    this.slope = new Float64Array(this.dimension);
    this.ordered = new Float64Array(this.dimension);
  }

  evaluate(position: Float64Array, gradient: Float64Array): number {
    this.locate(position, this.place);
    const log = this.density.evaluate(this.place, this.slope);
    for (let i = 0; i < gradient.length; i++) gradient[i] = this.slope[this.order[i]!]!;
    solveTransposed(this.factor, gradient);
    return log;
  }

  /** The position in the coordinates of the density itself. */
  locate(position: Float64Array, into: Float64Array): void {
    this.ordered.set(position);
    solve(this.factor, this.ordered);
    for (let i = 0; i < into.length; i++) {
      const own = this.order[i]!;
      into[own] = this.ordered[i]! + this.centre[own]!;
    }
  }
}

/** The negative of the matrix of second slopes, by central differences of the gradient. */
function curvatureAt(density: LogDensity, centre: Float64Array): Matrix {
  const size = centre.length;
  const result = zeros(size, size);
  const at = centre.slice();
  const [above, below] = [new Float64Array(size), new Float64Array(size)];
  const step = 1e-4;
  for (let i = 0; i < size; i++) {
    at[i] = centre[i]! + step;
    density.evaluate(at, above);
    at[i] = centre[i]! - step;
    density.evaluate(at, below);
    at[i] = centre[i]!;
    for (let j = 0; j < size; j++) {
      const half = (below[j]! - above[j]!) / (4 * step);
      // Both halves of the matrix get the mean of the two estimates.
      result.data[i * size + j]! += half;
      result.data[j * size + i]! += half;
    }
  }
  return result;
}

/** Parameters that few others move with come first, so that their columns of the factor stay short. */
function sparseFirst(curvature: Matrix): Int32Array {
  const size = curvature.rows;
  const own = Float64Array.from({ length: size }, (_, i) => Math.sqrt(Math.abs(columnOf(curvature, i)[i]!)));
  const partners = Int32Array.from({ length: size }, (_, i) =>
    columnOf(curvature, i).reduce((count, value, j) => count + (Math.abs(value) > 0.01 * own[i]! * own[j]! ? 1 : 0), 0),
  );
  return Int32Array.from({ length: size }, (_, i) => i).sort((a, b) => partners[a]! - partners[b]! || a - b);
}

function reordered(matrix: Matrix, order: Int32Array): Matrix {
  const result = zeros(matrix.rows, matrix.columns);
  order.forEach((from, column) => {
    const [source, target] = [columnOf(matrix, from), columnOf(result, column)];
    for (let row = 0; row < order.length; row++) target[row] = source[order[row]!]!;
  });
  return result;
}

/**
 * Factors the curvature; where it is none to speak of, or bends the wrong way, as much of each parameter's own is added
 * as makes it positive. Curvatures below a hundredth count as that.
 */
function factorOf(curvature: Matrix): Matrix {
  const size = curvature.rows;
  const own = Float64Array.from({ length: size }, (_, i) => Math.max(1e-2, Math.abs(columnOf(curvature, i)[i]!)));
  for (let share = 1e-6; ; share = share * 10) {
    const lifted = zeros(size, size);
    lifted.data.set(curvature.data);
    for (let i = 0; i < size; i++) {
      columnOf(lifted, i)[i] = Math.max(columnOf(curvature, i)[i]!, 1e-2) + share * own[i]!;
    }
    try {
      return cholesky(lifted).upper;
    } catch (error) {
      if (share > 1e6) throw error;
    }
  }
}

/** An upper triangular matrix of few entries, column after column; the diagonal stands apart. */
interface SparseUpper {
  readonly diagonal: Float64Array;
  /** First entry of every column, and one past the last. */
  readonly begins: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

function sparseUpper(upper: Matrix): SparseUpper {
  const size = upper.columns;
  const diagonal = Float64Array.from({ length: size }, (_, i) => columnOf(upper, i)[i]!);
  const begins = new Int32Array(size + 1);
  const [rows, values]: [number[], number[]] = [[], []];
  for (let column = 0; column < size; column++) {
    const entries = columnOf(upper, column);
    for (let row = 0; row < column; row++) {
      if (Math.abs(entries[row]!) <= negligible * Math.min(diagonal[row]!, diagonal[column]!)) continue;
      rows.push(row);
      values.push(entries[row]!);
    }
    begins[column + 1] = rows.length;
  }
  return { diagonal, begins, rows: Int32Array.from(rows), values: Float64Array.from(values) };
}

/** Solve U x = b in place of b. */
function solve({ diagonal, begins, rows, values }: SparseUpper, b: Float64Array): void {
  for (let column = b.length - 1; column >= 0; column--) {
    const value = b[column]! / diagonal[column]!;
    b[column] = value;
    for (let entry = begins[column]!; entry < begins[column + 1]!; entry++) {
      b[rows[entry]!] = b[rows[entry]!]! - value * values[entry]!;
    }
  }
}

/** Solve U'x = b in place of b. */
function solveTransposed({ diagonal, begins, rows, values }: SparseUpper, b: Float64Array): void {
  for (let column = 0; column < b.length; column++) {
    let value = b[column]!;
    for (let entry = begins[column]!; entry < begins[column + 1]!; entry++) value -= values[entry]! * b[rows[entry]!]!;
    b[column] = value / diagonal[column]!;
  }
}
