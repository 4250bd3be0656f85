import type { RandomStream } from '../numerics/random/stream.pure.ts';
import { columnOf, dot, fromColumns, multiplyVector, type Matrix } from '../numerics/linear/matrix.pure.ts';
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
    const { along, squares, u } = this;
    projectOn(u, residuals, along);
    let outside = dot(residuals, residuals);
    const free = residuals.length - squares.length;
    let [log, byVariance] = [-0.5 * free * Math.log(variance), (-0.5 * free) / variance];
    for (let term = 0; term < squares.length; term++) {
      const part = along[term]!;
      const total = variance + squares[term]!;
      outside -= part * part;
      log -= 0.5 * ((part * part) / total + Math.log(total));
      byVariance += 0.5 * ((part * part) / (total * total) - 1 / total);
      along[term] = part * (1 / variance - 1 / total);
    }
    for (let row = 0; row < residuals.length; row++) slope[row] = -residuals[row]! / variance;
    addColumns(u, along, slope);
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

/** U'r, four columns in one pass: r is read once for them, and their sums do not wait for each other. */
function projectOn(u: Matrix, r: Float64Array, into: Float64Array): void {
  const last = u.columns - 1;
  for (let column = 0; column <= last; column += 4) {
    const a = columnOf(u, column);
    const b = columnOf(u, Math.min(column + 1, last));
    const c = columnOf(u, Math.min(column + 2, last));
    const d = columnOf(u, Math.min(column + 3, last));
    let ofA = 0;
    let ofB = 0;
    let ofC = 0;
    let ofD = 0;
    for (let row = 0; row < r.length; row++) {
      const value = r[row]!;
      ofA += a[row]! * value;
      ofB += b[row]! * value;
      ofC += c[row]! * value;
      ofD += d[row]! * value;
    }
    into[column] = ofA;
    if (column + 1 <= last) into[column + 1] = ofB;
    if (column + 2 <= last) into[column + 2] = ofC;
    if (column + 3 <= last) into[column + 3] = ofD;
  }
}

/** `into += U weights`, four columns in one pass. */
function addColumns(u: Matrix, weights: Float64Array, into: Float64Array): void {
  const last = u.columns - 1;
  const weightOf = (column: number): number => (column <= last ? weights[column]! : 0);
  for (let column = 0; column <= last; column += 4) {
    const a = columnOf(u, column);
    const b = columnOf(u, Math.min(column + 1, last));
    const c = columnOf(u, Math.min(column + 2, last));
    const d = columnOf(u, Math.min(column + 3, last));
    const [wa, wb, wc, wd] = [weightOf(column), weightOf(column + 1), weightOf(column + 2), weightOf(column + 3)];
    for (let row = 0; row < into.length; row++) {
      into[row] = into[row]! + (wa * a[row]! + wb * b[row]! + wc * c[row]! + wd * d[row]!);
    }
  }
}
