import { describe, expect, it } from 'vitest';
import { leastSquares } from '../linear/least-squares.pure.ts';
import { cholesky, choleskySolve } from '../linear/cholesky.pure.ts';
import { fromColumns, zeros } from '../linear/matrix.pure.ts';
import { stream } from '../random/stream.pure.ts';
import { expectClose, expectNear } from '../testing/expect-near.ts';
import { readExpected, readTable } from '../testing/read-table.ts';
import { fitStructural, logLikelihoodOf } from './fit-structural.pure.ts';
import { smooth } from './smooth.pure.ts';
import type { StructuralModel } from './structural-model.pure.ts';

const nile = readTable('causal/nile/nile.csv');
interface Figure {
  value: number;
  tolerance: number;
}
interface Published {
  sigma2_irregular: Figure;
  sigma2_level: Figure;
  loglik_exact_diffuse: Figure;
  'smoothed_level_at_15099_1469.1': Record<string, number>;
  smoothed_variance: Record<string, number>;
  filtered_level: Record<string, number>;
  filtered_variance: Record<string, number>;
}
const published = readExpected<Published>('causal/nile/expected.json');

describe.skipIf(!nile)('the flow of the Nile (skipped without golden data)', () => {
  const volume = nile?.volume ?? new Float64Array(0);

  it('has the published variances and likelihood', () => {
    const { model, logLikelihood } = fitStructural(volume);
    const { sigma2_irregular: irregular, sigma2_level: level, loglik_exact_diffuse: likelihood } = published!;
    expectNear([model.irregular], [irregular.value], 0.1);
    expectNear([model.level], [level.value], 0.1);
    expectNear([logLikelihood], [likelihood.value], 1e-5);
    expectNear([logLikelihoodOf(model, volume)], [logLikelihood], 1e-9);
  });

  it('has the published levels, filtered and smoothed, and their variances', () => {
    const { signal, filtered } = smooth({ irregular: 15099, level: 1469.1 }, volume);
    const expected = published!;
    const at = (values: Float64Array, places: readonly number[]): number[] => places.map((place) => values.at(place)!);
    const level = expected['smoothed_level_at_15099_1469.1'];
    expectNear(at(signal.mean, [0, 1, 49, -1]), [level.first!, level.second!, level.t50!, level.last!], 1e-3);
    const spread = expected.smoothed_variance;
    expectNear(at(signal.variance, [0, 49, -1]), [spread.first!, spread.t50!, spread.last!], 1e-2);
    for (const [path, values, tolerance] of [
      [filtered.mean, expected.filtered_level, 1e-3],
      [filtered.variance, expected.filtered_variance, 1e-2],
    ] as const) {
      expectNear(at(path, [0, 1, 2, -1]), [values.t1!, values.t2!, values.t3!, values.last!], tolerance);
    }
  });
});

const sales = readTable('causal/causalimpact/comparison_data.csv');

it.skipIf(!sales)(
  'a level with three regressors has the likelihood of statsmodels (skipped without golden data)',
  () => {
    const standardised = (name: string): Float64Array => {
      const values = sales![name]!.slice(0, 90);
      const mean = values.reduce((sum, value) => sum + value, 0) / 90;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 89);
      return values.map((value) => (value - mean) / spread);
    };
    const names = ['NOT_CHANGED_1', 'NOT_CHANGED_2', 'NOT_CHANGED_3'];
    const regressors = names.map((name) => ({ name, values: standardised(name) }));
    const { logLikelihood } = fitStructural(standardised('CHANGED'), {}, regressors);
    // Its approximate start leaves the first period out of the constant.
    expectNear([logLikelihood + 0.5 * Math.log(2 * Math.PI)], [47.81609], 2e-5);
  },
);

/** The smoother by plain normal equations: states as unknowns, unknown starts left free. */
function smoothDirectly(
  model: StructuralModel,
  y: Float64Array,
  period: number,
): { mean: number[]; variance: number[] } {
  const [size, n] = [2 + period - 1, y.length];
  const precision = zeros(size * n, size * n);
  const target = new Float64Array(size * n);
  const add = (places: readonly [number, number][], value: number, variance: number): void => {
    for (const [a, x] of places) {
      target[a] = target[a]! + (x * value) / variance;
      for (const [b, z] of places)
        precision.data[b * size * n + a] = precision.data[b * size * n + a]! + (x * z) / variance;
    }
  };
  const tiny = 1e-7;
  for (let t = 0; t < n; t++) {
    const [now, next] = [t * size, (t + 1) * size];
    if (!Number.isNaN(y[t]))
      add(
        [
          [now, 1],
          [now + 2, 1],
        ],
        y[t]!,
        model.irregular,
      );
    if (t === n - 1) break;
    add(
      [
        [next, 1],
        [now, -1],
        [now + 1, -1],
      ],
      0,
      model.level,
    );
    add(
      [
        [next + 1, 1],
        [now + 1, -1],
      ],
      0,
      model.slope!,
    );
    const all = Array.from({ length: period - 1 }, (_, s): [number, number] => [now + 2 + s, 1]);
    add([[next + 2, 1], ...all], 0, model.season!.variance);
    for (let s = 1; s < period - 1; s++)
      add(
        [
          [next + 2 + s, 1],
          [now + 1 + s, -1],
        ],
        0,
        tiny,
      );
  }
  const factor = cholesky(precision);
  const solution = target.slice();
  choleskySolve(factor, solution);
  const variance = Array.from({ length: n }, (_, t) => {
    const pick = new Float64Array(size * n);
    [pick[t * size], pick[t * size + 2]] = [1, 1];
    choleskySolve(factor, pick);
    return pick[t * size]! + pick[t * size + 2]!;
  });
  return { mean: variance.map((_, t) => solution[t * size]! + solution[t * size + 2]!), variance };
}

