import type { RecordColumns, RecordFlaw } from '@liftos/core/ports/memory.ts';

/** A daily record as far as its figures can contradict each other. Money in micros. */
export interface Figures {
  campaign: string | null;
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: bigint;
}

interface Rule {
  flaw: RecordFlaw;
  /** What the flaw takes from the quality of a record, which is 1 without any. */
  penalty: number;
  holds(figures: Figures): boolean;
}

/** A source that counts no impressions or no clicks at all contradicts nothing. */
const rules: readonly Rule[] = [
  {
    flaw: 'CLICKS_BEYOND_IMPRESSIONS',
    penalty: 0.3,
    holds: ({ impressions, clicks }) => impressions > 0 && clicks > impressions,
  },
  {
    flaw: 'SPEND_WITHOUT_DELIVERY',
    penalty: 0.2,
    holds: ({ spend, impressions, clicks }) => spend > 0n && impressions === 0 && clicks === 0,
  },
  {
    flaw: 'REVENUE_WITHOUT_CONVERSIONS',
    penalty: 0.2,
    holds: ({ revenue, conversions }) => revenue > 0n && conversions === 0,
  },
  { flaw: 'NEGATIVE_SPEND', penalty: 0.2, holds: ({ spend }) => spend < 0n },
  {
    flaw: 'CONVERSIONS_BEYOND_CLICKS',
    penalty: 0.1,
    holds: ({ conversions, clicks }) => clicks > 0 && conversions > clicks,
  },
  {
    flaw: 'SPEND_WITHOUT_CAMPAIGN',
    penalty: 0.1,
    holds: ({ spend, campaign }) => spend > 0n && campaign === null,
  },
];

/** What is odd about a record. */
export function flawsOf(figures: Figures): RecordFlaw[] {
  return rules.filter(({ holds }) => holds(figures)).map(({ flaw }) => flaw);
}

/** From 1, nothing is odd, down to 0. */
export function qualityOf(flaws: readonly RecordFlaw[]): number {
  if (flaws.length === 0) return 1;
  const lost = rules.reduce((sum, { flaw, penalty }) => sum + (flaws.includes(flaw) ? penalty : 0), 0);
  return Math.max(0, Math.round((1 - lost) * 100) / 100);
}

export interface Assessment {
  /** Of each record. */
  quality: Float64Array;
  /** Mean quality; null of no records. */
  mean: number | null;
  /** How many records have each flaw; those that none has are left out. */
  flaws: Partial<Record<RecordFlaw, number>>;
}

/** Looks at records column by column. */
export function assess(columns: RecordColumns): Assessment {
  const flaws: Assessment['flaws'] = {};
  let sum = 0;
  const quality = Float64Array.from(columns.date, (_, row) => {
    const found = flawsOf({
      campaign: columns.campaign[row] ?? null,
      spend: columns.spend[row]!,
      impressions: columns.impressions[row]!,
      clicks: columns.clicks[row]!,
      conversions: columns.conversions[row]!,
      revenue: columns.revenue[row]!,
    });
    for (const flaw of found) flaws[flaw] = (flaws[flaw] ?? 0) + 1;
    const own = qualityOf(found);
    sum += own;
    return own;
  });
  return { quality, mean: quality.length === 0 ? null : sum / quality.length, flaws };
}
