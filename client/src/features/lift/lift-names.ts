import { compact, decimal, money } from '../../ui/format.ts';
import { date } from '../../ui/time.tsx';
import type { LiftMethod } from './lift.generated.ts';

export const methodNames: Record<LiftMethod, string> = {
  DIFFERENCE_IN_DIFFERENCES: 'Difference in differences',
  SYNTHETIC_CONTROL: 'Synthetic control',
  CAUSAL_IMPACT: 'Causal impact',
};

export const methodHints: Record<LiftMethod, string> = {
  DIFFERENCE_IN_DIFFERENCES: 'Treated and untreated units before and after; starts may differ between units',
  SYNTHETIC_CONTROL: 'Weighted controls stand for what would have happened; for one or a few treated units',
  CAUSAL_IMPACT: 'A Bayesian time series with the controls as regressors; also with few or no controls',
};

export const testNames: Record<string, string> = {
  AVERAGE_EFFECT: 'No effect on average',
  ANY_EFFECT: 'No effect in any period',
  PLACEBO_RANK: 'Rank among placebos',
  PLACEBO_NORMAL: 'Spread of placebos',
  CLUSTERED_T: 'Clustered by unit',
  WILD_BOOTSTRAP: 'Wild bootstrap',
  NORMAL: 'Clustered by unit',
  TAIL_AREA: 'Posterior tail',
};

export const refutationNames: Record<string, string> = {
  PLACEBO_TIME: 'Placebo in time',
  PLACEBO_UNIT: 'Placebo units',
  LEAVE_ONE_OUT: 'Leave one control out',
  RANDOM_CAUSE: 'Random control',
  SUBSET: 'Part of the data',
};

/** A figure of the outcome: money where it has a currency, otherwise with as many digits as its size asks for. */
export function outcome(value: number | null, currency: string | null | undefined): string {
  if (currency) return money(value, currency);
  const size = Math.abs(value ?? 0);
  return decimal(value, size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4);
}

/** The same on an axis. */
export function outcomeTick(value: number, currency: string | null | undefined): string {
  return currency ? money(value, currency, 'compact') : compact(value);
}

/** Whether values are money. */
export function isMoney(valueName: string, source: string): boolean {
  return source === 'PANEL' || valueName === 'Revenue' || valueName === 'Spend';
}

/** A period for people: a day as a date, anything else as it is. */
export function periodName(period: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(period) ? date(period) : period;
}
