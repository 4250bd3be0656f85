import { describe, expect, it } from 'vitest';
import { columnOf, zeros } from '../numerics/linear/matrix.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { conformalInterval, conformalTest } from './conformal.pure.ts';
import { fitOnPredictors, type CovariateFit, type Predictor } from './covariate-weights.pure.ts';
import { evaluateLift } from './evaluate-synthetic-control.pure.ts';
import { evaluateSyntheticDid } from './evaluate-synthetic-did.pure.ts';
import { fitQuality } from './fit-quality.pure.ts';
import { fitSyntheticControl, type Estimator } from './fit-weights.pure.ts';
import { jackknifePlus } from './jackknife-plus.pure.ts';
import { studyOf, type Panel, type Study } from './panel.pure.ts';
import { leaveOneOut, placeboInTime, placeboStudy, placeboTest, placeboTestOf } from './placebo.pure.ts';
import {
  leaveOneOutRefutation,
  placeboTimeRefutation,
  placeboUnitRefutation,
  randomCauseRefutation,
  subsetRefutation,
} from './refute.pure.ts';
import { fitRidgeAugmented, meanAfter } from './ridge-augment.pure.ts';
import { placeboError, simpleDid, syntheticDid } from './synthetic-did.pure.ts';
import { readPanel } from './testing/read-panel.ts';

interface Figure {
  value: number;
  tolerance: number;
}
interface Prop99 {
  adh_weights_paper: { values: Record<string, number>; tolerance: number };
  adh_pre_mspe: Figure;
  adh_post_mspe: Figure;
  adh_mspe_ratio: Figure;
  adh_att_1989_2000: Figure;
  adh_gap_2000: Figure;
  outcomes_only_sc: {
    att: Figure;
    pre_mspe: Figure;
    weights: { values: Record<string, number>; tolerance: number };
    placebo_rank_california_among_39: Figure;
    top5_ratio: { values: [string, number][]; tolerance_rel: number };
  };
  panel_estimators: { did: Figure; sdid_converged: Figure; placebo_se: Record<'did' | 'sc' | 'sdid', number> };
  sdid_unit_weights: Record<string, number>;
  sdid_time_weights: Record<string, number>;
}
interface GeoLift {
  test: Record<
    | 'att_per_unit_day'
    | 'percent_lift'
    | 'incremental'
    | 'l2_imbalance'
    | 'scaled_l2'
    | 'p_value_iid_exact'
    | 'p_value_block',
    Figure
  > & {
    weights: { values: Record<string, number>; tolerance: number };
    ridge_augmented: Record<'att' | 'percent_lift' | 'l2_imbalance' | 'scaled_l2' | 'estimated_bias', Figure>;
  };
}

const near = (actual: number, { value, tolerance }: Figure): void =>
  expect(Math.abs(actual - value), `${actual} against ${value}`).toBeLessThanOrEqual(tolerance);
const smoking = (value: string): Panel | null =>
  readPanel('causal/prop99/smoking.csv', { unit: 'state', period: 'year', value });
const cigarettes = smoking('cigsale');
const prop99 = readExpected<Prop99>('causal/prop99/expected.json');
const cities = readPanel('causal/geolift/GeoLift_Test.csv.gz', { unit: 'location', period: 'date', value: 'Y' });
const geolift = readExpected<GeoLift>('causal/geolift/expected.json');
const plain: Estimator = (study, start) => fitSyntheticControl(study, { fixedEffects: true }, start);
const effectOf = (study: Study): number => meanAfter(study, plain(study).gaps);

/** Units that follow two common paths, unit 0 with an effect from `start` on. */
function makePanel({ units = 12, periods = 40, start = 30, effect = 0, seed = 1 } = {}): Panel {
  const random = stream(seed);
  const walk = (): number[] => {
    let at = 0;
    return Array.from({ length: periods }, () => (at += random.normal()));
  };
  const [first, second] = [walk(), walk()];
  const outcomes = zeros(periods, units);
  for (let unit = 0; unit < units; unit++) {
    const [a, b] = unit === 0 ? [0.5, 0.5] : [random.uniform(), random.uniform()];
    for (let period = 0; period < periods; period++) {
      const base = 100 + 5 * (a * first[period]! + b * second[period]!) + random.normal();
      outcomes.data[unit * periods + period] = base + (unit === 0 && period >= start ? effect : 0);
    }
  }
  return {
    units: Array.from({ length: units }, (_, unit) => `u${unit}`),
    periods: Array.from({ length: periods }, (_, period) => String(1000 + period)),
    outcomes,
  };
}
const made = (options: Parameters<typeof makePanel>[0] = {}): Study =>
  studyOf(makePanel(options), { units: ['u0'], start: String(1000 + (options.start ?? 30)) });

