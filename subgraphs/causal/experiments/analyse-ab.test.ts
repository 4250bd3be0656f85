import { describe, expect, it } from 'vitest';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import { analyseAb, type Observation } from './analyse-ab.pure.ts';
import { observationsOfCampaigns } from './campaign-observations.pure.ts';
import type { AbSettings } from './settings.pure.ts';

const settings: AbSettings = {
  kind: 'AB',
  unit: 'users',
  metrics: [{ name: 'rate', kind: 'SHARE', adjusted: false }],
  arms: [
    { name: 'old', share: 1, campaign: 'Old ad' },
    { name: 'new', share: 1, campaign: 'New ad' },
  ],
  plan: {
    baseline: 0.1,
    sd: null,
    effect: 0.1,
    scale: 'RELATIVE',
    alpha: 0.05,
    power: 0.8,
    sequential: true,
    correlation: 0,
    unitsPerDay: null,
    costPerUnit: null,
  },
  correction: 'HOLM',
  source: 'CLICKS',
  mock: false,
};

function records(rows: readonly [date: string, campaign: string | null, clicks: number, conversions: number][]) {
  return {
    date: rows.map(([date]) => date),
    campaign: rows.map(([, campaign]) => campaign),
    clicks: Float64Array.from(rows, ([, , clicks]) => clicks),
    impressions: new Float64Array(rows.length),
    conversions: Float64Array.from(rows, ([, , , conversions]) => conversions),
    basis: rows.map(() => 'claimed' as const),
    sourceKind: rows.map((): SourceKind => 'live'),
  };
}

describe('figures of campaigns', () => {
  it('add up over days, and stay where a campaign has no record', () => {
    const { observations, sourceKinds, warnings } = observationsOfCampaigns(
      records([
        ['2026-03-02', 'Old ad', 50, 4],
        ['2026-03-01', 'Old ad', 100, 10],
        ['2026-03-01', 'New ad', 90, 12],
        ['2026-03-01', 'Other', 1000, 1],
        ['2026-03-01', null, 1000, 1],
      ]),
      settings,
    );
    expect(observations).toEqual([
      { metric: 'rate', arm: 'old', day: '2026-03-01', n: 100, sums: { successes: 10 } },
      { metric: 'rate', arm: 'old', day: '2026-03-02', n: 150, sums: { successes: 14 } },
      { metric: 'rate', arm: 'new', day: '2026-03-01', n: 90, sums: { successes: 12 } },
      { metric: 'rate', arm: 'new', day: '2026-03-02', n: 90, sums: { successes: 12 } },
    ]);
    expect([sourceKinds, warnings]).toEqual([['live'], []]);
  });

  it('tell of an arm whose campaign has none', () => {
    const found = observationsOfCampaigns(records([['2026-03-01', 'Old ad', 100, 10]]), settings);
    expect(found.warnings).toEqual(['new has no figures: no record is of the campaign New ad.']);
    const { problem, metrics } = analyseAb({ settings, observations: found.observations, tuning: 1000 });
    expect(problem).toMatchObject({ code: 'TOO_FEW', field: 'rate' });
    expect(metrics[0]!.comparisons).toEqual([]);
  });
});

describe('an analysis', () => {
  const names = ['rate', 'second', 'third'];
  const many: AbSettings = {
    ...settings,
    source: 'POSTED',
    metrics: names.map((name) => ({ name, kind: 'SHARE', adjusted: false })),
  };
  const observations: Observation[] = names.flatMap((metric, index) => [
    { metric, arm: 'old', day: '2026-03-01', n: 5000, sums: { successes: 500 } },
    { metric, arm: 'new', day: '2026-03-01', n: 5000, sums: { successes: 550 + 10 * index } },
  ]);

  it('lets the first metric decide, and corrects the others as one family', () => {
    const { metrics } = analyseAb({ settings: many, observations, tuning: 10_000 });
    const [first, second, third] = metrics.map(({ comparisons }) => comparisons[0]!);
    expect(first!.fixed.adjustedPValue).toBe(first!.fixed.pValue);
    // Holm: the smaller of two counts twice.
    expect(third!.fixed.adjustedPValue).toBeCloseTo(2 * third!.fixed.pValue, 12);
    expect(second!.fixed.adjustedPValue).toBeCloseTo(Math.max(second!.fixed.pValue, 2 * third!.fixed.pValue), 12);
    const width = (one: typeof first) => Number(one?.fixed.high) - Number(one?.fixed.low);
    expect(width(second)).toBeGreaterThan(1.1 * width(first));
  });

  it('looks only at days on which all arms have figures', () => {
    const later = { metric: 'rate', arm: 'old', day: '2026-03-02', n: 6000, sums: { successes: 600 } };
    const { asOf, days, arms } = analyseAb({ settings: many, observations: [...observations, later], tuning: 10_000 });
    expect([asOf, days]).toEqual(['2026-03-01', 1]);
    expect(arms.filter(({ metric }) => metric === 'rate').map(({ n }) => n)).toEqual([5000, 5000]);
  });
});
