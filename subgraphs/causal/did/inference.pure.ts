import { fSurvival, tQuantile, tTwoSided } from '../numerics/distributions.pure.ts';
import { cholesky, choleskySolve } from '../numerics/linear/cholesky.pure.ts';
import { dot, zeros } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { Covariance } from './covariance.pure.ts';
import type { Regression } from './regression.pure.ts';

/** One effect with its uncertainty. */
export interface Inference {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly low: number;
  readonly high: number;
}

/** Beside the classical variance, one this small is rounding. */
const rounding = 1e-12;

/** t inference on every coefficient. Throws ZERO_VARIANCE where one has no spread, as when clusters are too few. */
export function inferAll(fit: Regression, covariance: Covariance, alpha = 0.05): Inference[] {
  return fit.names.map((name, index) => {
    const at = index * (fit.names.length + 1);
    const variance = covariance.matrix.data[at]!;
    const classical = (fit.residualSumOfSquares / fit.degreesOfFreedom) * fit.inverseGram.data[at]!;
    if (!(variance > rounding * classical))
      throw new Problem('ZERO_VARIANCE', `The effect of ${name} has no spread to judge it by.`, { name });
    return infer(name, fit.coefficients[index]!, Math.sqrt(variance), covariance.degreesOfFreedom, alpha);
  });
}

/** t inference on one estimate; infinite degrees of freedom are the normal. */
export function infer(name: string, estimate: number, standardError: number, df: number, alpha = 0.05): Inference {
  const reach = -tQuantile(alpha / 2, df) * standardError;
  return {
    name,
    estimate,
    standardError,
    degreesOfFreedom: df,
    pValue: tTwoSided(estimate / standardError, df),
    low: estimate - reach,
    high: estimate + reach,
  };
}

export interface JointTest {
  /** Wald's statistic divided by the number of effects. */
  readonly f: number;
  readonly effects: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** Test that the named coefficients are all zero. Throws NOT_POSITIVE_DEFINITE when there are more than clusters. */
export function jointTest(fit: Regression, covariance: Covariance, names: readonly string[]): JointTest {
  const chosen = names.map((name) => fit.names.indexOf(name));
  const block = zeros(chosen.length, chosen.length);
  chosen.forEach((column, j) =>
    chosen.forEach((row, i) => {
      block.data[j * chosen.length + i] = covariance.matrix.data[column * fit.names.length + row]!;
    }),
  );
  const values = Float64Array.from(chosen, (index) => fit.coefficients[index]!);
  const solved = values.slice();
  choleskySolve(cholesky(block), solved);
  const f = dot(values, solved) / chosen.length;
  const degreesOfFreedom = covariance.degreesOfFreedom;
  return { f, effects: chosen.length, degreesOfFreedom, pValue: fSurvival(f, chosen.length, degreesOfFreedom) };
}
