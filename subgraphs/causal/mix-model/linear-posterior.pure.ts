import type { RandomStream } from '../numerics/random/stream.pure.ts';
import { dot, fromColumns, multiplyTransposed, multiplyVector, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { svd } from '../numerics/linear/svd.pure.ts';
import { LinearColumns } from './linear-columns.pure.ts';
import type { LinearTerm } from './linear-terms.pure.ts';

/**
 * The linear part of the model, integrated out. With r = y - media, coefficients c ~ N(0, S) and noise N(0, s² I),
 * r ~ N(0, s² I + Z S Z'). With the singular values of Z S^½ = U D V', the part of r outside U has variance s², the
 * part along u_i has s² + d_i² (Rasmussen and Williams 2006, 2.7); d_i u_i'r is row i of V' S^½ Z'r, so that U itself
 * is not needed, and Z'r is cheap where columns repeat over regions.
 */
export class LinearPosterior {
  private readonly columns: LinearColumns;
  /** S^½ V: terms x singular values. */
  private readonly turn: Matrix;
  private readonly squares: Float64Array;
  private readonly products: Float64Array;

  /** `terms` restricted to the rows that are fitted, `periods` of every region. */
  constructor(terms: readonly LinearTerm[], periods: number) {
    const { values, v } = svd(fromColumns(terms.map(({ values, sd }) => values.map((value) => value * sd))));
    this.columns = new LinearColumns(
      terms.map((term) => term.values),
      periods,
    );
    const turned = Array.from({ length: values.length }, (_, place) =>
      Float64Array.from(terms, ({ sd }, term) => v.data[place * v.rows + term]! * sd),
    );
    this.turn = fromColumns(turned);
    this.squares = values.map((value) => value * value);
    this.products = new Float64Array(terms.length);
  }

  /**
   * ln p(residuals | noise variance) up to a constant. Writes its slope by each residual, and returns the slope by the
   * variance too.
   */
  evaluate(residuals: Float64Array, variance: number, slope: Float64Array): { log: number; byVariance: number } {
    const { squares, products } = this;
    this.columns.project(residuals, products);
    const along = multiplyTransposed(this.turn, products);
    const size = dot(residuals, residuals);
    let [log, byVariance] = [-0.5 * residuals.length * Math.log(variance), (-0.5 * residuals.length) / variance];
    let [explained, explainedSlope] = [0, 0];
    for (let term = 0; term < squares.length; term++) {
      const part = along[term]! * along[term]!;
      const total = variance + squares[term]!;
      // 1 / s² - 1 / (s² + d²) of the part u'r, which is the product over d.
      explained += part / (variance * total);
      explainedSlope += part * (1 / (variance * variance * total) + 1 / (variance * total * total));
      log -= 0.5 * Math.log(total / variance);
      byVariance -= 0.5 * (1 / total - 1 / variance);
      along[term] = along[term]! / (variance * total);
    }
    for (let row = 0; row < residuals.length; row++) slope[row] = -residuals[row]! / variance;
    this.columns.add(multiplyVector(this.turn, along), slope);
    log -= 0.5 * (size / variance - explained);
    byVariance += 0.5 * (size / (variance * variance) - explainedSlope);
    return { log, byVariance };
  }

  /** Coefficients drawn from their posterior, one per term, given the residuals and the noise variance. */
  draw(residuals: Float64Array, variance: number, random: RandomStream): Float64Array {
    const { squares, products } = this;
    this.columns.project(residuals, products);
    const along = multiplyTransposed(this.turn, products);
    for (let term = 0; term < squares.length; term++) {
      const total = variance + squares[term]!;
      along[term] = along[term]! / total + Math.sqrt(variance / total) * random.normal();
    }
    return multiplyVector(this.turn, along);
  }
}
