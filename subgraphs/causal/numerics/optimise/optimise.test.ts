import { describe, expect, it } from 'vitest';
import { gram } from '../linear/gram.pure.ts';
import { columnOf, dot, fromColumns, fromRows, multiplyTransposed, zeros, type Matrix } from '../linear/matrix.pure.ts';
import { stream } from '../random/stream.pure.ts';
import { expectClose, expectNear } from '../testing/expect-near.ts';
import { readTable } from '../testing/read-table.ts';
import { findRoot } from './find-root.pure.ts';
import { minimiseBounded } from './minimise-bounded.pure.ts';
import { goldenSection, nelderMead } from './minimise-simply.pure.ts';
import { nonNegativeFromGram, nonNegativeLeastSquares } from './non-negative.pure.ts';
import { simplexWeights } from './simplex-weights.pure.ts';

const smoking = readTable('causal/prop99/smoking.csv');

function randomMatrix(seed: number, rows: number, columns: number): Matrix {
  const random = stream(seed, rows, columns);
  const result = zeros(rows, columns);
  for (let at = 0; at < result.data.length; at++) result.data[at] = random.normal();
  return result;
}

/** Ratio of post- to pre-period mean squared gaps and mean gap after, each unit against all others. */
function placebos(paths: readonly Float64Array[], before: number): { ratio: number; gap: number }[] {
  return paths.map((target, unit) => {
    const donors = paths.filter((_, other) => other !== unit);
    const { weights, residuals } = simplexWeights(
      fromColumns(donors.map((path) => path.slice(0, before))),
      target.slice(0, before),
    );
    const gaps = target
      .slice(before)
      .map((value, t) => value - donors.reduce((sum, path, j) => sum + weights[j]! * path[before + t]!, 0));
    return {
      ratio: dot(gaps, gaps) / gaps.length / (dot(residuals, residuals) / before),
      gap: gaps.reduce((sum, value) => sum + value, 0) / gaps.length,
    };
  });
}

describe('simplex weights', () => {
  it.skipIf(!smoking)(
    'give the published synthetic California among its placebos (skipped without golden data)',
    () => {
      const paths = Array.from({ length: 39 }, (_, state) => smoking!.cigsale!.slice(state * 31, state * 31 + 31));
      const results = placebos(paths, 19);
      const california = results[2]!;
      expectNear([california.gap], [-19.5136], 1e-4);
      expectNear([california.ratio], [154.75], 0.01);
      expect(results.filter(({ ratio }) => ratio >= california.ratio)).toHaveLength(3);
    },
  );

  it('meet the conditions of a minimum, also with more columns than rows and a ridge', () => {
    for (const [seed, rows, columns, ridge] of [
      [1, 40, 10, 0],
      [2, 12, 30, 0],
      [3, 5, 60, 0.5],
      [4, 80, 50, 0],
    ] as const) {
      const x = randomMatrix(seed, rows, columns);
      const y = randomMatrix(seed + 50, rows, 1).data.map((value) => 0.5 * value);
      const { weights, residuals } = simplexWeights(x, y, ridge);
      expectClose([weights.reduce((sum, weight) => sum + weight, 0)], [1], 1e-12);
      const slopes = multiplyTransposed(x, residuals).map((value, j) => value - ridge * weights[j]!);
      const level = dot(slopes, weights);
      slopes.forEach((slope, j) => {
        expect(weights[j]).toBeGreaterThanOrEqual(0);
        expect(slope).toBeLessThanOrEqual(level + 1e-9);
        if (weights[j]! > 0) expect(Math.abs(slope - level)).toBeLessThan(1e-9);
      });
    }
  });

  it('find an exact copy, stand twins, and take a single column whole', () => {
    const x = randomMatrix(5, 10, 6);
    expectNear(simplexWeights(x, columnOf(x, 3).slice()).weights, [0, 0, 0, 1, 0, 0], 1e-9);
    const twin = fromColumns([columnOf(x, 0), columnOf(x, 0), columnOf(x, 1)]);
    const y = columnOf(x, 0).map((value, row) => 0.5 * value + 0.5 * x.data[10 + row]!);
    const { weights } = simplexWeights(twin, y);
    expectNear([weights[0]! + weights[1]!, weights[2]!], [0.5, 0.5], 1e-9);
    expect(simplexWeights(fromColumns([y]), x.data.slice(0, 10)).weights).toEqual(Float64Array.of(1));
    expect(() =>
      simplexWeights(
        x,
        y.map(() => NaN),
      ),
    ).toThrow(expect.objectContaining({ kind: 'NOT_FINITE' }));
    expect(() => simplexWeights(zeros(3, 0), new Float64Array(3))).toThrow(/nothing to weigh/);
  });
});

