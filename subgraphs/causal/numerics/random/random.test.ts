import { describe, expect, it } from 'vitest';
import { chiSquareSurvival, normalSurvival } from '../distributions.pure.ts';
import { drawCategory, drawExponential, drawGamma, drawInverseGamma, drawTruncatedNormal } from './draw.pure.ts';
import {
  blockBootstrapRows,
  bootstrapRows,
  mammen,
  permutation,
  quantileOfSorted,
  rademacher,
} from './resample.pure.ts';
import { stream } from './stream.pure.ts';

const draws = 100_000;

function moments(draw: () => number): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (let index = 0; index < draws; index++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  return { mean: sum / draws, variance: squares / draws - (sum / draws) ** 2 };
}

describe('random streams', () => {
  it('are the same for the same name, however they are reached', () => {
    const direct = stream(42, 3, 7);
    const parent = stream(42, 3);
    parent.bits();
    const split = parent.split(7);
    for (let index = 0; index < 5; index++) expect(split.uniform()).toBe(direct.uniform());
    expect(stream(1.5).bits()).not.toBe(stream(1.25).bits());
    expect(stream(1, 0).bits()).not.toBe(stream(1).bits());
    expect(stream(0).bits()).toBe(stream(0).bits());
  });

  it('are uniform, also side by side', () => {
    for (const next of [stream(5).uniform, neighbours()]) {
      const counts = new Float64Array(100);
      for (let index = 0; index < draws; index++) counts[Math.floor(next() * 100)]!++;
      const statistic = counts.reduce((sum, count) => sum + (count - draws / 100) ** 2 / (draws / 100), 0);
      expect(chiSquareSurvival(statistic, 99)).toBeGreaterThan(0.001);
    }
  });

  it('have normals with the moments and tails of normals', () => {
    const random = stream(6);
    const { mean, variance } = moments(random.normal);
    expect(Math.abs(mean)).toBeLessThan(0.012);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    let above = 0;
    for (let index = 0; index < draws; index++) if (random.normal() > 2) above++;
    expect(Math.abs(above / draws - normalSurvival(2))).toBeLessThan(0.002);
  });
});

function neighbours(): () => number {
  let label = 0;
  return () => stream(9, label++).uniform();
}

describe('draws', () => {
  it('have the moments of their distributions', () => {
    const random = stream(11);
    for (const [shape, rate] of [
      [0.4, 2],
      [3, 0.5],
    ] as const) {
      const { mean, variance } = moments(() => drawGamma(random, shape, rate));
      expect(Math.abs(mean / (shape / rate) - 1)).toBeLessThan(0.03);
      expect(Math.abs(variance / (shape / rate ** 2) - 1)).toBeLessThan(0.06);
    }
    expect(moments(() => drawInverseGamma(random, 6, 10)).mean).toBeCloseTo(2, 1);
    expect(moments(() => drawExponential(random)).mean).toBeCloseTo(1, 1);
  });

  it('of truncated normals stay inside and have the right mean, near and far', () => {
    const random = stream(12);
    for (const [low, high] of [
      [-2, 3],
      [0.5, 1],
      [5, Infinity],
      [5, 5.1],
      [-Infinity, -6],
      [1, Infinity],
      [-0.5, 0.2],
    ] as const) {
      let outside = 0;
      const { mean } = moments(() => {
        const value = drawTruncatedNormal(random, { mean: 0, sd: 1, low, high });
        if (!(value >= low && value <= high)) outside++;
        return value;
      });
      expect(outside).toBe(0);
      expect(Math.abs(mean - truncatedMean(low, high))).toBeLessThan(0.012);
    }
    expect(() => drawTruncatedNormal(random, { mean: 0, sd: 1, low: 1, high: 1 })).toThrow(/low < high/);
  });

  it('of categories follow the weights', () => {
    const random = stream(13);
    const counts = [0, 0, 0];
    for (let index = 0; index < draws; index++) counts[drawCategory(random, [1, 0, 3])]!++;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[2]! / draws - 0.75)).toBeLessThan(0.006);
    expect(() => drawCategory(random, [0, 0])).toThrow(/all zero/);
  });
});

/** By numerical integration. */
function truncatedMean(low: number, high: number): number {
  const [from, to] = [Math.max(low, -12), Math.min(high, 12)];
  let [mass, moment] = [0, 0];
  for (let step = 0; step < 40_000; step++) {
    const x = from + ((to - from) * (step + 0.5)) / 40_000;
    const density = Math.exp(-0.5 * x * x);
    mass += density;
    moment += x * density;
  }
  return moment / mass;
}

describe('resampling', () => {
  it('permutes without loss', () => {
    expect([...permutation(stream(1), 50)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    const firsts = [0, 0, 0];
    for (let index = 0; index < 9000; index++) firsts[permutation(stream(2, index), 3)[0]!]!++;
    for (const count of firsts) expect(Math.abs(count - 3000)).toBeLessThan(200);
  });

  it('draws rows with replacement, singly and in runs', () => {
    const rows = bootstrapRows(stream(3), 1000);
    expect(new Set(rows).size).toBeGreaterThan(580);
    expect(new Set(rows).size).toBeLessThan(690);
    const blocks = blockBootstrapRows(stream(4), 20, 6);
    for (const from of [0, 6, 12])
      for (let at = 1; at < 6; at++) expect(blocks[from + at]).toBe((blocks[from]! + at) % 20);
    expect(() => blockBootstrapRows(stream(4), 20, 21)).toThrow(/from 1 to 20/);
  });

  it('gives wild weights mean 0 and variance 1', () => {
    for (const weights of [rademacher(stream(5), draws), mammen(stream(6), draws)]) {
      let at = 0;
      const { mean, variance } = moments(() => weights[at++]!);
      expect(Math.abs(mean)).toBeLessThan(0.012);
      expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    }
  });

  it('takes quantiles between neighbours', () => {
    expect(quantileOfSorted([1, 2, 4, 8], 0.5)).toBe(3);
    expect(quantileOfSorted([1, 2, 4, 8], 1)).toBe(8);
  });
});
