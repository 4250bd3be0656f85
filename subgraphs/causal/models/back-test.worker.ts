import { checkMixData } from '../mix-model/check-mix-data.pure.ts';
import { fitMixModel, type MixSampler } from '../mix-model/fit-mix-model.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import { predictMix } from '../mix-model/predict-mix.pure.ts';
import { prepareMix } from '../mix-model/prepare-mix.pure.ts';
import type { FoldPoint } from './fold-metrics.pure.ts';

/** One fold: data until its end, of which the first `trained` periods are known. */
export interface FoldTask {
  readonly data: MixData;
  readonly settings: MixSettings;
  readonly sampler: MixSampler;
  readonly trained: number;
  readonly fold: number;
  /** Thousandths done, one number per fold. */
  readonly progress: SharedArrayBuffer;
}

/** Entry of the worker thread: fits what is known and foretells the rest, over all regions. */
export function foretellFold({ data, settings, sampler, trained, fold, progress }: FoldTask): FoldPoint[] {
  checkMixData(data, settings, trained);
  const done = new Int32Array(progress);
  const fit = fitMixModel(prepareMix(data, settings, trained), sampler, (fraction) =>
    Atomics.store(done, fold, Math.round(1000 * fraction)),
  );
  const { mean, low, high } = predictMix(fit).periods;
  const periods = data.dates.length;
  const actual = new Float64Array(periods);
  data.kpi.forEach((value, row) => (actual[row % periods]! += value));
  return data.dates.slice(trained).map((date, index) => {
    const at = trained + index;
    return { date, actual: actual[at]!, predicted: mean[at]!, low: low[at]!, high: high[at]! };
  });
}
