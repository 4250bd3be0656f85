import { columnOf, zeros } from '../numerics/linear/matrix.pure.ts';
import { requireBetween } from '../numerics/problem.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import type { Estimator } from './fit-weights.pure.ts';
import type { Study } from './panel.pure.ts';

export interface JackknifeInterval {
  /** Bounds of the effect in each treated period. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Bounds of their mean. As no mean of residuals is left out, it is as wide as a single period and so on the safe side. */
  readonly meanLow: number;
  readonly meanHigh: number;
}

/**
 * Jackknife+ over the periods before the treatment (Barber, Candes, Ramdas & Tibshirani 2021; for synthetic controls,
 * Ben-Michael et al. 2021): fit without each period in turn; bounds are the ordered predictions less and plus the size of
 * the residual in the period left out. Covers at least 1 - 2 alpha, usually about 1 - alpha. With fewer than 1 / alpha - 1
 * periods the bounds are infinite.
 */
export function jackknifePlus(study: Study, estimate: Estimator, alpha = 0.1): JackknifeInterval {
  requireBetween(alpha, 0, 1, 'alpha');
  const { pre, series } = study;
  const fits = Array.from({ length: pre }, (_, period) => {
    const { counterfactual, gaps } = estimate(lastBefore(study, period));
    return { error: Math.abs(gaps[pre - 1]!), predicted: counterfactual.subarray(pre) };
  });
  const observed = columnOf(series, 0).subarray(pre);
  const bounds = (value: number, predictions: readonly number[]): [number, number] => {
    const [below, above] = [-1, 1].map((sign) => predictions.map((own, index) => own + sign * fits[index]!.error));
    const least = Math.floor(alpha * (pre + 1));
    const sorted = [below!, above!].map((values) => values.toSorted((a, b) => a - b));
    const low = least < 1 ? -Infinity : sorted[0]![least - 1]!;
    const high = least < 1 ? Infinity : sorted[1]![pre - least]!;
    return [value - high, value - low];
  };
  const each = Array.from(observed, (value, at) =>
    bounds(
      value,
      fits.map(({ predicted }) => predicted[at]!),
    ),
  );
  const [meanLow, meanHigh] = bounds(
    meanOf(observed),
    fits.map(({ predicted }) => meanOf(predicted)),
  );
  const [low, high] = [0, 1].map((side) => Float64Array.from(each, (pair) => pair[side]!));
  return { low: low!, high: high!, meanLow, meanHigh };
}

/** The study with one period before the treatment moved to its start, so that no weight is fitted to it. */
function lastBefore(study: Study, period: number): Study {
  const { series, pre } = study;
  const moved = zeros(series.rows, series.columns);
  for (let column = 0; column < series.columns; column++) {
    const [from, to] = [columnOf(series, column), columnOf(moved, column)];
    to.set(from);
    to.copyWithin(period, period + 1, pre);
    to[pre - 1] = from[period]!;
  }
  return { ...study, series: moved, pre: pre - 1 };
}
