import type { SumMetric } from '../ab/arm-sums.pure.ts';
import type { AbMetric } from './settings.pure.ts';

/** What the sums of a metric are compared as. */
export function kindOf({ kind, adjusted }: AbMetric): SumMetric {
  if (kind === 'RATIO') return 'RATIO';
  return adjusted ? 'MEAN_ADJUSTED' : 'MEAN';
}
