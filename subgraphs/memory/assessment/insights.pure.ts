import type { RecordColumns, RecordFlaw } from '@liftos/core/ports/memory.ts';
import type { Assessment } from './assess-records.pure.ts';

/** Channels with less of the spend are not compared by their return. */
const leastShare = 0.05;

const wording: Record<RecordFlaw, string> = {
  CLICKS_BEYOND_IMPRESSIONS: 'count more clicks than impressions',
  SPEND_WITHOUT_DELIVERY: 'have spend but neither impressions nor clicks',
  REVENUE_WITHOUT_CONVERSIONS: 'have revenue without a conversion',
  NEGATIVE_SPEND: 'have negative spend',
  CONVERSIONS_BEYOND_CLICKS: 'count more conversions than clicks',
  SPEND_WITHOUT_CAMPAIGN: 'have spend without a campaign',
};

interface Sums {
  channel: string;
  /** Whole currency units. */
  spend: number;
  revenue: number;
}

/** What stands out in a batch of records, in sentences: as its source reports it, not what caused it. */
export function insightsOf(columns: RecordColumns, { flaws }: Assessment): string[] {
  const rows = columns.date.length;
  const odd = Object.entries(flaws).map(
    ([flaw, count]) => `${number(count)} of ${number(rows)} rows ${wording[flaw as RecordFlaw]}.`,
  );
  return [...aboutSpend(columns), ...odd];
}

/** Amounts of several currencies are not compared. */
function aboutSpend(columns: RecordColumns): string[] {
  const [currency, another] = new Set(columns.currency);
  if (currency === undefined || another !== undefined) return [];
  const channels = sumsOf(columns).filter(({ spend }) => spend > 0);
  const total = channels.reduce((sum, { spend }) => sum + spend, 0);
  const [largest] = channels.toSorted((a, b) => b.spend - a.spend);
  if (!largest) return [];
  const share = Math.round((100 * largest.spend) / total);
  const sentences = [`${largest.channel} took ${share} % of ${number(total)} ${currency} spent.`];
  const large = channels.filter(({ spend, revenue }) => spend >= leastShare * total && revenue > 0);
  const [best] = large.toSorted((a, b) => b.revenue / b.spend - a.revenue / a.spend);
  if (best && large.length > 1) {
    sentences.push(
      `${best.channel} reports the most revenue per ${currency} spent: ${(best.revenue / best.spend).toFixed(2)}.`,
    );
  }
  return sentences;
}

function sumsOf({ channel, spend, revenue }: RecordColumns): Sums[] {
  const sums = new Map<string, Sums>();
  channel.forEach((name, row) => {
    const own = sums.get(name) ?? { channel: name, spend: 0, revenue: 0 };
    sums.set(name, own);
    own.spend += Number(spend[row]!) / 1e6;
    own.revenue += Number(revenue[row]!) / 1e6;
  });
  return [...sums.values()];
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
