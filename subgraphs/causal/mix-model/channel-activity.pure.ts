import type { RecordFrame } from '@liftos/core/ports/memory.ts';

/** What records tell of a channel; days are those with spend. */
export interface ChannelActivity {
  readonly name: string;
  readonly spend: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly activeDays: number;
}

/** All channels of the records, the one with the most spend first. */
export function channelActivity({
  channel,
  date,
  spend,
  impressions,
  clicks,
}: Pick<RecordFrame, 'channel' | 'date' | 'spend' | 'impressions' | 'clicks'>): ChannelActivity[] {
  const found = new Map<string, { spend: number; impressions: number; clicks: number; days: Set<string> }>();
  for (let row = 0; row < date.length; row++) {
    const own = found.get(channel[row]!) ?? { spend: 0, impressions: 0, clicks: 0, days: new Set<string>() };
    own.spend += Number(spend[row]!);
    own.impressions += impressions[row]!;
    own.clicks += clicks[row]!;
    if (spend[row]! > 0n) own.days.add(date[row]!);
    found.set(channel[row]!, own);
  }
  return [...found]
    .map(([name, { days, ...own }]) => ({ ...own, name, spend: own.spend / 1e6, activeDays: days.size }))
    .toSorted((a, b) => b.spend - a.spend || (a.name < b.name ? -1 : 1));
}
