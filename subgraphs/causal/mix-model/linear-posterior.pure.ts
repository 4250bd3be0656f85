import type { RandomStream } from '../numerics/random/stream.pure.ts';
import { columnOf, dot, addScaled, fromColumns, multiplyVector, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { svd } from '../numerics/linear/svd.pure.ts';
import type { LinearTerm } from './linear-terms.pure.ts';

/**
 * The linear part of the model, integrated out. With r = y - media, coefficients c ~ N(0, S) and noise N(0, s² I),
 * r ~ N(0, s² I + Z S Z'). From the singular values of Z S^½ = U D V' the density costs rows x terms:
 * the part of r outside U has variance s², the part along u_i has s² + d_i². (Rasmussen and Williams 2006, 2.7.)
 */
export class LinearPosterior {
  private readonly u: Matrix;
  private readonly v: Matrix;
  private readonly squares: Float64Array;
  private readonly sds: Float64Array;
  private readonly along: Float64Array;

  /** `terms` restricted to the rows that are fitted. */
  constructor(terms: readonly LinearTerm[]) {
    const { u, values, v } = svd(fromColumns(terms.map(({ values, sd }) => values.map((value) => value * sd))));
    this.u = u;
    this.v = v;
    this.squares = values.map((value) => value * value);
    this.sds = Float64Array.from(terms, ({ sd }) => sd);
    this.along = new Float64Array(values.length);
  }

  /**
   * ln p(residuals | noise variance) up to a constant. Writes its slope by each residual, and returns the slope by the
   * variance too.
   */
  evaluate(residuals: Float64Array, variance: number, slope: Float64Array): { log: number; byVariance: number } {
    let outside = dot(residuals, residuals);
    for (let row = 0; row < residuals.length; row++) slope[row] = -residuals[row]! / variance;
    const free = residuals.length - this.squares.length;
    let [log, byVariance] = [-0.5 * free * Math.log(variance), (-0.5 * free) / variance];
    for (let term = 0; term < this.squares.length; term++) {
      const direction = columnOf(this.u, term);
      const part = dot(direction, residuals);
      const total = variance + this.squares[term]!;
      outside -= part * part;
      log -= 0.5 * ((part * part) / total + Math.log(total));
      byVariance += 0.5 * ((part * part) / (total * total) - 1 / total);
      addScaled(slope, direction, part * (1 / variance - 1 / total));
    }
    log -= (0.5 * outside) / variance;
    byVariance += (0.5 * outside) / (variance * variance);
    return { log, byVariance };
  }

  /** Coefficients drawn from their posterior, one per term, given the residuals and the noise variance. */
  draw(residuals: Float64Array, variance: number, random: RandomStream): Float64Array {
    const { along, squares } = this;
    for (let term = 0; term < squares.length; term++) {
      const total = variance + squares[term]!;
      const part = dot(columnOf(this.u, term), residuals);
      along[term] = (Math.sqrt(squares[term]!) * part) / total + Math.sqrt(variance / total) * random.normal();
    }
    return multiplyVector(this.v, along).map((value, term) => value * this.sds[term]!);
  }
}
