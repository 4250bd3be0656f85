import { chiSquareSurvival } from '../numerics/distributions.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import type { Band } from './predict-mix.pure.ts';

/** How well the model fits a stretch of time; all numbers in the units of the KPI or free of units. */
export interface FitQuality {
  readonly periods: number;
  readonly rSquared: number;
  /** Sum of absolute errors over the sum of absolute values: safe where the KPI is 0. */
  readonly weightedError: number;
  /** Share of values inside their 90 % predictive interval. */
  readonly coverage: number;
}

/** How well a band fits the periods from one to before another, in all regions. */
export function qualityOf({ mix }: MixFit, { mean, low, high }: Band, from: number, to: number): FitQuality {
  const { kpi } = mix.data;
  const rows = [...kpi.keys()].filter((row) => row % mix.periods >= from && row % mix.periods < to);
  const level = meanOf(rows.map((row) => kpi[row]!));
  let [squares, total, errors, size, inside] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    const error = kpi[row]! - mean[row]!;
    squares += error * error;
    total += (kpi[row]! - level) ** 2;
    errors += Math.abs(error);
    size += Math.abs(kpi[row]!);
    if (kpi[row]! >= low[row]! && kpi[row]! <= high[row]!) inside++;
  }
  return {
    periods: to - from,
    rSquared: 1 - squares / total,
    weightedError: errors / size,
    coverage: inside / rows.length,
  };
}

/** What the model leaves unexplained, by region, over the training periods. */
export function residualsOf({ mix }: MixFit, mean: Float64Array): Float64Array[] {
  return Array.from({ length: mix.geos }, (_, geo) =>
    Float64Array.from({ length: mix.trained }, (_, period) => {
      const row = geo * mix.periods + period;
      return mix.data.kpi[row]! - mean[row]!;
    }),
  );
}

/** Durbin and Watson 1950: squared steps over squares. */
export function durbinWatson(residuals: Float64Array): number {
  let [steps, squares] = [0, 0];
  for (let row = 0; row < residuals.length; row++) {
    if (row > 0) steps += (residuals[row]! - residuals[row - 1]!) ** 2;
    squares += residuals[row]! ** 2;
  }
  return steps / squares;
}

/** Ljung and Box 1978 on up to ten lags, statistics of regions added up. */
export function ljungBox(regions: readonly Float64Array[]): { lags: number; statistic: number; p: number } {
  const length = regions[0]!.length;
  const lags = Math.min(10, Math.floor(length / 5));
  let statistic = 0;
  for (const residuals of regions) {
    const mean = meanOf(residuals);
    const product = (lag: number): number => {
      let sum = 0;
      for (let row = lag; row < length; row++) sum += (residuals[row]! - mean) * (residuals[row - lag]! - mean);
      return sum;
    };
    const variance = product(0);
    for (let lag = 1; lag <= lags; lag++) {
      statistic += (length * (length + 2) * (product(lag) / variance) ** 2) / (length - lag);
    }
  }
  return { lags, statistic, p: chiSquareSurvival(statistic, lags * regions.length) };
}
