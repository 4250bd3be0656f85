import { describe, expect, it } from 'vitest';
import { fromColumns } from '../numerics/linear/matrix.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { readExpected, readTable } from '../numerics/testing/read-table.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { placeboTimeRefutation, randomCauseRefutation } from '../synthetic-control/refute.pure.ts';
import { estimateImpact, impactOf } from './estimate-impact.pure.ts';
import type { ImpactData } from './impact-data.pure.ts';
import { defaultImpactOptions } from './sample-impact.pure.ts';

interface Figure<T = number> {
  value: T;
  tolerance: number;
}
interface Expected {
  arma: Record<'actual_mean' | 'pred_mean' | 'pred_sd' | 'abs_effect' | 'rel_effect' | 'cumulative_effect', Figure> & {
    abs_effect_ci: Figure<[number, number]>;
  };
  comparison: {
    actual_mean: Figure;
    actual_sum: Figure;
    R_package: Record<'pred_mean' | 'pred_sd' | 'abs_effect' | 'p', number> &
      Record<'pred_ci' | 'abs_effect_ci', number[]>;
    tolerance: Record<'pred_mean' | 'pred_sd' | 'abs_effect' | 'ci_end' | 'p', number>;
  };
}
const expected = readExpected<Expected>('causal/causalimpact/expected.json');
const arma = readTable('causal/causalimpact/arma_data.csv');
const comparison = readTable('causal/causalimpact/comparison_data.csv');
const near = (actual: number, value: number, tolerance: number): void =>
  expect(Math.abs(actual - value), `${actual} against ${value}`).toBeLessThanOrEqual(tolerance);
const labels = (length: number): string[] => Array.from({ length }, (_, index) => String(1000 + index));

function makeData({ periods = 80, pre = 60, effect = 0, controls = 2, seed = 1 } = {}): ImpactData {
  const random = stream(seed);
  const series = Array.from({ length: controls }, () => {
    let at = 50;
    return Float64Array.from({ length: periods }, () => (at += random.normal()));
  });
  const response = Float64Array.from({ length: periods }, (_, t) => {
    const base = 100 + 2 * (series[0]?.[t] ?? 0) + random.normal();
    return base + (t >= pre ? effect : 0);
  });
  return {
    periods: labels(periods),
    response,
    controls: series.map((values, index) => ({ name: `control ${index + 1}`, values })),
    start: String(1000 + pre),
  };
}

describe.skipIf(!expected || !arma || !comparison)('published impacts (skipped without golden data)', () => {
  it('are met on the simulated series', () => {
    const { arma: published } = expected!;
    const response = arma!.y!.map((value, row) => (row >= 70 ? value + 5 : value));
    const data = { periods: labels(100), response, controls: [{ name: 'X', values: arma!.X! }], start: '1070' };
    const impact = estimateImpact(data, { draws: 5000 });
    near(impact.actual, published.actual_mean.value, published.actual_mean.tolerance);
    near(impact.predicted.mean, published.pred_mean.value, published.pred_mean.tolerance);
    near(impact.predicted.sd, published.pred_sd.value, published.pred_sd.tolerance);
    near(impact.effect.mean, published.abs_effect.value, published.abs_effect.tolerance);
    near(impact.effect.low, published.abs_effect_ci.value[0], published.abs_effect_ci.tolerance);
    near(impact.effect.high, published.abs_effect_ci.value[1], published.abs_effect_ci.tolerance);
    near(impact.relative!.mean, published.rel_effect.value, published.rel_effect.tolerance);
    near(impact.total.mean, published.cumulative_effect.value, published.cumulative_effect.tolerance);
    expect(impact.cumulative.mean.at(-1)).toBeCloseTo(impact.total.mean, 6);
    expect(impact.conclusion).toMatch(/rose by 4\.\d+ per period .* because of the treatment, if the assumptions hold/);
    expect(impact.pValue).toBeLessThan(0.001);
  });

  it('are met on the comparison of ports, where there is no effect', () => {
    const { R_package: r, tolerance, actual_mean, actual_sum } = expected!.comparison;
    const at = 90;
    const cut = (values: Float64Array): Float64Array => values.subarray(0, at + 18);
    const data = {
      periods: labels(at + 18),
      response: cut(comparison!.CHANGED!),
      controls: [1, 2, 3].map((index) => ({ name: `c${index}`, values: cut(comparison![`NOT_CHANGED_${index}`]!) })),
      start: String(1000 + at),
    };
    const impact = estimateImpact(data, { draws: 5000 });
    near(impact.actual, actual_mean.value, actual_mean.tolerance);
    near(impact.actual * 18, actual_sum.value, actual_sum.tolerance);
    near(impact.predicted.mean, r.pred_mean, tolerance.pred_mean);
    near(impact.predicted.sd, r.pred_sd, tolerance.pred_sd);
    near(impact.predicted.low, r.pred_ci[0]!, tolerance.ci_end);
    near(impact.predicted.high, r.pred_ci[1]!, tolerance.ci_end);
    near(impact.effect.mean, r.abs_effect, tolerance.abs_effect);
    near(impact.effect.low, r.abs_effect_ci[0]!, tolerance.ci_end);
    near(impact.effect.high, r.abs_effect_ci[1]!, tolerance.ci_end);
    near(impact.pValue, r.p, tolerance.p);
    expect(impact.conclusion).toMatch(/no effect is shown, and none is ruled out/);
  });
});