describe.skipIf(!cigarettes || !prop99)('the tobacco programme of California (skipped without golden data)', () => {
  const study = cigarettes ? studyOf(cigarettes, { units: ['California'], start: '1989' }) : made();
  const only = prop99?.outcomes_only_sc;

  it('has the published effect and weights on outcomes alone', () => {
    const fit = fitSyntheticControl(study, { fixedEffects: false });
    near(meanAfter(study, fit.gaps), only!.att);
    near(fitQuality(study, fit, false).preMspe, only!.pre_mspe);
    for (const [state, value] of Object.entries(only!.weights.values)) {
      near(fit.weights[study.controls.indexOf(state)]!, { value, tolerance: only!.weights.tolerance });
    }
  });

  it('ranks third of 39 on outcomes alone, with the published ratios', () => {
    const { rank, units, pValue } = placeboTest(study, { fixedEffects: false });
    expect(rank).toBe(only!.placebo_rank_california_among_39.value);
    expect(pValue).toBeCloseTo(3 / 39, 12);
    only!.top5_ratio.values.forEach(([state, ratio], place) => {
      expect(units[place]!.unit).toBe(state);
      expect(Math.abs(units[place]!.ratio / ratio - 1)).toBeLessThan(only!.top5_ratio.tolerance_rel);
    });
    const slow = placeboTestOf(study, (own) => fitSyntheticControl(own, { fixedEffects: false }));
    slow.units.forEach((own, place) => expect(own.ratio).toBeCloseTo(units[place]!.ratio, 4));
  });

  it('is matched on predictors by the published five states, and ranks first', () => {
    const mean = (name: string, from: number, to: number): Predictor => {
      const { units, outcomes } = smoking(name)!;
      const values = ['California', ...study.controls].map((state) => {
        const at = units.indexOf(state) * outcomes.rows;
        const years = outcomes.data.subarray(at + from - 1970, at + to - 1969);
        return years.reduce((sum, value) => sum + value, 0) / years.length;
      });
      return { name: `${name} ${from}-${to}`, values: Float64Array.from(values) };
    };
    const predictors = [
      mean('lnincome', 1980, 1988),
      mean('retprice', 1980, 1988),
      mean('age15to24', 1980, 1988),
      mean('beer', 1984, 1988),
      mean('cigsale', 1975, 1975),
      mean('cigsale', 1980, 1980),
      mean('cigsale', 1988, 1988),
    ];
    const fits: CovariateFit[] = [];
    const names = ['California', ...study.controls];
    const test = placeboTestOf(study, (own) => {
      const order = [own.treatedUnits[0]!, ...own.controls].map((name) => names.indexOf(name));
      const moved = predictors.map(({ name, values }) => ({
        name,
        values: Float64Array.from(order, (at) => values[at]!),
      }));
      const fit = fitOnPredictors(own, moved, 15);
      fits.push(fit);
      return fit;
    });
    expect(test.rank).toBe(1);
    const fit = fitOnPredictors(study, predictors);
    const { values, tolerance } = prop99!.adh_weights_paper;
    const support = study.controls.filter((_, control) => fit.weights[control]! > 0.005);
    expect(support.toSorted()).toEqual(Object.keys(values).toSorted());
    for (const state of support)
      near(fit.weights[study.controls.indexOf(state)]!, { value: values[state]!, tolerance });
    const quality = fitQuality(study, fit, false);
    near(fit.preMspe, prop99!.adh_pre_mspe);
    near(quality.postMspe, prop99!.adh_post_mspe);
    near(quality.mspeRatio, prop99!.adh_mspe_ratio);
    near(meanAfter(study, fit.gaps), prop99!.adh_att_1989_2000);
    near(fit.gaps.at(-1)!, prop99!.adh_gap_2000);
  });

  it('has the published differences in differences, plain and synthetic', () => {
    const { did, sdid_converged: published, placebo_se: errors } = prop99!.panel_estimators;
    near(simpleDid(study), did);
    const { effect, unitWeights, timeWeights } = syntheticDid(study);
    near(effect, published);
    const { tolerance = 0, source: _, ...units } = prop99!.sdid_unit_weights;
    for (const [state, value] of Object.entries(units)) {
      near(unitWeights[study.controls.indexOf(state)]!, { value, tolerance });
    }
    for (const year of ['1986', '1987', '1988']) {
      near(timeWeights[study.periods.indexOf(year)]!, { value: prop99!.sdid_time_weights[year]!, tolerance });
    }
    const sc = (own: Study): number => meanAfter(own, fitSyntheticControl(own, { fixedEffects: false }).gaps);
    near(placeboError(study, simpleDid).standardError, { value: errors.did, tolerance: errors.did / 4 });
    near(placeboError(study, sc).standardError, { value: errors.sc, tolerance: errors.sc / 4 });
    near(placeboError(study, (own) => syntheticDid(own).effect).standardError, {
      value: errors.sdid,
      tolerance: errors.sdid / 4,
    });
  });
});

