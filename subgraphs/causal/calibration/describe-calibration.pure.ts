import { normalQuantile } from '../numerics/distributions.pure.ts';
import { figure } from '../synthetic-control/describe-effect.pure.ts';
import type { NewCalibration } from './new-calibration.pure.ts';

interface PerSpend {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const reach = normalQuantile(0.95);

/** Incremental KPI per unit of spend, with the interval that holds it in 90 % of such experiments. */
export function perSpendOf({
  kpiChange,
  standardError,
  spendChange,
}: Pick<NewCalibration, 'kpiChange' | 'standardError' | 'spendChange'>): PerSpend {
  const error = (reach * standardError) / Math.abs(spendChange);
  const estimate = kpiChange / spendChange;
  return { estimate, low: estimate - error, high: estimate + error };
}

/** One sentence: what a unit of spend brought, and how sure that is. */
export function describeCalibration(calibration: NewCalibration): string {
  const { estimate, low, high } = perSpendOf(calibration);
  const { kpi, currency, channel, region, from, to } = calibration;
  const what = kpi === 'REVENUE' ? `${currency} of revenue` : 'conversions';
  const where = region === null ? '' : ` in ${region}`;
  const sure = low > 0 || high < 0 ? '' : '; that it did nothing is not ruled out';
  return `From ${from} to ${to}, each ${currency} spent on ${channel}${where} brought ${figure(estimate)} ${what} (90 % interval ${figure(low)} to ${figure(high)})${sure}.`;
}
