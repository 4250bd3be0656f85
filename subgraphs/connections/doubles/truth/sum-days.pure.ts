import type { AdDay, Entity } from './ads-truth.ts';

/** Figures of an advertisement, or of what it belongs to, on a day or over days. Money in micros. */
export interface DaySums {
  /** Null for the account as a whole. */
  entity: Entity | null;
  day: number;
  date: string;
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: bigint;
}

export type Level = 'account' | 'campaign' | 'group' | 'ad';

/** Adds up days of advertisements at a level; days stay apart, and nothing is left where nothing was delivered. */
export function sumDays(days: readonly AdDay[], level: Level): DaySums[] {
  const sums = new Map<string, DaySums>();
  for (const row of days) {
    const entity = entityAt(row.ad, level);
    const key = `${row.day}/${entity?.id ?? ''}`;
    const sum = sums.get(key) ?? {
      entity,
      day: row.day,
      date: row.date,
      spend: 0n,
      impressions: 0,
      clicks: 0,
      conversions: 0,
      revenue: 0n,
    };
    sum.spend += row.spend;
    sum.impressions += row.impressions;
    sum.clicks += row.clicks;
    sum.conversions += row.conversions;
    sum.revenue += row.revenue;
    sums.set(key, sum);
  }
  return [...sums.values()].filter(
    ({ spend, impressions, conversions }) => spend > 0n || impressions > 0 || conversions > 0,
  );
}

function entityAt(ad: Entity, level: Level): Entity | null {
  switch (level) {
    case 'account':
      return null;
    case 'campaign':
      return ad.parent!.parent!;
    case 'group':
      return ad.parent!;
    default:
      return ad;
  }
}
