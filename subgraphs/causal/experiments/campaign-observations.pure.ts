import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import type { Observation } from './analyse-ab.pure.ts';
import type { AbSettings } from './settings.pure.ts';

type Columns = Pick<
  RecordFrame,
  'date' | 'campaign' | 'clicks' | 'impressions' | 'conversions' | 'basis' | 'sourceKind'
>;

/**
 * Conversions per click or impression of the campaigns of arms, added up from the first day on: each click is a unit of
 * its own. Days without a record of a campaign keep what was there before.
 */
export function observationsOfCampaigns(
  records: Columns,
  { arms, metrics, source }: AbSettings,
): { observations: Observation[]; sourceKinds: string[]; warnings: string[] } {
  const days = [...new Set(records.date)].toSorted();
  const place = new Map(days.map((day, index) => [day, index]));
  const armOf = new Map(arms.map(({ name, campaign }) => [campaign, name]));
  const counts = new Map(arms.map(({ name }) => [name, { n: days.map(() => 0), successes: days.map(() => 0) }]));
  const kinds = new Set<string>();
  for (let row = 0; row < records.date.length; row++) {
    const count = counts.get(armOf.get(records.campaign[row] ?? null) ?? '');
    if (!count || records.basis[row] !== 'claimed') continue;
    const day = place.get(records.date[row]!)!;
    count.n[day]! += source === 'CLICKS' ? records.clicks[row]! : records.impressions[row]!;
    count.successes[day]! += records.conversions[row]!;
    kinds.add(records.sourceKind[row]!);
  }
  const silent = arms.filter(({ name }) => counts.get(name)!.n.every((n) => n === 0));
  return {
    observations: arms.flatMap(({ name }) => {
      const { n, successes } = counts.get(name)!;
      let [units, found] = [0, 0];
      return days.map((day, index) => {
        units += n[index]!;
        found += successes[index]!;
        return { metric: metrics[0]!.name, arm: name, day, n: units, sums: { successes: found } };
      });
    }),
    sourceKinds: [...kinds].toSorted(),
    warnings: silent.map(({ name, campaign }) => `${name} has no figures: no record is of the campaign ${campaign}.`),
  };
}