describe('non-negative least squares', () => {
  it('meets the conditions of a minimum', () => {
    for (const [seed, rows, columns] of [
      [1, 50, 12],
      [2, 208, 16],
      [3, 8, 20],
    ] as const) {
      const x = randomMatrix(seed, rows, columns);
      const y = randomMatrix(seed + 9, rows, 1).data;
      const { coefficients, residuals } = nonNegativeLeastSquares(x, y);
      const slopes = multiplyTransposed(x, residuals);
      coefficients.forEach((value, column) => {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(slopes[column]).toBeLessThan(1e-9);
        if (value > 0) expect(Math.abs(slopes[column]!)).toBeLessThan(1e-9);
      });
    }
  });

  it('leaves free columns free and takes units as they come', () => {
    const x = randomMatrix(4, 60, 3);
    const y = columnOf(x, 0).map((value, row) => -2 * value + 3e-6 * (x.data[60 + row]! * 1e6) - x.data[120 + row]!);
    for (let row = 60; row < 120; row++) x.data[row] = x.data[row]! * 1e6;
    const coefficients = nonNegativeFromGram(gram(x), multiplyTransposed(x, y), (column) => column === 0);
    expect(coefficients[0]).toBeLessThan(-1.5);
    expectClose([coefficients[1]! * 1e6], [3], 0.1);
    expect(coefficients[2]).toBe(0);
  });

  it('chooses one of two equal columns and none that is zero', () => {
    const a = Float64Array.of(1, 2, 3);
    const { coefficients } = nonNegativeLeastSquares(
      fromColumns([a, a, a.map(() => 0)]),
      a.map((value) => 2 * value),
    );
    expectClose([coefficients[0]! + coefficients[1]!], [2], 1e-12);
    expect(coefficients[2]).toBe(0);
    expect(
      nonNegativeLeastSquares(
        fromColumns([a]),
        a.map((value) => -value),
      ).coefficients[0],
    ).toBe(0);
  });
});

describe('searches', () => {
  const rosenbrock = (x: Float64Array): number => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2;

  it('find the valley of Rosenbrock, with and without bounds and derivatives', () => {
    const gradient = (x: Float64Array): Float64Array =>
      Float64Array.of(-400 * x[0]! * (x[1]! - x[0]! ** 2) - 2 * (1 - x[0]!), 200 * (x[1]! - x[0]! ** 2));
    const wide = { value: rosenbrock, start: [-1.2, 1], low: [-9, -9], high: [9, 9] };
    const exact = minimiseBounded({ ...wide, gradient });
    expect(exact.converged).toBe(true);
    expectNear(exact.x, [1, 1], 1e-6);
    expectNear(minimiseBounded({ ...wide, tolerance: 1e-6 }).x, [1, 1], 1e-3);
    const narrow = minimiseBounded({ ...wide, gradient, start: [-1.2, 0.2], high: [0.5, 9] });
    expectNear(narrow.x, [0.5, 0.25], 1e-6);
    expect(narrow.converged).toBe(true);
    const simple = nelderMead(rosenbrock, [-1.2, 1], { step: 0.5 });
    expect(simple.converged).toBe(true);
    expectNear(simple.x, [1, 1], 1e-5);
    expect(nelderMead(rosenbrock, [-1.2, 1], { step: 0.5, maxEvaluations: 20 }).converged).toBe(false);
  });

  it('stop at the corner that bounds make', () => {
    const scale = fromRows([
      [3, 1, 0],
      [1, 2, 0.5],
      [0, 0.5, 1],
    ]);
    const value = (x: Float64Array): number => {
      let sum = 0;
      for (let j = 0; j < 3; j++) for (let i = 0; i < 3; i++) sum += 0.5 * x[i]! * scale.data[j * 3 + i]! * x[j]!;
      return sum + x[0]! - 3 * x[1]! + x[2]!;
    };
    const found = minimiseBounded({ value, start: [5, 5, 5], low: [0, 0, 0], high: [9, 1, 9] });
    expectNear(found.x, [0, 1, 0], 1e-7);
    expect(() => minimiseBounded({ value, start: [0, 0, 0], low: [1, 0, 0], high: [0, 1, 1] })).toThrow(/start/);
  });

  it('in one variable find the least and the root', () => {
    expectNear([goldenSection((x) => (x - 2) ** 2, -5, 9).x], [2], 1e-7);
    expectNear([goldenSection(Math.exp, 1, 4).x], [1], 1e-6);
    expectNear([findRoot((x) => x ** 3 - 2, 0, 5), findRoot(Math.cos, 3, 0)], [Math.cbrt(2), Math.PI / 2], 1e-11);
    expect(findRoot((x) => x, 0, 1)).toBe(0);
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(/no solution/);
  });
});
