import { describe, expect, it } from 'vitest';
import { rankCorrelation, sharesMoved } from './compare-models.pure.ts';

describe('rankCorrelation', () => {
  it('is 1 for the same order and -1 for the reverse', () => {
    expect(rankCorrelation([1, 5, 9], [2, 3, 100])).toBe(1);
    expect(rankCorrelation([1, 5, 9], [3, 2, 1])).toBe(-1);
  });

  it('gives ties their mean rank (R: cor(c(1,2,2,4), c(1,3,2,4), method="spearman") = 0.9486833)', () => {
    expect(rankCorrelation([1, 2, 2, 4], [1, 3, 2, 4])).toBeCloseTo(0.9486833, 7);
  });

  it('is null where no order exists', () => {
    expect(rankCorrelation([1], [1])).toBeNull();
    expect(rankCorrelation([2, 2, 2], [1, 2, 3])).toBeNull();
  });
});

describe('sharesMoved', () => {
  it('is 0 for proportional credits and 1 for disjoint ones', () => {
    expect(sharesMoved([1, 3], [10, 30])).toBeCloseTo(0, 15);
    expect(sharesMoved([5, 0], [0, 2])).toBe(1);
  });

  it('is the share that changes hands', () => {
    expect(sharesMoved([60, 40], [50, 50])).toBeCloseTo(0.1, 12);
  });
});