describe.skipIf(!cities || !geolift)('the test in Chicago and Portland (skipped without golden data)', () => {
  const treatment = { units: ['chicago', 'portland'], start: cities?.periods[90] ?? '' };

  it('has the published lift, fit, weights and p-values', () => {
    const published = geolift!.test;
    const lift = evaluateLift(cities!, treatment, { method: 'PLAIN' });
    near(lift.effect, published.att_per_unit_day);
    near(lift.relative! * 100, published.percent_lift);
    near(lift.incremental, published.incremental);
    near(lift.cumulative.at(-1)!, published.incremental);
    near(lift.quality.l2, published.l2_imbalance);
    near(lift.quality.scaledL2, published.scaled_l2);
    near(lift.anyEffect.pValue, published.p_value_block);
    for (const [city, value] of Object.entries(published.weights.values)) {
      near(lift.fit.weights[lift.study.controls.indexOf(city)]!, { value, tolerance: published.weights.tolerance });
    }
    const scheme = { kind: 'ORDERS', draws: 100_000, seed: 1 } as const;
    const test = conformalTest(lift.study, plain, 0, { scheme });
    near(test.pValue, published.p_value_iid_exact);
    expect(test.monteCarloError).toBeLessThan(0.0005);
  });

  it('has the published augmented lift by the one standard error rule', () => {
    const published = geolift!.test.ridge_augmented;
    const lift = evaluateLift(cities!, treatment);
    near(lift.effect, published.att);
    near(lift.relative! * 100, published.percent_lift);
    near(lift.quality.l2, published.l2_imbalance);
    near(lift.quality.scaledL2, published.scaled_l2);
    near(lift.estimatedBias!, published.estimated_bias);
    expect(lift.interval!.low).toBeLessThan(lift.effect);
    expect(lift.interval!.high).toBeGreaterThan(lift.effect);
    expect(lift.conclusion).toMatch(/chicago and portland came out above what was expected by 156.8 .*90 % interval/);
  });
});

describe('conformal inference', () => {
  it('rejects a true null at most about as often as it says, and finds a large effect', () => {
    let [rejected, covered] = [0, 0];
    const worlds = 150;
    for (let seed = 0; seed < worlds; seed++) {
      const study = made({ seed, effect: 3 });
      const without = conformalTest(study, plain, 3, { statistic: 'AVERAGE' });
      if (without.pValue <= 0.1) rejected++;
      const interval = conformalInterval(study, plain, { estimate: effectOf(study), scale: 1, alpha: 0.1 });
      if (interval && interval.low <= 3 && interval.high >= 3) covered++;
    }
    expect(rejected / worlds).toBeLessThan(0.16);
    expect(covered / worlds).toBeGreaterThan(0.84);
    expect(conformalTest(made({ effect: 10, periods: 60, start: 55 }), plain).pValue).toBeLessThanOrEqual(0.05);
  });

  it('has no end where the periods are too few to exclude any effect', () => {
    const study = made({ periods: 8, start: 6 });
    const interval = conformalInterval(study, plain, { estimate: effectOf(study), scale: 1, alpha: 0.05 });
    expect(interval).toEqual({ low: -Infinity, high: Infinity, alpha: 0.05 });
  });

  it('repeats itself by seed', () => {
    const scheme = { kind: 'ORDERS', draws: 2000, seed: 5 } as const;
    const study = made({ effect: 1 });
    expect(conformalTest(study, plain, 0, { scheme })).toEqual(conformalTest(study, plain, 0, { scheme }));
  });
});

