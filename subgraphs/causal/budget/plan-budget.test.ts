import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { golden } from '@liftos/core/testing/golden.ts';
import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { planBudget, type PlanChannel } from './plan-budget.pure.ts';

interface Published {
  non_optimised_spend: Record<string, number>;
  total: number;
  non_optimised_incremental: { value: number; tolerance: number };
  optimal_spend_millions: { values: Record<string, number>; tolerance: number };
  optimal_incremental: { value: number; tolerance: number };
}
const published = readExpected<Published>('causal/meridian_budget/expected.json');
const file = golden('causal/meridian_budget/response_curves.csv.gz');

function publishedChannels(path: string, current: Record<string, number>): PlanChannel[] {
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n').slice(1);
  const rows = lines.map((line) => line.split(','));
  return Object.entries(current).map(([name, spend]) => {
    const own = rows.filter((row) => row[0] === name);
    return {
      name,
      spend: Float64Array.from(own, (row) => Number(row[1])),
      response: Float64Array.from(own, (row) => Number(row[2])),
      current: spend,
      lower: spend * Number(own[0]![5]),
      upper: spend * Number(own[0]![6]),
      seenUpTo: spend,
    };
  });
}

describe.skipIf(!published || !file)('planBudget on the published Meridian curves (golden)', () => {
  it('gives the published split, response and gain', () => {
    const plan = planBudget(publishedChannels(file!, published!.non_optimised_spend), {
      kind: 'BUDGET',
      total: published!.total,
    });
    const { values, tolerance } = published!.optimal_spend_millions;
    for (const { name, spend } of plan.channels) expect(Math.abs(spend / 1e6 - values[name]!)).toBeLessThan(tolerance);
    const { non_optimised_incremental: before, optimal_incremental: after } = published!;
    expect(Math.abs(plan.unchanged.response.mean - before.value)).toBeLessThan(before.tolerance);
    expect(Math.abs(plan.response.mean - after.value)).toBeLessThan(after.tolerance);
    expect(plan.spend).toBeCloseTo(published!.total, 0);
    expect(Object.fromEntries(plan.channels.map(({ name, activeBound }) => [name, activeBound]))).toEqual({
      Channel0: 'UPPER',
      Channel1: null,
      Channel2: 'UPPER',
      Channel3: 'LOWER',
      Channel4: 'UPPER',
    });
  });
});

/** A channel whose response is `top` times a Hill curve, with draws around it. */
function hillChannel(
  name: string,
  top: number,
  half: number,
  slope: number,
  changed: Partial<PlanChannel> = {},
): PlanChannel {
  const spend = Float64Array.from({ length: 81 }, (_, point) => (5 * point) / 2);
  const response = spend.map((x) => (top * x ** slope) / (x ** slope + half ** slope));
  const random = stream(top, half);
  const factors = Array.from({ length: 100 }, () => 1 + 0.2 * random.normal());
  const draws = new Float64Array(8100).map((_, index) => factors[Math.floor(index / 81)]! * response[index % 81]!);
  return { name, spend, response, draws, current: 50, lower: 0, upper: 200, seenUpTo: 150, ...changed };
}

const budget = (total: number) => ({ kind: 'BUDGET', total }) as const;

