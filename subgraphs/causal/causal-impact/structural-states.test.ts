import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { smooth } from '../numerics/state-space/smooth.pure.ts';
import { stateSampler } from './structural-states.pure.ts';

const length = 60;
const variances = { level: 0.004, slope: 0.00004, season: 0.002, noise: 0.02 };
const random = stream(3);
const series = Float64Array.from(
  { length },
  (_, t) => 0.02 * t + [0.5, -0.4, 0.2, -0.3][t % 4]! + 0.15 * random.normal(),
);

function compare(trend: boolean, seasons: number): void {
  const sampler = stateSampler({ trend, seasons, duration: 1 }, length, series[0]!);
  const model = {
    irregular: variances.noise,
    level: variances.level,
    ...(trend && { slope: variances.slope }),
    ...(seasons > 1 && { season: { period: seasons, variance: variances.season } }),
  };
  const { mean, variance } = smooth(model, series).signal;
  const draws = 3000;
  const [sum, squares] = [new Float64Array(length), new Float64Array(length)];
  for (let draw = 0; draw < draws; draw++) {
    const path = sampler.sample(series, variances, random);
    for (let t = 0; t < length; t++) {
      const value = sampler.signal(path, t) - mean[t]!;
      sum[t] = sum[t]! + value;
      squares[t] = squares[t]! + value ** 2;
    }
  }
  // The sampler starts from a prior of spread 1, the smoother from none: the first periods may differ a little.
  for (let t = 5; t < length; t++) {
    const sd = Math.sqrt(variance[t]!);
    expect(Math.abs(sum[t]! / draws) / sd, `mean of ${t}`).toBeLessThan(0.12);
    expect(Math.sqrt(squares[t]! / draws) / sd, `spread of ${t}`).toBeGreaterThan(0.93);
    expect(Math.sqrt(squares[t]! / draws) / sd, `spread of ${t}`).toBeLessThan(1.07);
  }
}

describe('drawn states', () => {
  it('have the mean and spread of the Kalman smoother, for every form', () => {
    compare(false, 1);
    compare(true, 1);
    compare(false, 4);
    compare(true, 4);
  });

  it('take steps that the next draw of variances can count', () => {
    const sampler = stateSampler({ trend: true, seasons: 4, duration: 3 }, length, 0);
    const path = sampler.sample(series, variances, stream(1)).slice();
    const steps = sampler.steps(path);
    expect(steps.turns).toBe(19);
    for (const value of [steps.level, steps.slope, steps.season]) expect(value).toBeGreaterThan(0);
    const still = { level: 0, slope: 0, season: 0, noise: 1 };
    const state = Float64Array.of(2, 0.5, 1, -2, 3);
    sampler.advance(state, 0, still, stream(1));
    expect([...state]).toEqual([2.5, 0.5, 1, -2, 3]);
    sampler.advance(state, 2, still, stream(1));
    expect([...state]).toEqual([3, 0.5, -2, 1, -2]);
  });
});
