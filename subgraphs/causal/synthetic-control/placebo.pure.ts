import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, zeros } from '../numerics/linear/matrix.pure.ts';
import { differenceGram, nearestPoint } from '../numerics/optimise/nearest-point.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { sumOfSquares } from './fit-quality.pure.ts';
import { preMeans, type Estimator, type Fit, type FitOptions } from './fit-weights.pure.ts';
import { requirePre, requireStudy, type Study } from './panel.pure.ts';

export interface PlaceboUnit {
  readonly unit: string;
  readonly treated: boolean;
  readonly preMspe: number;
  readonly postMspe: number;
  readonly ratio: number;
  /** Mean gap after the start of the treatment. */
  readonly effect: number;
  readonly gaps: Float64Array;
}

export interface PlaceboTest {
  /** The treated unit and every control as if it had been treated, largest ratio first. */
  readonly units: readonly PlaceboUnit[];
  /** 1 is the largest ratio of mean squared gaps after to before. */
  readonly rank: number;
  /** `rank` over the number of units; a smaller value than 1 over that number is not possible. */
  readonly pValue: number;
}

/**
 * Placebo permutation on outcomes alone (Abadie, Diamond & Hainmueller 2010): every unit in turn is fitted by all others,
 * the treated one included, so that under no effect every rank is equally likely. One Gram matrix serves all units.
 */
export function placeboTest(study: Study, options: FitOptions): PlaceboTest {
  const { series, pre } = study;
  const means = preMeans(study);
  const products = gram(leading(study, options.fixedEffects ? means : null));
  const all = Array.from({ length: series.columns }, (_, unit) => unit);
  const fits = all.map((unit) => {
    const others = all.filter((other) => other !== unit);
    const { weights } = nearestPoint(differenceGram(products, unit, others));
    return gapsOf(study, { unit, others, weights, means: options.fixedEffects ? means : null });
  });
  return rankUnits(study, fits, pre);
}

/** As placeboTest for any estimator; each unit's study is fitted afresh. */
export function placeboTestOf(study: Study, estimate: Estimator): PlaceboTest {
  const gaps = Array.from({ length: study.series.columns }, (_, unit) => estimate(placeboStudy(study, unit)).gaps);
  return rankUnits(study, gaps, study.pre);
}

/** The study in which column `unit` is the treated series and all others, the treated one too, are controls. */
export function placeboStudy(study: Study, unit: number): Study {
  if (unit === 0) return study;
  const { series } = study;
  const order = [
    unit,
    ...Array.from({ length: series.columns }, (_, other) => other).filter((other) => other !== unit),
  ];
  const moved = zeros(series.rows, series.columns);
  order.forEach((from, to) => moved.data.set(columnOf(series, from), to * series.rows));
  const names = [study.treatedUnits.join(' + '), ...study.controls];
  const [name, ...controls] = order.map((place) => names[place]!);
  const result = { ...study, treatedUnits: [name!], controls, series: moved };
  requireStudy(result);
  return result;
}

function leading({ series, pre }: Study, means: Float64Array | null): Study['series'] {
  const result = zeros(pre, series.columns);
  const average = new Float64Array(pre);
  for (let column = 0; column < series.columns; column++) {
    for (let period = 0; period < pre; period++) {
      const value = series.data[column * series.rows + period]! - (means?.[column] ?? 0);
      result.data[column * pre + period] = value;
      average[period] = average[period]! + value / series.columns;
    }
  }
  for (let index = 0; index < result.data.length; index++)
    result.data[index] = result.data[index]! - average[index % pre]!;
  return result;
}

interface PlaceboFit {
  readonly unit: number;
  readonly others: readonly number[];
  readonly weights: Float64Array;
  readonly means: Float64Array | null;
}

function gapsOf({ series }: Study, { unit, others, weights, means }: PlaceboFit): Float64Array {
  const gaps = columnOf(series, unit).slice();
  let shift = means ? means[unit]! : 0;
  others.forEach((other, index) => {
    const weight = weights[index]!;
    if (weight === 0) return;
    const column = columnOf(series, other);
    shift -= weight * (means?.[other] ?? 0);
    for (let period = 0; period < gaps.length; period++) gaps[period] = gaps[period]! - weight * column[period]!;
  });
  return means ? gaps.map((gap) => gap - shift) : gaps;
}

/** Gaps this small beside those after the treatment are rounding: the weights copied the unit. */
const exactFit = 1e-12;

function rankUnits(study: Study, gaps: readonly Float64Array[], pre: number): PlaceboTest {
  const names = [study.treatedUnits.join(' + '), ...study.controls];
  const units = gaps.map((own, index): PlaceboUnit => {
    const post = own.length - pre;
    const [preMspe, postMspe] = [sumOfSquares(own, 0, pre) / pre, sumOfSquares(own, pre, own.length) / post];
    let sum = 0;
    for (let period = pre; period < own.length; period++) sum += own[period]!;
    const ratio = preMspe <= exactFit * (preMspe + postMspe) ? Infinity : postMspe / preMspe;
    return { unit: names[index]!, treated: index === 0, preMspe, postMspe, ratio, effect: sum / post, gaps: own };
  });
  const own = units[0]!;
  if (!Number.isFinite(own.ratio)) {
    throw new Problem(
      'ZERO_VARIANCE',
      'The controls copy the treated unit exactly before the treatment, so that nothing can be judged by the fit. Take more history or fewer controls, and see that it is not among them.',
    );
  }
  const rank = units.filter(({ ratio }) => ratio >= own.ratio).length;
  return { units: units.toSorted((a, b) => b.ratio - a.ratio), rank, pValue: rank / units.length };
}

export interface LeftOut {
  readonly unit: string;
  readonly weight: number;
  readonly effect: number;
}

/** The mean effect without each control that carries weight, refitted: does the result hang on one of them? */
export function leaveOneOut(study: Study, fit: Fit, estimate: Estimator): LeftOut[] {
  const carrying = Array.from(fit.weights.keys()).filter((index) => Math.abs(fit.weights[index]!) > 1e-6);
  if (study.controls.length < 3) return [];
  return carrying.map((index) => ({
    unit: study.controls[index]!,
    weight: fit.weights[index]!,
    effect: meanGap(study, estimate(withControls(study, (control) => control !== index)).gaps),
  }));
}

/** The study with the controls that `keep` accepts, by their place. */
export function withControls(study: Study, keep: (control: number) => boolean): Study {
  const kept = study.controls.map((_, index) => index).filter(keep);
  const series = zeros(study.series.rows, kept.length + 1);
  series.data.set(columnOf(study.series, 0));
  kept.forEach((control, index) => series.data.set(columnOf(study.series, control + 1), (index + 1) * series.rows));
  const result = { ...study, series, controls: kept.map((control) => study.controls[control]!) };
  requireStudy(result);
  return result;
}

function meanGap({ pre }: Study, gaps: Float64Array): number {
  let sum = 0;
  for (let period = pre; period < gaps.length; period++) sum += gaps[period]!;
  return sum / (gaps.length - pre);
}

/** The study as if the treatment had begun `earlier` periods before it did; what was treated is cut off. */
export function placeboInTime(study: Study, earlier: number): Study {
  const { series, pre } = study;
  const cut = zeros(pre, series.columns);
  for (let column = 0; column < series.columns; column++) {
    cut.data.set(columnOf(series, column).subarray(0, pre), column * pre);
  }
  requirePre(pre - earlier);
  return { ...study, periods: study.periods.slice(0, pre), pre: pre - earlier, series: cut };
}
