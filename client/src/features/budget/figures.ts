import { integer, money, quantity, unknown } from '../../ui/format.ts';
import type { MixKpi } from './budget.generated.ts';

type Maybe = number | null | undefined;

/** An amount in whole units; small ones with their cents. */
export function moneyText(value: Maybe, currency: string | undefined): string {
  if (value === null || value === undefined) return unknown;
  const text = money(value, currency);
  return Math.abs(value) >= 100 ? text.replace(/\.\d\d$/, '') : text;
}

/** What media brings: money for revenue, a count for conversions. */
export function kpiText(value: Maybe, about: { kpi: MixKpi; currency: string } | undefined): string {
  if (about?.kpi === 'REVENUE') return moneyText(value, about.currency);
  return Math.abs(value ?? 0) >= 100 ? integer(value) : quantity(value);
}

/** An interval in words; unknown without one. */
export function intervalText(
  { low, high }: { low: number | null; high: number | null },
  show: (value: number) => string,
): string {
  return low === null || high === null ? unknown : `${show(low)} to ${show(high)}`;
}
