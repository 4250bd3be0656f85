import { leastSquares, type LeastSquares } from '../numerics/linear/least-squares.pure.ts';
import { dot, fromColumns, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';

/** A column of a regression; the name is what messages and results call it. */
export interface Term {
  readonly name: string;
  readonly values: Float64Array;
}

export interface Regression extends LeastSquares {
  readonly names: readonly string[];
  readonly x: Matrix;
  readonly y: Float64Array;
  /** Coefficients that were removed before, such as fixed effects; they count against the degrees of freedom. */
  readonly absorbed: number;
}

/** A sum of squares that is nothing but rounding, beside values of this size. */
function roundingOf(values: Float64Array): number {
  return 1e-24 * dot(values, values);
}

/**
 * Regress y on the terms; an intercept is a term like others. Throws what leastSquares throws, and ZERO_VARIANCE for a
 * perfect fit, whose errors would all be zero.
 */
export function regress(y: Float64Array, terms: readonly Term[], absorbed = 0): Regression {
  if (terms.length === 0) throw new Problem('SHAPE', 'A regression needs at least one column.');
  const names = terms.map(({ name }) => name);
  terms.forEach(({ name, values }) => requireLength(values.length, y.length, name));
  const x = fromColumns(terms.map(({ values }) => values));
  const fit = leastSquares(x, y, names);
  const degreesOfFreedom = fit.degreesOfFreedom - absorbed;
  if (degreesOfFreedom < 1) {
    throw new Problem(
      'TOO_FEW',
      `${y.length} rows leave nothing to judge chance by after ${x.columns + absorbed} effects.`,
    );
  }
  if (fit.residualSumOfSquares <= roundingOf(y)) {
    throw new Problem('ZERO_VARIANCE', 'The regression fits without error, so chance cannot be judged.');
  }
  return { ...fit, degreesOfFreedom, names, x, y, absorbed };
}

/** A column of ones. */
export function intercept(rows: number): Term {
  return { name: 'intercept', values: new Float64Array(rows).fill(1) };
}

/** Refuses a yes-or-no column that is not 0 or 1, or that is the same in every row. */
export function requireBoth(values: Float64Array, name: string): void {
  requireFinite(values, name);
  if (values.some((value) => value !== 0 && value !== 1)) {
    throw new Problem('OUT_OF_RANGE', `${name} must be 0 or 1 in every row.`, { name });
  }
  if (values.every((value) => value === values[0])) {
    throw new Problem('CONSTANT', `${name} is ${values[0]} in every row, so there is nothing to compare.`, { name });
  }
}
