import { describe, expect, it } from 'vitest';
import { compareOutcomes } from './compare-outcomes.pure.ts';

describe('compareOutcomes', () => {
  const stored = { roi: 2.5, channels: [{ name: 'search', spend: 4000 }], missing: null };

  it('takes what only rounding tells apart for identical', () => {
    const again = { ...stored, roi: 2.5 + 1e-12 };
    expect(compareOutcomes(stored, again, true)).toMatchObject({ identical: true, sameData: true });
  });

  it('measures a difference against the size of a figure', () => {
    const again = { ...stored, channels: [{ name: 'search', spend: 4040 }] };
    expect(compareOutcomes(stored, again, false)).toEqual({
      identical: false,
      sameData: false,
      largestDifference: 0.01,
    });
  });

  it.each([
    ['a channel more', { ...stored, channels: [...stored.channels, { name: 'social', spend: 1 }] }],
    ['another name', { ...stored, channels: [{ name: 'social', spend: 4000 }] }],
    ['a figure where there was none', { ...stored, missing: 0 }],
    ['nothing', null],
  ])('never calls %s identical', (_, again) => {
    expect(compareOutcomes(stored, again, true)).toMatchObject({
      identical: false,
      largestDifference: Number.MAX_VALUE,
    });
  });

  it('compares as it is stored: what JSON leaves out does not count', () => {
    expect(compareOutcomes({ a: 1, b: null }, { a: 1, b: NaN, c: undefined }, true).identical).toBe(true);
  });
});
