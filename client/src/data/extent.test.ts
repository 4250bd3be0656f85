import { expect, it } from 'vitest';
import { extentOf } from './extent.ts';

const sources = [
  { sourceKind: 'FILE', records: 0, journeys: 10, firstDate: null, lastDate: null },
  { sourceKind: 'LIVE', records: 5, journeys: 1, firstDate: '2026-02-01', lastDate: '2026-03-01' },
  { sourceKind: 'MOCK', records: 700, journeys: 70, firstDate: '2025-01-01', lastDate: '2026-11-01' },
];

it('never adds generated data to the rest', () => {
  expect(extentOf(sources, false)).toEqual({
    records: 5,
    journeys: 11,
    firstDate: '2026-02-01',
    lastDate: '2026-03-01',
  });
  expect(extentOf(sources, true)).toMatchObject({ records: 700, journeys: 70 });
});

it('is nothing while it is not known', () => {
  expect(extentOf(undefined, false)).toEqual({ records: 0, journeys: 0, firstDate: null, lastDate: null });
});
