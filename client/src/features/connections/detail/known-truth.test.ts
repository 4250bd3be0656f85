import { expect, test } from 'vitest';
import { layOutTruth } from './known-truth.ts';

test('a list of channels becomes a table with a column per field', () => {
  expect(layOutTruth({ channels: [{ channel: 'Search', effect: 0.25, touches: 1200 }] })).toEqual([
    { title: 'Channels', columns: ['Name', 'Effect', 'Touches'], rows: [['Search', '0.250', '1,200']] },
  ]);
});

test('a map of objects becomes a table, a map of numbers names and values', () => {
  const tables = layOutTruth({ channels: { Search: { effect: 0.5 } }, shares: { Email: 0.1 } });
  expect(tables.map(({ columns }) => columns)).toEqual([
    ['Name', 'Effect'],
    ['Name', 'Value'],
  ]);
});

test('plain values are not dropped', () => {
  expect(layOutTruth({ seed: 7, note: 'linear' })).toEqual([
    {
      title: 'Settings',
      columns: ['Name', 'Value'],
      rows: [
        ['Seed', '7'],
        ['Note', 'linear'],
      ],
    },
  ]);
  expect(layOutTruth(null)).toEqual([]);
});
