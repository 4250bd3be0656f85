import { describe, expect, it } from 'vitest';
import type { RecordFlaw } from '@liftos/core/ports/memory.ts';
import { recordColumns } from '../testing/batches.ts';
import { insightsOf } from './insights.pure.ts';
import { assess, flawsOf, qualityOf, type Figures } from './assess-records.pure.ts';

const sound: Figures = {
  campaign: 'Brand',
  spend: 5_000_000n,
  impressions: 100,
  clicks: 10,
  conversions: 2,
  revenue: 9_000_000n,
};

describe('a record', () => {
  it.each<[RecordFlaw, Partial<Figures>, number]>([
    ['CLICKS_BEYOND_IMPRESSIONS', { impressions: 9 }, 0.7],
    ['SPEND_WITHOUT_DELIVERY', { impressions: 0, clicks: 0 }, 0.8],
    ['REVENUE_WITHOUT_CONVERSIONS', { conversions: 0 }, 0.8],
    ['NEGATIVE_SPEND', { spend: -1n }, 0.8],
    ['CONVERSIONS_BEYOND_CLICKS', { clicks: 1 }, 0.9],
    ['SPEND_WITHOUT_CAMPAIGN', { campaign: null }, 0.9],
  ])('with %s is worth less', (flaw, change, quality) => {
    expect(flawsOf(sound)).toEqual([]);
    expect(flawsOf({ ...sound, ...change })).toEqual([flaw]);
    expect(qualityOf([flaw])).toBe(quality);
  });

  it('of a shop, which counts neither impressions nor clicks, has no flaw', () => {
    expect(flawsOf({ ...sound, spend: 0n, impressions: 0, clicks: 0, campaign: null })).toEqual([]);
  });

  it('that is refunded more than it sold has no flaw', () => {
    expect(flawsOf({ ...sound, revenue: -4_000_000n })).toEqual([]);
  });
});

describe('a batch', () => {
  const columns = recordColumns([
    { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 75, clicks: 9, conversions: 3, revenue: 150 },
    { date: '2026-03-01', channel: 'Social', campaign: 'New', spend: 25, clicks: 900, conversions: 1, revenue: 100 },
  ]);

  it('is as good as its records on average, and counts their flaws', () => {
    const found = assess(columns);
    expect([...found.quality]).toEqual([1, 0.7]);
    expect(found.mean).toBeCloseTo(0.85, 12);
    expect(found.flaws).toEqual({ CLICKS_BEYOND_IMPRESSIONS: 1 });
    expect(assess(recordColumns([]))).toMatchObject({ mean: null, flaws: {} });
  });

  it('says what stands out in it', () => {
    expect(insightsOf(columns, assess(columns))).toEqual([
      'Search took 75 % of 100 EUR spent.',
      'Social reports the most revenue per EUR spent: 4.00.',
      '1 of 2 rows count more clicks than impressions.',
    ]);
  });

  it('of several currencies compares no amounts', () => {
    const mixed = recordColumns([
      { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 75 },
      { date: '2026-03-01', channel: 'Social', campaign: 'New', spend: 25, currency: 'USD' },
    ]);
    expect(insightsOf(mixed, assess(mixed))).toEqual([]);
  });
});
