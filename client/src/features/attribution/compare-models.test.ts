import { expect, test } from 'vitest';
import { agreementOf, compareModels } from './compare-models.ts';

const credit = (key: string, share: number) => ({
  key,
  share,
  conversions: share * 10,
  value: share * 100,
  removalEffect: null,
  spend: null,
  roas: null,
});
const result = (model: 'LINEAR' | 'MARKOV', shares: Record<string, number>) => ({
  model,
  conversions: 10,
  value: 100,
  assumptions: [],
  credits: Object.entries(shares).map(([key, share]) => credit(key, share)),
});

test('rows follow the mean over the models, a missing credit is null', () => {
  const rows = compareModels(
    [result('LINEAR', { Search: 0.4, Email: 0.6 }), result('MARKOV', { Search: 0.9 })],
    'share',
  );
  expect(rows).toEqual([
    { label: 'Search', values: [0.4, 0.9] },
    { label: 'Email', values: [0.6, null] },
  ]);
});

test('the smallest are added up, so that shares still sum to one', () => {
  const rows = compareModels([result('LINEAR', { a: 0.5, b: 0.3, c: 0.15, d: 0.05 })], 'share', 2);
  expect(rows.map(({ label }) => label)).toEqual(['a', 'b', 'Other (2)']);
  expect(rows.reduce((sum, { values }) => sum + values[0]!, 0)).toBeCloseTo(1, 12);
});

test('agreement does not depend on the order of the two', () => {
  const agreement = [{ a: 'LINEAR' as const, b: 'MARKOV' as const, rankCorrelation: 0.5, sharesMoved: 0.1 }];
  expect(agreementOf(agreement, 'MARKOV', 'LINEAR')).toBe(agreement[0]);
  expect(agreementOf(agreement, 'MARKOV', 'SHAPLEY')).toBeUndefined();
});
