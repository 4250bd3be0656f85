import { expect, test } from 'vitest';
import { layOutTruth } from './known-truth.ts';

test('a list of channels becomes a table with a column per field', () => {
  expect(layOutTruth({ effects: [{ channel: 'Search', carryOver: 0.25, cap: 1200 }] })).toEqual([
    {
      title: 'Effects',
      columns: [
        { label: 'Channel', numeric: false },
        { label: 'Carry over', numeric: true },
        { label: 'Cap', numeric: true },
      ],
      rows: [['Search', '0.250', '1,200']],
    },
  ]);
});

test('objects inside are laid out in turn, their plain values after their tables', () => {
  const tables = layOutTruth({
    journeys: { rate: 0.1, channels: [{ channel: 'Search', next: { Email: 0.2, Other: 0 } }] },
  });
  expect(tables.map(({ title }) => title)).toEqual(['Journeys: channels', 'Journeys']);
  expect(tables[0]!.rows).toEqual([['Search', 'Email 0.200']]);
});

test('plain values are not dropped', () => {
  const [table] = layOutTruth({ seed: 7, weekdays: [1, 1.5], note: null });
  expect(table!.rows).toEqual([
    ['Seed', '7'],
    ['Weekdays', '1, 1.500'],
    ['Note', '–'],
  ]);
  expect(layOutTruth(null)).toEqual([]);
});