describe('synthetic difference in differences', () => {
  it('covers the effect of several units about as often as it says', () => {
    let covered = 0;
    for (let seed = 0; seed < 40; seed++) {
      const panel = makePanel({ seed, effect: 4, units: 16 });
      const treatment = { units: ['u0', 'u1'], start: '1030' };
      const { low, high, error, pValue } = evaluateSyntheticDid(panel, treatment, { replications: 60 });
      expect(error).toMatchObject({ exhaustive: false, replications: 60 });
      expect(pValue).toBeGreaterThan(0);
      if (low <= 2 && high >= 2) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(31);
  });

  it('says what it found, and refuses too few controls', () => {
    const panel = makePanel({ effect: 20 });
    const { conclusion, incremental, result } = evaluateSyntheticDid(panel, { units: ['u0'], start: '1030' });
    expect(conclusion).toMatch(/^The outcome of u0 rose by .* because of the treatment, if the assumptions hold\.$/);
    expect(incremental).toBeCloseTo(result.effect * 10, 9);
    const treatment = { units: panel.units.slice(0, 6), start: '1030' };
    expect(() => evaluateSyntheticDid(panel, treatment)).toThrow(/6 controls are too few for placebos of 6/);
  });
});

describe('jackknife+', () => {
  it('covers the effect of single periods about as often as it says', () => {
    let [covered, all] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const { low, high, meanLow, meanHigh } = jackknifePlus(made({ seed, effect: 4 }), plain, 0.1);
      expect(meanLow).toBeLessThan(meanHigh);
      low.forEach((bound, at) => {
        all++;
        if (bound <= 4 && high[at]! >= 4) covered++;
      });
    }
    expect(covered / all).toBeGreaterThan(0.84);
    expect(covered / all).toBeLessThan(0.98);
  });

  it('has no bounds with too few periods', () => {
    expect(jackknifePlus(made({ periods: 8, start: 6 }), plain, 0.1).meanLow).toBe(-Infinity);
  });
});

describe('refutation', () => {
  it('lets a real effect stand and refutes none', () => {
    const real = made({ effect: 15 });
    const results = [
      placeboTimeRefutation(real, effectOf),
      placeboUnitRefutation(real, effectOf),
      leaveOneOutRefutation(real, effectOf),
      randomCauseRefutation(real, effectOf),
      subsetRefutation(real, effectOf),
    ];
    for (const { kind, passed } of results) expect(passed, kind).toBe(true);
    const none = Array.from({ length: 20 }, (_, seed) => placeboUnitRefutation(made({ seed }), effectOf));
    expect(none.filter(({ passed }) => !passed).length).toBeGreaterThanOrEqual(16);
    expect(none.find(({ passed }) => !passed)!.conclusion).toMatch(/^Refuted: .* units that were not treated, show/);
  });

  it('says on which control an effect hangs', () => {
    const study = made({ effect: 8 });
    const hidden = columnOf(study.series, 3);
    columnOf(study.series, 0).forEach((value, period, own) => (own[period] = value * 0.2 + hidden[period]! * 0.8));
    for (let period = study.pre; period < study.periods.length; period++) hidden[period] = hidden[period]! - 20;
    expect(leaveOneOutRefutation(study, effectOf).conclusion).toMatch(/hangs on one control: without u3/);
    const left = leaveOneOut(study, plain(study), plain);
    expect(left.find(({ unit }) => unit === 'u3')!.weight).toBeGreaterThan(0.5);
  });

  it('repeats itself by seed', () => {
    const study = made({ effect: 2 });
    expect(randomCauseRefutation(study, effectOf)).toEqual(randomCauseRefutation(study, effectOf));
  });
});

