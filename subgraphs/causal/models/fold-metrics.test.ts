import { describe, expect, it } from 'vitest';
import { compareVersions } from './compare-versions.pure.ts';
import { goOn } from './extend-data.pure.ts';
import { measureFold } from './fold-metrics.pure.ts';
import { planFolds } from './plan-folds.pure.ts';

const point = (actual: number, predicted: number) => ({ date: '2026-01-05', actual, predicted, low: 8, high: 12 });

describe('measureFold', () => {
  it('measures errors by share of the value, by share of all, and by intervals', () => {
    expect(measureFold([point(10, 9), point(20, 24)])).toEqual({
      periods: 2,
      mape: expect.closeTo(0.15, 12),
      weightedError: expect.closeTo(5 / 30, 12),
      coverage: 0.5,
      rSquared: expect.closeTo(1 - 17 / 50, 12),
    });
  });

  it('has no share of the value where one is 0, no R² without variation, and nothing where nothing happened', () => {
    expect(measureFold([point(0, 1), point(10, 10)])).toMatchObject({ mape: null });
    expect(measureFold([point(10, 9)])).toMatchObject({ rSquared: null });
    expect(measureFold([point(0, 1)])).toBeNull();
    expect(measureFold([])).toBeNull();
  });
});

describe('planFolds', () => {
  it('ends with the data, each fold where the next begins to foretell', () => {
    expect(planFolds(60, { folds: 3, periods: 4 })).toEqual([
      { trained: 48, end: 52 },
      { trained: 52, end: 56 },
      { trained: 56, end: 60 },
    ]);
    expect(() => planFolds(37, { folds: 3, periods: 4 })).toThrow(/leave 25 of 37/);
  });
});

describe('goOn', () => {
  it('goes on at the pace of late, or as told, over regions as of late, holidays as a year before', () => {
    const periods = 60;
    const all = Float64Array.from({ length: 2 * periods }, (_, row) => (row < periods ? 30 : 10));
    const holiday = new Float64Array(2 * periods);
    holiday[10] = holiday[periods + 10] = 1;
    const data = {
      dates: Array.from({ length: periods }, (_, week) =>
        new Date(Date.parse('2025-01-06') + week * 7 * 86_400_000).toISOString().slice(0, 10),
      ),
      geos: ['a', 'b'],
      kpi: all,
      channels: [{ name: 'search', spend: all, media: all.map((value) => 5 * value) }],
      controls: [],
      events: [{ name: 'Fair', values: holiday }],
    };
    const usual = goOn(data, { periods: 3, periodDays: 7, spend: new Map() });
    expect(usual.dates.slice(-3)).toEqual(['2026-03-02', '2026-03-09', '2026-03-16']);
    expect([...usual.channels[0]!.spend.subarray(60, 63)]).toEqual([30, 30, 30]);
    expect([...usual.events[0]!.values.subarray(60, 63)]).toEqual([0, 0, 1]);
    const told = goOn(data, { periods: 1, periodDays: 7, spend: new Map([['search', 80 / 7]]) }).channels[0]!;
    expect([told.spend[60], told.spend[121], told.media![60]]).toEqual([60, 20, 300]);
  });
});

describe('compareVersions', () => {
  const version = (number: number, errors: number[], changed: object = {}) => {
    const points = errors.map((error) => point(10, 10 + error));
    const fold = { trainedUntil: '', from: '2026-01-05', to: '2026-02-01', metrics: measureFold(points)!, points };
    const inputs = { kpi: 'REVENUE' as const, currency: 'EUR', dataHash: 'a', mock: false };
    return {
      id: `${number}`,
      number,
      modelId: 'm',
      state: 'SUCCEEDED' as const,
      folds: [fold],
      metrics: fold.metrics,
      inputs: { ...inputs, periods: 1, channels: [], firstDate: '', lastDate: '', ...changed },
    };
  };

  it('names the best only where the difference is more than chance makes', () => {
    const sure = compareVersions([version(1, [3, 3.1, 2.9, 3]), version(2, [1, 1.1, 0.9, 1.2])]);
    expect(sure).toMatchObject({ bestId: '2', warnings: [] });
    const unsure = compareVersions([version(1, [3, -1, 2, 1]), version(2, [1, 2, -2.5, 1])]);
    expect(unsure).toMatchObject({ bestId: null, conclusion: expect.stringMatching('chance may have made') });
  });

  it('refuses other folds, KPIs and modes, and tells of other data', () => {
    const first = version(1, [1, 2]);
    const others = { ...version(2, [1, 2]), folds: [] };
    expect(compareVersions([first, others])).toEqual({ refusal: expect.stringMatching('different folds') });
    expect(compareVersions([first, version(2, [1, 2], { mock: true })])).toHaveProperty('refusal');
    expect(compareVersions([first, version(2, [1, 2], { currency: 'USD' })])).toHaveProperty('refusal');
    expect(compareVersions([first, { ...version(2, [1]), metrics: null }])).toHaveProperty('refusal');
    expect(compareVersions([first, version(2, [1, 1], { dataHash: 'b' })])).toMatchObject({
      warnings: [expect.stringMatching('different data')],
    });
  });
});
