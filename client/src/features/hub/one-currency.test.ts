import { expect, test } from 'vitest';
import { currenciesIn, sumCurrency } from './one-currency.ts';

const row = (key: string, currency: string, spend: number, revenue: number, basis: 'CLAIMED' | null = 'CLAIMED') => ({
  key,
  spend: { amount: spend, currency },
  revenue: { amount: revenue, currency },
  impressions: 10,
  clicks: 2,
  conversions: 1,
  roas: null,
  revenueBasis: basis,
});

test('the currency of the organisation comes first', () => {
  expect(currenciesIn([row('a', 'NZD', 1, 1), row('a', 'EUR', 1, 1), row('b', 'EUR', 1, 1)], 'NZD')).toEqual([
    'NZD',
    'EUR',
  ]);
  expect(currenciesIn([row('a', 'NZD', 1, 1), row('a', 'EUR', 1, 1)], 'USD')).toEqual(['EUR', 'NZD']);
});

test('only rows of the currency are added up, and its return follows from the sums', () => {
  const sums = sumCurrency([row('a', 'EUR', 10, 30, null), row('b', 'EUR', 10, 10), row('a', 'NZD', 99, 99)], 'EUR');
  expect(sums).toMatchObject({
    spend: { amount: 20, currency: 'EUR' },
    revenue: { amount: 40, currency: 'EUR' },
    roas: 2,
    conversions: 2,
    revenueBasis: 'CLAIMED',
  });
});

test('nothing is summed without a row', () => {
  expect(sumCurrency([], 'EUR')).toBeNull();
});
