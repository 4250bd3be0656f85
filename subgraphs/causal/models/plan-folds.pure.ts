import { Problem } from '../numerics/problem.pure.ts';
import { firstOfRegions, type MixData } from '../mix-model/mix-data.pure.ts';

/** How versions are tested: count and length of folds, in periods. */
export interface BackTest {
  readonly folds: number;
  readonly periods: number;
}

/** A fold: the first `trained` periods are known, those until `end` are foretold. */
export interface FoldSpan {
  readonly trained: number;
  readonly end: number;
}

/** Fewest periods a mix model is fitted to. */
const fewestPeriods = 26;

/**
 * The folds of a rolling origin over so many periods, oldest first: the last ends with the data, each other ends where
 * the next begins to foretell. Throws TOO_FEW where the first would know less than 26 periods.
 */
export function planFolds(all: number, { folds, periods }: BackTest): FoldSpan[] {
  if (all - folds * periods < fewestPeriods) {
    throw new Problem(
      'TOO_FEW',
      `${folds} folds of ${periods} periods leave ${Math.max(0, all - folds * periods)} of ${all} to learn from; at least ${fewestPeriods} are needed. Take fewer or shorter folds, or more time.`,
    );
  }
  return Array.from({ length: folds }, (_, fold) => {
    const end = all - (folds - 1 - fold) * periods;
    return { trained: end - periods, end };
  });
}

/** The first `periods` of data. */
export function firstPeriods(data: MixData, periods: number): MixData {
  const cut = (values: Float64Array): Float64Array => firstOfRegions(values, data.dates.length, periods);
  const named = <T extends { values: Float64Array }>(one: T): T => ({ ...one, values: cut(one.values) });
  return {
    ...data,
    dates: data.dates.slice(0, periods),
    kpi: cut(data.kpi),
    channels: data.channels.map(({ name, spend, media }) => ({
      name,
      spend: cut(spend),
      ...(media ? { media: cut(media) } : {}),
    })),
    controls: data.controls.map(named),
    events: data.events.map(named),
  };
}
