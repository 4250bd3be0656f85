import { cholesky } from '../numerics/linear/cholesky.pure.ts';
import { columnOf, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { solveUpper, solveUpperTransposed } from '../numerics/linear/triangular.pure.ts';
import type { LogDensity } from './log-density.pure.ts';

/**
 * A density seen from one of its high places in coordinates in which it curves the same in every direction there.
 * Parameters that move together no longer do, so that trajectories of a sampler are short. The sampler stays exact
 * however well or badly the curvature at one place tells of the whole.
 */
export class Whitened implements LogDensity {
  readonly dimension: number;
  private readonly density: LogDensity;
  private readonly centre: Float64Array;
  /** U of the negative curvature U'U at the centre. */
  private readonly upper: Matrix;
  private readonly place: Float64Array;

  constructor(density: LogDensity, centre: Float64Array) {
    this.density = density;
    this.dimension = density.dimension;
    this.centre = centre;
    this.upper = factorOf(curvatureAt(density, centre));
    this.place = new Float64Array(this.dimension);
  }

  evaluate(position: Float64Array, gradient: Float64Array): number {
    this.locate(position, this.place);
    const log = this.density.evaluate(this.place, gradient);
    solveUpperTransposed(this.upper, gradient);
    return log;
  }

  /** The position in the coordinates of the density itself. */
  locate(position: Float64Array, into: Float64Array): void {
    into.set(position);
    solveUpper(this.upper, into);
    for (let i = 0; i < into.length; i++) into[i] = into[i]! + this.centre[i]!;
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
