import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { expectClose } from '../numerics/testing/expect-near.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { powerOf, sampleSizeFor, smallestEffect, twoSided, type Design } from './sample-size.pure.ts';

interface Case {
  fn: string;
  n?: number;
  n_per_group?: number;
  delta?: number;
  sd?: number;
  p1?: number;
  p2?: number;
  power: number;
}

const published = readExpected<{ cases: Case[] }>('causal/power/expected.json');

describe('power', () => {
  it.skipIf(!published)('is that of R in all golden cases (skipped without golden data)', () => {
    expect(published!.cases).toHaveLength(8);
    for (const entry of published!.cases) {
      const plan = { ...twoSided, sides: entry.fn.includes('one-sided') ? 1 : 2 } as const;
      const design: Design =
        entry.delta === undefined
          ? { kind: 'SHARE', base: entry.p1!, effect: entry.p2! - entry.p1! }
          : { kind: 'MEAN', sd: entry.sd!, effect: entry.delta };
      if (entry.fn.includes('minimum')) {
        const effect = smallestEffect({ ...design, effect: 0.01 }, entry.n!, entry.power, plan);
        // R stops its search for the root early.
        expectClose([effect + entry.p1!], [entry.p2!], 2e-4);
      } else if (entry.n_per_group !== undefined) {
        expectClose([sampleSizeFor(design, entry.power, plan)], [entry.n_per_group], 2e-4);
      } else {
        expectClose([powerOf(design, entry.n!, plan)], [entry.power], 1e-9);
      }
    }
  });

  it('is the level itself without an effect', () => {
    const design: Design = { kind: 'MEAN', sd: 2, effect: 0 };
    expectClose([powerOf(design, 30, { ...twoSided, sides: 1 })], [0.05], 1e-9);
  });

  it('finds the effect that the sample size was made for', () => {
    const design: Design = { kind: 'MEAN', sd: 3, effect: 0.4 };
    const n = sampleSizeFor(design, 0.8);
    expectClose([smallestEffect(design, n, 0.8)], [0.4], 1e-8);
    const sequential = { ...twoSided, looks: { kind: 'SEQUENTIAL', tuning: 2 * n } } as const;
    const longer = sampleSizeFor(design, 0.8, sequential);
    expect(longer / n).toBeGreaterThan(1.3);
    expect(longer / n).toBeLessThan(2);
    expectClose([powerOf(design, longer, sequential)], [0.8], 1e-8);
  });

  it('of a sequential plan is what simulation finds at the last look', () => {
    const design: Design = { kind: 'MEAN', sd: 1, effect: 0.2 };
    const plan = { ...twoSided, looks: { kind: 'SEQUENTIAL', tuning: 1000 } } as const;
    const random = stream(4);
    const squared = (-2 * Math.log(0.05) + Math.log(1 - 2 * Math.log(0.05))) / 1000;
    const grown = 1000 * squared + 1;
    const reach = Math.sqrt(((2 * grown) / (1000 * squared)) * Math.log(Math.sqrt(grown) / 0.05));
    let found = 0;
    for (let trial = 0; trial < 20_000; trial++) if (0.2 / Math.sqrt(2 / 500) + random.normal() > reach) found++;
    expect(Math.abs(found / 20_000 - powerOf(design, 500, plan))).toBeLessThan(0.012);
  });

  it('refuses what cannot be planned', () => {
    expect(() => sampleSizeFor({ kind: 'MEAN', sd: 1, effect: 0 }, 0.8)).toThrow(/effect of zero/);
    expect(() => powerOf({ kind: 'MEAN', sd: 0, effect: 1 }, 10)).toThrow(
      expect.objectContaining({ kind: 'ZERO_VARIANCE' }),
    );
    expect(() => powerOf({ kind: 'SHARE', base: 0.9, effect: 0.2 }, 10)).toThrow(/between 0 and 1/);
    expect(() => powerOf({ kind: 'MEAN', sd: 1, effect: 1 }, 1)).toThrow(expect.objectContaining({ kind: 'TOO_FEW' }));
    expect(() => smallestEffect({ kind: 'SHARE', base: 0.5, effect: 0.1 }, 3, 0.9)).toThrow(/no solution/);
  });
});