describe('planBudget', () => {
  it('equalises the return of the next unit between channels that are concave', () => {
    const plan = planBudget([hillChannel('a', 100, 40, 1), hillChannel('b', 60, 20, 1)], budget(100));
    const [a, b] = plan.channels;
    // 4000 / (40 + a)² = 1200 / (20 + b)² with a + b = 100.
    expect(a!.spend).toBeCloseTo(63.38, 1);
    expect(a!.marginalReturn / b!.marginalReturn).toBeCloseTo(1, 2);
    expect(plan.gain.mean).toBeGreaterThan(0);
    expect(plan.gain.mean).toBeCloseTo(plan.response.mean - plan.unchanged.response.mean, 9);
  });

  it('crosses the foot of an S-curve rather than stopping before it', () => {
    const channels = [hillChannel('s', 100, 60, 4, { current: 0 }), hillChannel('c', 30, 60, 1, { current: 100 })];
    const plan = planBudget(channels, budget(100));
    expect(plan.channels[0]!.spend).toBeGreaterThan(70);
    expect(plan.response.mean).toBeGreaterThan(85);
  });

  it('agrees with exhaustive search on S-curves', () => {
    const tables = [
      [100, 60, 3],
      [80, 30, 2],
      [60, 90, 4],
    ] as const;
    const channels = tables.map(([top, half, slope], index) => hillChannel(`${index}`, top, half, slope));
    const at = (index: number, x: number): number => {
      const [top, half, slope] = tables[index]!;
      return (top * x ** slope) / (x ** slope + half ** slope);
    };
    for (const total of [60, 120, 180, 240]) {
      let best = 0;
      for (let a = 0; a <= Math.min(200, total); a++) {
        for (let b = Math.max(0, total - a - 200); b <= Math.min(200, total - a); b++) {
          best = Math.max(best, at(0, a) + at(1, b) + at(2, total - a - b));
        }
      }
      expect(planBudget(channels, budget(total)).response.mean).toBeGreaterThan(best * 0.998);
    }
  });

  it('finds the least money for a response, and it is what that money yields most', () => {
    const channels = [hillChannel('a', 100, 40, 1), hillChannel('b', 60, 20, 2)];
    const least = planBudget(channels, { kind: 'RESPONSE', response: 90 });
    expect(least.response.mean).toBeCloseTo(90, 4);
    expect(planBudget(channels, budget(least.spend)).response.mean).toBeCloseTo(90, 4);
    expect(planBudget(channels, budget(least.spend - 1)).response.mean).toBeLessThan(90);
  });

  it('spends until the next unit returns the target', () => {
    const plan = planBudget([hillChannel('a', 100, 40, 1), hillChannel('b', 2, 40, 1)], {
      kind: 'MARGINAL_RETURN',
      marginalReturn: 0.5,
    });
    // 4000 / (40 + a)² = 0.5.
    expect(plan.channels[0]!.spend).toBeCloseTo(Math.sqrt(8000) - 40, 0);
    expect(plan.channels[1]).toMatchObject({ spend: 0, activeBound: 'LOWER' });
  });

  it('leaves money unspent that would return less than the minimum', () => {
    const channels = [hillChannel('a', 100, 40, 1), hillChannel('b', 60, 20, 1)];
    const plan = planBudget(channels, { ...budget(390), minimumReturn: 0.3 });
    expect(plan.unspent).toBeGreaterThan(200);
    for (const { marginalReturn } of plan.channels) expect(marginalReturn).toBeGreaterThan(0.28);
    expect(plan.warnings).toContainEqual(expect.stringMatching(/is not spent/));
  });

  it('gives the gain an interval, and says where it leaves the data', () => {
    const plan = planBudget([hillChannel('a', 100, 100, 1), hillChannel('b', 1, 20, 1)], budget(190));
    expect(plan.channels[0]).toMatchObject({ name: 'a', extrapolated: true });
    expect(plan.warnings[0]).toMatch(/^a: .* beyond the 150/);
    expect(plan.gain.low!).toBeLessThan(plan.gain.mean);
    expect(plan.gain.high!).toBeGreaterThan(plan.gain.mean);
  });

  it('refuses budgets, goals, bounds and curves that cannot be', () => {
    const channels = [hillChannel('a', 100, 40, 1, { lower: 20 })];
    const refuses = (changed: Partial<PlanChannel>, kind: string): void =>
      expect(() => planBudget([{ ...channels[0]!, ...changed }], budget(50))).toThrow(
        expect.objectContaining({ kind }),
      );
    expect(() => planBudget(channels, budget(300))).toThrow(/from 20 to 200, not 300/);
    expect(() => planBudget(channels, { kind: 'RESPONSE', response: 99 })).toThrow(/yield from 33.33 to 83.33/);
    expect(() => planBudget([], budget(1))).toThrow(expect.objectContaining({ kind: 'TOO_FEW' }));
    refuses({ lower: 60, upper: 40 }, 'OUT_OF_RANGE');
    refuses({ upper: 900 }, 'OUT_OF_RANGE');
    refuses({ spend: Float64Array.of(0, 2, 1), response: Float64Array.of(0, 1, 2) }, 'SHAPE');
    refuses({ response: new Float64Array(81).fill(NaN) }, 'NOT_FINITE');
    expect(() => planBudget(channels, budget(NaN))).toThrow(expect.objectContaining({ kind: 'NOT_FINITE' }));
  });

  it('plans for twenty channels in far less than 100 ms', () => {
    const channels = Array.from({ length: 20 }, (_, index) =>
      hillChannel(`${index}`, 40 + 7 * index, 20 + 5 * index, 1 + (index % 4)),
    );
    planBudget(channels, budget(1000));
    const begin = process.cpuUsage();
    planBudget(channels, budget(1500));
    expect(process.cpuUsage(begin).user / 1000).toBeLessThan(100);
  });
});