describe('a structural model', () => {
  const random = stream(8);
  const y = Float64Array.from({ length: 26 }, (_, t) => 5 + 0.3 * t + [2, -1, 0, -1][t % 4]! + random.normal());
  [y[1], y[9], y[10], y[25]] = [NaN, NaN, NaN, NaN];
  const model: StructuralModel = { irregular: 1, level: 0.4, slope: 0.1, season: { period: 4, variance: 0.2 } };

  it('with slope, season and missing values is smoothed as one large regression would', () => {
    const { signal } = smooth(model, y);
    const direct = smoothDirectly(model, y, 4);
    expectNear(signal.mean, direct.mean, 1e-5);
    expectNear(signal.variance, direct.variance, 1e-5);
  });

  it('has signals at its end that filter and smoother agree on', () => {
    const { signal, filtered } = smooth(model, y);
    expectNear(
      [signal.mean.at(-1)!, signal.variance.at(-1)!],
      [filtered.mean.at(-1)!, filtered.variance.at(-1)!],
      1e-9,
    );
    expect(filtered.variance[1]).toBe(Infinity);
  });

  it('that never moves is a regression on a constant', () => {
    const x = Float64Array.from({ length: 40 }, random.normal);
    const outcome = x.map((value) => 3 + 2 * value + 0.5 * random.normal());
    const fit = fitStructural(outcome, {}, [{ name: 'search', values: x }]);
    const plain = leastSquares(fromColumns([x.map(() => 1), x]), outcome);
    if (fit.model.level / fit.model.irregular < 1e-4)
      expectClose([fit.coefficients[0]!], [plain.coefficients[1]!], 0.01);
    const errors = Math.sqrt(fit.covariance.data[0]!);
    expect(Math.abs(fit.coefficients[0]! - 2)).toBeLessThan(4 * errors);
    expectNear(
      [smooth({ irregular: 1, level: 0 }, outcome).signal.mean[7]!],
      [outcome.reduce((a, b) => a + b) / 40],
      1e-9,
    );
  });

  it('gives back the variances and coefficients it was made with', () => {
    const [n, effects] = [1500, [1.5, -0.7]];
    const draw = stream(3);
    const columns = effects.map(() => Float64Array.from({ length: n }, draw.normal));
    let [level, slope] = [10, 0];
    const season = [3, 1, -1, -3, 0];
    const series = Float64Array.from({ length: n }, (_, t) => {
      slope += 0.02 * draw.normal();
      level += slope + 0.5 * draw.normal();
      const own = season[t % 5]!;
      return level + own + effects.reduce((sum, effect, k) => sum + effect * columns[k]![t]!, 0) + draw.normal();
    });
    const regressors = columns.map((values, k) => ({ name: `x${k}`, values }));
    const fit = fitStructural(series, { slope: true, season: 5 }, regressors);
    expectNear(fit.coefficients, effects, 0.1);
    expectNear([fit.model.irregular, fit.model.level], [1, 0.25], 0.2);
    expect(fit.model.slope).toBeLessThan(0.003);
    expect(fit.model.slope).toBeGreaterThan(0.00003);
    expect(fit.model.season!.variance).toBeLessThan(0.01);
    expect(fit.converged).toBe(true);
    const { states, size } = smooth(fit.model, series, regressors, fit.coefficients);
    expect(Math.abs(states.mean[700 * size + 2]! - season[0]!)).toBeLessThan(0.5);
  });

  it('forecasts with variances that grow', () => {
    const series = Float64Array.from({ length: 60 }, (_, t) => (t < 50 ? 5 + Math.sin(t) : NaN));
    const { signal } = smooth({ irregular: 1, level: 0.5 }, series);
    expect(signal.mean[59]).toBeCloseTo(signal.mean[49]!, 9);
    expect(signal.variance[59]! - signal.variance[49]!).toBeCloseTo(5, 9);
  });

  it('refuses what it cannot be fitted to', () => {
    const x = Float64Array.from({ length: 30 }, (_, t) => t % 3);
    expect(() => fitStructural(x.map(() => 4))).toThrow(expect.objectContaining({ kind: 'CONSTANT' }));
    expect(() => fitStructural(x.slice(0, 4))).not.toThrow();
    expect(() => fitStructural(x.slice(0, 3))).toThrow(expect.objectContaining({ kind: 'TOO_FEW' }));
    const outcome = x.map((value, t) => value + Math.sin(t));
    const constant = { name: 'price', values: x.map(() => 7) };
    expect(() => fitStructural(outcome, {}, [constant])).toThrow(/price/);
    const twice = [
      { name: 'a', values: x },
      { name: 'b', values: x.map((value) => 2 * value) },
    ];
    expect(() => fitStructural(outcome, {}, twice)).toThrow(expect.objectContaining({ kind: 'COLLINEAR' }));
    expect(() => smooth({ irregular: 1, level: -1 }, x)).toThrow(/negative/);
  });
});
