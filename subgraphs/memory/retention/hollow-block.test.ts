import { describe, expect, it } from 'vitest';
import { FrameBuilder, selectJourneys } from '../journeys/build-frame.pure.ts';
import { decodeBlock, encodeBlock } from '../journeys/journey-block.pure.ts';
import { journeyColumns, type TestJourney } from '../testing/batches.ts';
import { firstIdOf, firstKeptDay } from './cutoff.pure.ts';
import { findTooOld, hollowBlock } from './hollow-block.pure.ts';

const journeys: TestJourney[] = [
  { key: 'old', date: '2025-01-01', path: ['Radio', 'Mail'], campaigns: ['Old', 'New'], ages: [3, 0.5], value: 7 },
  { key: 'young', date: '2026-03-01', path: ['Mail', 'Search'], campaigns: ['New', null], ages: [2, 0.25], value: 9 },
  { key: 'undated', path: ['Search'], conversions: 2, nulls: 5 },
  { key: 'replaced', date: '2026-03-02', path: ['TV'] },
];

function read() {
  const columns = journeyColumns(journeys);
  const { packed, currencies } = encodeBlock(columns, Uint32Array.of(0, 1, 2, 3));
  return {
    block: decodeBlock(packed),
    replaced: [3],
    channels: columns.channels,
    campaigns: columns.campaigns,
    currencies,
  };
}

function frameOf(block: ReturnType<typeof read>) {
  const selected = selectJourneys(block, {});
  const builder = new FrameBuilder('campaign', selected.journeys, selected.touches);
  builder.add(selected);
  return builder.finish();
}

describe('thinning a block', () => {
  it('finds journeys before the day, and undated ones only in an old block', () => {
    expect(findTooOld(read(), '2026-03-01', false)).toEqual({ removed: [0], dead: [0, 3] });
    expect(findTooOld(read(), '2026-03-01', true)).toEqual({ removed: [0, 2], dead: [0, 2, 3] });
    expect(findTooOld(read(), '2025-01-01', false)).toEqual({ removed: [], dead: [3] });
  });

  it('leaves the others as they were and nothing of what is dead', () => {
    const before = read();
    const { packed, channels, campaigns, firstDate, lastDate } = hollowBlock(before, [0, 3]);
    expect({ channels, campaigns, firstDate, lastDate }).toEqual({
      channels: ['Mail', 'Search'],
      campaigns: ['New'],
      firstDate: '2026-03-01',
      lastDate: '2026-03-01',
    });
    const after = { ...before, block: decodeBlock(packed), replaced: [0, 3], channels, campaigns };
    expect(frameOf(after)).toEqual(frameOf({ ...before, replaced: [0, 3] }));
    expect([...after.block.value]).toEqual([0, 9e6, 0, 0]);
    expect(after.block.channel).toHaveLength(3);
  });
});

describe('the day from which data is kept', () => {
  it('is so early that nothing younger goes anywhere on earth', () => {
    // In Honolulu it is still the 20th then: 30 days before is the 21st of October, and that day stays.
    expect(firstKeptDay(new Date('2026-11-21T05:00:00Z'), 30)).toBe('2026-10-21');
  });

  it('divides the ids of blocks by their time', () => {
    const at = (time: string) =>
      Date.parse(time)
        .toString(16)
        .padStart(12, '0')
        .replace(/^(.{8})/, '$1-');
    expect(`${at('2026-01-01T23:59:59.999Z')}-7fff-bfff-ffffffffffff` < firstIdOf('2026-01-02')).toBe(true);
    expect(`${at('2026-01-02T00:00:00Z')}-7000-8000-000000000001` > firstIdOf('2026-01-02')).toBe(true);
  });
});
