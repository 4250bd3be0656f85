import { money } from '../records/money.pure.ts';
import type { Sums } from './entity-row.ts';
import type { RelevantRow } from './relevance.view.ts';

export function shownSums(sums: Sums, currency: string) {
  const { impressions, clicks, conversions } = sums;
  const [spend, revenue] = [money(sums.spend, currency), money(sums.revenue, currency)];
  const roas = spend.amount > 0 ? revenue.amount / spend.amount : null;
  return { spend, impressions, clicks, conversions, revenue, roas };
}

export function shownEntry(row: RelevantRow) {
  return { ...row, ...shownSums(row, row.currency) };
}
