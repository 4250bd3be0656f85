import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { readExpected, readTable } from '../numerics/testing/read-table.ts';
import type { LiftPanelInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { readPanel } from '../synthetic-control/testing/read-panel.ts';
import { reproduced, same } from '../reproduction/testing/reproduced.ts';
import { evaluated, type Asking } from './testing/lift-client.ts';
import { columnsOf } from './testing/panel-columns.ts';

interface Figure {
  value: number;
  tolerance: number;
}
interface Prop99 {
  adh_weights_paper: { values: Record<string, number>; tolerance: number };
  adh_att_1989_2000: Figure;
  adh_pre_mspe: Figure;
  adh_placebo_p: Figure;
  outcomes_only_sc: { att: Figure; pre_mspe: Figure; weights: { values: Record<string, number>; tolerance: number } };
  panel_estimators: { did: Figure; sdid_converged: Figure };
  sdid_time_weights: Record<string, number>;
}
interface GeoLift {
  test: Record<
    'att_per_unit_day' | 'percent_lift' | 'incremental' | 'l2_imbalance' | 'scaled_l2' | 'p_value_block',
    Figure
  > & {
    ridge_augmented: Record<'att' | 'estimated_bias', Figure>;
  };
}
interface Counties {
  att_gt: Record<string, number>;
  event_study: Record<string, number>;
  event_study_overall: number;
  group_overall: number;
  calendar_overall: number;
  simple: number;
  twfe: number;
  tolerance: number;
}
interface Impact {
  comparison: {
    R_package: { pred_mean: number; abs_effect: number; abs_effect_ci: number[]; p: number };
    tolerance: Record<'pred_mean' | 'abs_effect' | 'ci_end' | 'p', number>;
  };
}
interface MinimumWage {
  balanced_first_difference: { value: number[] };
}

const near = (actual: number | null | undefined, { value, tolerance }: Figure): void =>
  expect(Math.abs(actual! - value), `${actual} against ${value}`).toBeLessThanOrEqual(tolerance);
const smoking = (value: string) => readPanel('causal/prop99/smoking.csv', { unit: 'state', period: 'year', value });
const cigarettes = smoking('cigsale');

let runtime: TestRuntime;
let asking: Asking;
beforeAll(async () => {
  runtime = await testRuntime([causal]);
  asking = { runtime, principal: testPrincipal(runtime.newOrganization()) };
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

describe.skipIf(!cigarettes)('the tobacco programme of California over the graph (skipped without golden data)', () => {
  const published = readExpected<Prop99>('causal/prop99/expected.json')!;
  const panel: LiftPanelInput = cigarettes
    ? { ...columnsOf(cigarettes, [{ unit: 'California', start: '1989' }]), valueName: 'Packs per head' }
    : null!;

  it('has the published effect and weights by synthetic control on outcomes', async () => {
    const { result, error, warnings } = await evaluated(asking, {
      method: 'SYNTHETIC_CONTROL',
      panel,
      syntheticControl: { variant: 'PLAIN', fixedEffects: false },
    });
    expect(error).toBeNull();
    near(result!.effect.value, published.outcomes_only_sc.att);
    near(result!.fit.preMspe, published.outcomes_only_sc.pre_mspe);
    const { values, tolerance } = published.outcomes_only_sc.weights;
    for (const [state, value] of Object.entries(values)) {
      near(result!.weights.find(({ unit }) => unit === state)?.weight, { value, tolerance });
    }
    expect(result!.placebos).toMatchObject({ rank: 3 });
    expect(result!.pValues.find(({ test }) => test === 'PLACEBO_RANK')?.value).toBeCloseTo(3 / 39, 12);
    expect(result!.refutations.map(({ kind }) => kind)).toEqual([
      'PLACEBO_TIME',
      'PLACEBO_UNIT',
      'LEAVE_ONE_OUT',
      'RANDOM_CAUSE',
      'SUBSET',
    ]);
    expect(result!.cumulative.mean.at(-1)).toBeCloseTo(result!.total.value, 8);
    expect(result!.pre).toBe(19);
    expect(result!.observed[0]! - result!.counterfactual.mean[0]!).toBeCloseTo(result!.pointwise.mean[0]!, 9);
    expect(warnings.join(' ')).toMatch(/less than twice as much time/);
  });

  it('has the published differences in differences, plain and synthetic, and gives the same again', async () => {
    const plain = await evaluated(asking, { method: 'DIFFERENCE_IN_DIFFERENCES', panel, spendChange: -1000 });
    near(plain.result!.effect.value, published.panel_estimators.did);
    expect(plain.result!.iroas!.value).toBeCloseTo(plain.result!.total.value / -1000, 9);
    expect(plain.result!.iroas!.low!).toBeLessThan(plain.result!.iroas!.high!);
    const synthetic = await evaluated(asking, {
      method: 'SYNTHETIC_CONTROL',
      panel,
      syntheticControl: { variant: 'SYNTHETIC_DID' },
    });
    near(synthetic.result!.effect.value, published.panel_estimators.sdid_converged);
    for (const year of ['1986', '1987', '1988']) {
      const { weight } = synthetic.result!.timeWeights.find(({ unit }) => unit === year)!;
      near(weight, { value: published.sdid_time_weights[year]!, tolerance: 0.003 });
    }
    expect(await reproduced(asking, 'LIFT_EVALUATION', synthetic.id)).toEqual(same);
  });

  it('is matched on predictors by the published five states, and ranks first', async () => {
    const covariates = ['lnincome', 'retprice', 'age15to24', 'beer'].map((name) => ({
      name,
      values: columnsOf(smoking(name)!, []).values,
    }));
    const predictors = [
      { covariate: 'lnincome', from: '1980', to: '1988' },
      { covariate: 'retprice', from: '1980', to: '1988' },
      { covariate: 'age15to24', from: '1980', to: '1988' },
      { covariate: 'beer', from: '1984', to: '1988' },
      { from: '1975', to: '1975' },
      { from: '1980', to: '1980' },
      { from: '1988', to: '1988' },
    ];
    const { result, error } = await evaluated(asking, {
      method: 'SYNTHETIC_CONTROL',
      panel: { ...panel, covariates },
      syntheticControl: { variant: 'PLAIN', predictors },
    });
    expect(error).toBeNull();
    near(result!.effect.value, published.adh_att_1989_2000);
    near(result!.fit.preMspe, published.adh_pre_mspe);
    near(result!.pValues[0]!.value, published.adh_placebo_p);
    const support = result!.weights.filter(({ weight }) => weight > 0.005).map(({ unit }) => unit);
    expect(support.toSorted()).toEqual(Object.keys(published.adh_weights_paper.values).toSorted());
    expect(result!.balance).toHaveLength(7);
  });
});

const cities = readPanel('causal/geolift/GeoLift_Test.csv.gz', { unit: 'location', period: 'date', value: 'Y' });

describe.skipIf(!cities)('the geo test in Chicago and Portland over the graph (skipped without golden data)', () => {
  it('has the published lift, fit and p-value, plain and augmented', async () => {
    const { test } = readExpected<GeoLift>('causal/geolift/expected.json')!;
    const start = cities!.periods[90]!;
    const panel = columnsOf(
      cities!,
      ['chicago', 'portland'].map((unit) => ({ unit, start })),
    );
    const plain = await evaluated(asking, {
      method: 'SYNTHETIC_CONTROL',
      panel,
      syntheticControl: { variant: 'PLAIN' },
    });
    near(plain.result!.effect.value, test.att_per_unit_day);
    near(plain.result!.relative!.value * 100, test.percent_lift);
    near(plain.result!.total.value, test.incremental);
    near(plain.result!.fit.l2, test.l2_imbalance);
    near(plain.result!.fit.scaledL2, test.scaled_l2);
    near(plain.result!.pValues.find((own) => own.test === 'ANY_EFFECT')?.value, test.p_value_block);
    const ridge = await evaluated(asking, { method: 'SYNTHETIC_CONTROL', panel, refute: false });
    near(ridge.result!.effect.value, test.ridge_augmented.att);
    near(ridge.result!.fit.estimatedBias, test.ridge_augmented.estimated_bias);
  });
});

const counties = readTable('causal/mpdta/mpdta.csv.gz');

describe.skipIf(!counties)('teen employment by county over the graph (skipped without golden data)', () => {
  it('has the published effects by group, period and event, and their averages', async () => {
    const published = readExpected<Counties>('causal/mpdta/expected.json')!;
    const { countyreal, year, lemp, 'first.treat': first } = counties!;
    const starts = new Map(Array.from(countyreal!, (county, row) => [String(county), first![row]!]));
    const panel = {
      units: Array.from(countyreal!, String),
      periods: Array.from(year!, String),
      values: [...lemp!],
      treatments: [...starts].filter(([, start]) => start > 0).map(([unit, start]) => ({ unit, start: String(start) })),
    };
    const { result, error } = await evaluated(asking, { method: 'DIFFERENCE_IN_DIFFERENCES', panel, level: 0.95 });
    expect(error).toBeNull();
    const { tolerance } = published;
    for (const { group, period, estimate } of result!.groupEffects) {
      near(estimate, { value: published.att_gt[`${group},${period}`]!, tolerance });
    }
    expect(result!.groupEffects).toHaveLength(12);
    for (const { event, estimate } of result!.eventStudy) {
      near(estimate, { value: published.event_study[event]!, tolerance });
    }
    const overall = (by: string) => result!.aggregates.find((own) => own.by === by)!.estimate;
    near(result!.effect.value, { value: published.group_overall, tolerance });
    near(overall('EVENT'), { value: published.event_study_overall, tolerance });
    near(overall('CALENDAR'), { value: published.calendar_overall, tolerance });
    near(overall('SIMPLE'), { value: published.simple, tolerance });
    near(overall('FIXED_EFFECTS'), { value: published.twfe, tolerance });
    expect(result!.cumulative.mean.at(-1)).toBeCloseTo(result!.total.value, 8);
    expect(result!.refutations.map(({ kind, passed }) => [kind, passed])).toEqual([
      ['PLACEBO_UNIT', true],
      ['SUBSET', true],
    ]);
  });
});

const wages = readTable('causal/card_krueger/njmin3.csv');

describe.skipIf(!wages)('the minimum wage in New Jersey over the graph (skipped without golden data)', () => {
  it('has the published difference of the restaurants seen twice', async () => {
    const { value } = readExpected<MinimumWage>('causal/card_krueger/expected.json')!.balanced_first_difference;
    const { fte, d, nj } = wages!;
    const counts = new Map<string, number>();
    const names = Array.from(nj!, (state, row) => {
      const key = `${state} ${d![row]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return `${state} ${counts.get(key)}`;
    });
    const panel = {
      units: names,
      periods: Array.from(d!, String),
      values: Array.from(fte!, (own) => (Number.isNaN(own) ? null : own)),
      treatments: [...new Set(names)].filter((name) => name.startsWith('1')).map((unit) => ({ unit, start: '1' })),
    };
    const { result, warnings } = await evaluated(asking, { method: 'DIFFERENCE_IN_DIFFERENCES', panel });
    near(result!.effect.value, { value: value[0]!, tolerance: 1e-5 });
    expect(warnings.join(' ')).toMatch(/lack a period/);
  });
});

const visits = readPanel('causal/causalimpact/comparison_data.csv', { unit: 'DATE', period: 'DATE', value: 'CHANGED' });

describe.skipIf(!visits)(
  'the published comparison of causal impact over the graph (skipped without golden data)',
  () => {
    it('has the published effect, interval and p-value', async () => {
      const { comparison } = readExpected<Impact>('causal/causalimpact/expected.json')!;
      const table = readTable('causal/causalimpact/comparison_data.csv')!;
      const columns = ['CHANGED', 'NOT_CHANGED_1', 'NOT_CHANGED_2', 'NOT_CHANGED_3'];
      const days = visits!.units.toSorted();
      const panel = {
        units: columns.flatMap((name) => days.map(() => name)),
        periods: columns.flatMap(() => days),
        values: columns.flatMap((name) => [...table[name]!]),
        treatments: [{ unit: 'CHANGED', start: '2019-07-15' }],
      };
      const input = {
        method: 'CAUSAL_IMPACT',
        panel,
        level: 0.95,
        causalImpact: { draws: 4000 },
        refute: false,
      } as const;
      const { result, error } = await evaluated(asking, input);
      expect(error).toBeNull();
      const { R_package: r, tolerance } = comparison;
      near(result!.effect.value, { value: r.abs_effect, tolerance: tolerance.abs_effect });
      near(result!.effect.low, { value: r.abs_effect_ci[0]!, tolerance: tolerance.ci_end });
      near(result!.effect.high, { value: r.abs_effect_ci[1]!, tolerance: tolerance.ci_end });
      near(result!.pValues[0]!.value, { value: r.p, tolerance: tolerance.p });
      expect(result!.conclusion).toMatch(/no effect is shown/);
    });
  },
);
