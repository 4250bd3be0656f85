import { expect, test } from 'vitest';
import { beginningOf } from './search-form.ts';

const choice = {
  from: '2025-01-01',
  to: '2026-01-01',
  kpi: 'conversions',
  basis: 'booked',
  period: 'WEEK',
  media: 'clicks',
  mock: true,
  only: ['Search'],
  holidays: { region: 'DE-BY' },
  events: [{ name: 'Sale', dates: ['2025-05-01', '2025-05-02'] }],
  controls: [
    { name: 'Price', dates: ['2025-01-01', '2025-01-02'], values: [1, 2.5] },
    { name: 'Mail', channel: 'Mail', measure: 'clicks' },
  ],
};
const model = {
  trend: { kind: 'piecewise', knots: 3 },
  seasonality: [{ name: 'yearly', order: 1 }],
  lift: [{ calibrationId: 'c1' }, {}],
};
const prior = { key: 'carryOver.rate', channel: 'Search', kind: 'BETA' as const, parameters: [2, 3] };
const candidate = { number: 7, error: 0.1, distance: 0.2, liftError: 0, channels: [], priors: [prior] };
const search = { settings: { choice, model, seed: 5 }, front: [candidate] };

test('a training after a search begins with its data, terms and experiments', () => {
  const { form, only } = beginningOf(search, 7);
  expect(only).toEqual(['Search']);
  expect(form).toMatchObject({ kpi: 'CONVERSIONS', basis: 'BOOKED', media: 'CLICKS', mock: true, seed: 5 });
  expect(form).toMatchObject({ trend: 'BENDING', trendKnots: 3, yearlyWaves: 1, holidays: 'DE-BY' });
  expect(form.events).toEqual([{ name: 'Sale', dates: '2025-05-01 2025-05-02' }]);
  expect(form.controls).toEqual([
    { name: 'Price', channel: '', measure: 'CLICKS', values: '2025-01-01,1\n2025-01-02,2.5' },
    { name: 'Mail', channel: 'Mail', measure: 'CLICKS', values: '' },
  ]);
  expect(form.calibrationIds).toEqual(['c1']);
});

test('shapes of a candidate become priors of Hill curves, those of no candidate are left at the defaults', () => {
  expect(beginningOf(search, 7).form).toMatchObject({ saturation: 'HILL', carryOver: 'GEOMETRIC', priors: [prior] });
  expect(beginningOf(search, 8).form.priors).toEqual([]);
});