describe('causal impact', () => {
  it('repeats itself by seed and differs by seed', () => {
    const data = makeData();
    const [first, again, other] = [1, 1, 2].map((seed) => estimateImpact(data, { seed, draws: 200 }).effect.mean);
    expect(first).toBe(again);
    expect(first).not.toBe(other);
  });

  it('covers the true effect about as often as it says', () => {
    let covered = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { effect } = estimateImpact(makeData({ seed, effect: 3 }), { alpha: 0.1, draws: 300 });
      if (effect.low <= 3 && effect.high >= 3) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(48);
  });

  it('finds the control that matters among many', () => {
    const { controls } = estimateImpact(makeData({ controls: 12, periods: 140, pre: 120 }));
    expect(controls[0]!.inclusion).toBeGreaterThan(0.99);
    for (const { inclusion } of controls.slice(1)) expect(inclusion).toBeLessThan(0.6);
  });

  it('follows seasons, also of more than a period, and a slope', () => {
    const random = stream(7);
    const season = [8, -3, 2, -7];
    const response = Float64Array.from(
      { length: 100 },
      (_, t) => 100 + season[Math.floor(t / 2) % 4]! + 0.3 * t + 0.3 * random.normal(),
    );
    const data = { periods: labels(100), response, controls: [], start: '1084' };
    const impact = estimateImpact(data, { seasons: 4, duration: 2, trend: true });
    near(impact.effect.mean, 0, 3);
    expect(impact.effect.low).toBeLessThan(0);
    expect(impact.effect.high).toBeGreaterThan(0);
    const without = estimateImpact(data, { trend: true });
    expect(impact.predicted.sd).toBeLessThan(without.predicted.sd);
    expect(impact.warnings[0]).toMatch(/no control series/);
  });

  it('can be put to refuters', () => {
    const { response, controls, periods } = makeData({ effect: 20 });
    const study: Study = {
      treatedUnits: ['here'],
      controls: controls.map(({ name }) => name),
      periods,
      pre: 60,
      series: fromColumns([response, ...controls.map(({ values }) => values)]),
    };
    const effectOf = impactOf({ draws: 200 });
    expect(placeboTimeRefutation(study, effectOf, 4).passed).toBe(true);
    expect(randomCauseRefutation(study, effectOf, { draws: 4 }).passed).toBe(true);
  });

  it('refuses data that cannot answer', () => {
    const data = makeData();
    const kind = (name: string): unknown => expect.objectContaining({ kind: name });
    expect(() => estimateImpact({ ...data, start: '2000' })).toThrow(/lies outside the data/);
    expect(() => estimateImpact({ ...data, start: '1005' })).toThrow(kind('TOO_FEW'));
    expect(() => estimateImpact({ ...data, response: data.response.with(3, NaN) })).toThrow(kind('NOT_FINITE'));
    expect(() => estimateImpact({ ...data, response: data.response.map((value, t) => (t < 60 ? 5 : value)) })).toThrow(
      kind('CONSTANT'),
    );
    const flat = [{ name: 'price', values: new Float64Array(80) }];
    expect(() => estimateImpact({ ...data, controls: flat })).toThrow(/price had the same value/);
    expect(() => estimateImpact(data, { draws: 20 })).toThrow(kind('OUT_OF_RANGE'));
    expect(() => estimateImpact(data, { seasons: 0 })).toThrow(kind('OUT_OF_RANGE'));
    const twice = [data.controls[0]!, { ...data.controls[0]!, name: 'copy' }];
    expect(Number.isFinite(estimateImpact({ ...data, controls: twice }, defaultImpactOptions).effect.mean)).toBe(true);
  });
});
