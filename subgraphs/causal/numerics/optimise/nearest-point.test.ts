import { describe, expect, it } from 'vitest';
import { fromColumns, multiplyVector, type Matrix } from '../linear/matrix.pure.ts';
import { gram } from '../linear/gram.pure.ts';
import { stream } from '../random/stream.pure.ts';
import { differenceGram, nearestPoint } from './nearest-point.pure.ts';

function draw(rows: number, columns: number, seed: number): Matrix {
  const random = stream(seed, rows, columns);
  return fromColumns(Array.from({ length: columns }, () => Float64Array.from({ length: rows }, random.normal)));
}

const others = (size: number): number[] => Array.from({ length: size - 1 }, (_, index) => index + 1);

describe('weights of the nearest point', () => {
  it('meet the optimality conditions, with fewer and with more points than dimensions', () => {
    for (const [rows, columns] of [
      [5, 4],
      [8, 40],
      [60, 39],
      [19, 120],
    ] as const) {
      for (let seed = 0; seed < 20; seed++) {
        const q = differenceGram(gram(draw(rows, columns, seed)), 0, others(columns), seed % 2);
        const { weights, value, gap } = nearestPoint(q);
        const slope = multiplyVector(q, weights);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(gap).toBeLessThan(1e-9);
        weights.forEach((weight, index) => {
          expect(slope[index]! - value).toBeGreaterThan(-1e-9);
          if (weight > 0) expect(Math.abs(slope[index]! - value)).toBeLessThan(1e-9);
        });
      }
    }
  });

  it('are the same from any start', () => {
    const q = differenceGram(gram(draw(30, 20, 4)), 0, others(20));
    const cold = nearestPoint(q).weights;
    const warm = nearestPoint(q, [3, 5, 7, 11]).weights;
    cold.forEach((weight, index) => expect(warm[index]).toBeCloseTo(weight, 10));
  });

  it('copy a target that is one of the points, or between points that stand twice', () => {
    const points = draw(6, 5, 9);
    const columns = [0, 1, 2, 3, 4].map((column) => points.data.slice(column * 6, column * 6 + 6));
    const twice = differenceGram(gram(fromColumns([columns[2]!, ...columns, ...columns])), 0, others(11));
    const { weights, value } = nearestPoint(twice);
    expect(value).toBeLessThan(1e-12);
    expect(weights[2]! + weights[7]!).toBeCloseTo(1, 9);
  });

  it('are all of the only point there is, and refuse no data', () => {
    expect([...nearestPoint({ data: Float64Array.of(4), rows: 1, columns: 1 }).weights]).toEqual([1]);
    expect(() => nearestPoint({ data: Float64Array.of(NaN), rows: 1, columns: 1 })).toThrow(/no finite data/);
  });
});
