import { expect, test } from 'vitest';
import { sumFigures } from './sum-figures.ts';

const row = (currency: string, micros: string, revenueBasis: 'PAID' | null = null) => ({
  spend: { micros, currency },
  revenue: { micros: `-${micros}` },
  impressions: 10,
  clicks: 2,
  conversions: 0.5,
  revenueBasis,
});

test('amounts are added exactly, each currency for itself', () => {
  const sums = sumFigures([row('NZD', '1'), row('EUR', '100000'), row('EUR', '200000', 'PAID')]);
  expect(sums).toEqual([
    { currency: 'EUR', spend: 0.3, revenue: -0.3, impressions: 20, clicks: 4, conversions: 1, revenueBasis: 'PAID' },
    {
      currency: 'NZD',
      spend: 0.000001,
      revenue: -0.000001,
      impressions: 10,
      clicks: 2,
      conversions: 0.5,
      revenueBasis: null,
    },
  ]);
});

test('nothing has no sum', () => {
  expect(sumFigures([])).toEqual([]);
});
