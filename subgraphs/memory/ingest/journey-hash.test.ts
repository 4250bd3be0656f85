import { describe, expect, it } from 'vitest';
import { journeyColumns, type TestJourney } from '../testing/batches.ts';
import { plainArray, textArray } from './array-text.pure.ts';
import { idOf } from './hash-ids.pure.ts';
import { hashJourneys } from './journey-hash.pure.ts';

const journey: TestJourney = { key: 'a', date: '2026-01-01', path: ['x', 'y'], ages: [2, 1], campaigns: ['c', null] };

function hashOf(changed: Partial<TestJourney>, before: TestJourney[] = []): number {
  return hashJourneys(journeyColumns([...before, { ...journey, ...changed }])).at(-1)!;
}

describe('hashJourneys', () => {
  it('does not depend on the other journeys of a batch, whose names shift the codes', () => {
    expect(hashOf({}, [{ key: 'z', path: ['y', 'q'], campaigns: ['w', 'c'] }])).toBe(hashOf({}));
  });

  it.each<Partial<TestJourney>>([
    { date: '2026-01-02' },
    { path: ['y', 'x'] },
    { path: ['x', 'x'] },
    { path: ['x'], ages: [2], campaigns: ['c'] },
    { ages: [2, 1.0000001] },
    { campaigns: [null, 'c'] },
    { conversions: 2 },
    { nulls: 1 },
    { value: 1 },
    { currency: 'USD' },
  ])('changes with %o', (changed) => {
    expect(hashOf(changed)).not.toBe(hashOf({}));
  });

  it('is a whole number that a bigint column and a number hold alike', () => {
    const hashes = hashJourneys(journeyColumns(Array.from({ length: 5000 }, (_, n) => ({ ...journey, value: n }))));
    expect(hashes.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
    expect(new Set(hashes).size).toBe(5000);
  });
});

describe('idOf', () => {
  it('is a UUID that tells parts, and null from the text null, apart', () => {
    const ids = [idOf('a', 'bc'), idOf('ab', 'c'), idOf('null'), idOf(null), idOf('a', 'bc')];
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('array texts', () => {
  it('quote what Postgres would read otherwise', () => {
    expect(textArray(['a', null, 'null', '', 'x,"y"\\{}'])).toBe(String.raw`{"a",null,"null","","x,\"y\"\\{}"}`);
    expect(plainArray(BigInt64Array.of(-1n, 9_223_372_036_854_775_807n))).toBe('{-1,9223372036854775807}');
    expect(plainArray(Float64Array.of(0.1, 1e21))).toBe('{0.1,1e+21}');
    expect(plainArray([])).toBe('{}');
  });
});