describe('data that cannot answer', () => {
  const panel = makePanel();
  const kind = (name: string): unknown => expect.objectContaining({ kind: name });
  const evaluate = (change: Partial<Panel>, treatment = {}): unknown =>
    evaluateLift({ ...panel, ...change }, { units: ['u0'], start: '1030', ...treatment });
  const withValue = (at: number, value: number): Panel['outcomes'] => {
    const data = panel.outcomes.data.slice();
    data[at] = value;
    return { ...panel.outcomes, data };
  };

  it('is refused with what to do', () => {
    expect(() => evaluate({}, { start: '1050' })).toThrow(/lies outside the data, which go from 1000 to 1039/);
    expect(() => evaluate({}, { start: '1003' })).toThrow(kind('TOO_FEW'));
    expect(() => evaluate({}, { start: '1030', end: '1029' })).toThrow(kind('OUT_OF_RANGE'));
    expect(() => evaluate({}, { units: ['elsewhere'] })).toThrow(/elsewhere is not in the data/);
    expect(() => evaluate({}, { units: [] })).toThrow(kind('TOO_FEW'));
    expect(() => evaluate({}, { excluded: panel.units.slice(2) })).toThrow(/only one control unit/);
    expect(() => evaluate({ outcomes: withValue(45, NaN) })).toThrow(/u1 has no value in 1005/);
    expect(() => evaluate({ units: panel.units.slice(1) })).toThrow(kind('SHAPE'));
    const still = { ...panel.outcomes, data: panel.outcomes.data.map((value, at) => (at < 30 ? 7 : value)) };
    expect(() => evaluate({ outcomes: still })).toThrow(kind('CONSTANT'));
  });

  it('has gaps or disorder in its dates', () => {
    const dates = panel.periods.map((_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10));
    expect(() => evaluate({ periods: dates }, { start: dates[30] })).not.toThrow();
    const gap = dates.with(39, '2024-03-01');
    expect(() => evaluate({ periods: gap }, { start: dates[30] })).toThrow(/No data between 2024-02-08 and 2024-03-01/);
    const turned = dates.with(3, dates[4]!).with(4, dates[3]!);
    expect(() => evaluate({ periods: turned }, { start: dates[30] })).toThrow(/not in order/);
  });

  it('is a treated unit no control can match, which is said', () => {
    const high = { ...panel.outcomes, data: panel.outcomes.data.map((value, at) => (at < 40 ? value + 500 : value)) };
    const { warnings } = evaluateLift(
      { ...panel, outcomes: high },
      { units: ['u0'], start: '1030' },
      { fixedEffects: false },
    );
    expect(warnings[0]).toMatch(/outside the range of all controls in 100 % .* allow unit fixed effects/);
    const copied = placeboStudy(made(), 1);
    columnOf(copied.series, 1).set(columnOf(copied.series, 0));
    expect(() => placeboTest(copied, { fixedEffects: false })).toThrow(kind('ZERO_VARIANCE'));
    expect(() => placeboInTime(made(), 28)).toThrow(kind('TOO_FEW'));
  });

  it('is a history that many controls copy exactly, which is said', () => {
    const wide = makePanel({ units: 60, periods: 10, start: 6 });
    const { warnings, placebo } = evaluateLift(wide, { units: ['u0'], start: '1006' }, { method: 'PLAIN' });
    expect(warnings.join()).toMatch(/59 controls copy 6 periods exactly/);
    expect(placebo).toBeNull();
    const study = studyOf(wide, { units: ['u0'], start: '1006' });
    expect(() => placeboTest(study, { fixedEffects: true })).toThrow(kind('ZERO_VARIANCE'));
  });

  it('is a predictor that is alike everywhere', () => {
    const study = made();
    const same = { name: 'price', values: new Float64Array(12).fill(2) };
    expect(() => fitOnPredictors(study, [same])).toThrow(/price is the same in every unit/);
    expect(() => fitOnPredictors(study, [])).toThrow(kind('TOO_FEW'));
  });

  it('has weights that augmentation may turn negative, and a fit at least as close', () => {
    const study = made({ units: 8 });
    const ridge = fitRidgeAugmented(study, { fixedEffects: true, lambda: 1 });
    expect(ridge.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(fitQuality(study, ridge, true).l2).toBeLessThanOrEqual(fitQuality(study, plain(study), true).l2);
  });
});
