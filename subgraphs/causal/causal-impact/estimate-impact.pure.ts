import { convergenceOf, type Convergence } from '../mcmc/diagnose-chains.pure.ts';
import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import { quantileOfSorted } from '../numerics/random/resample.pure.ts';
import { describeEffect } from '../synthetic-control/describe-effect.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import { standardise, type ImpactData, type StandardData } from './impact-data.pure.ts';
import { defaultImpactOptions, sampleImpact, type ImpactDraws, type ImpactOptions } from './sample-impact.pure.ts';

/** A posterior quantity: mean, spread and interval. */
export interface Posterior {
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
}

/** One posterior per period. */
export interface PosteriorSeries {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface ControlInfluence {
  readonly name: string;
  /** Share of draws in which the control is used. */
  readonly inclusion: number;
  /** Of the response per unit of the control, both on the scale of their spread before the treatment. */
  readonly coefficient: Posterior;
}

export interface Impact {
  readonly periods: readonly string[];
  /** Periods before the treatment. */
  readonly pre: number;
  readonly counterfactual: PosteriorSeries;
  /** Observed less counterfactual in every period. */
  readonly pointwise: PosteriorSeries;
  /** Running sum of the effect from the start of the treatment, one per treated period. */
  readonly cumulative: PosteriorSeries;
  /** Means over the treated periods. */
  readonly actual: number;
  readonly predicted: Posterior;
  readonly effect: Posterior;
  readonly total: Posterior;
  /** Effect over counterfactual, of sums; null when a draw of the counterfactual is not positive. */
  readonly relative: Posterior | null;
  /** Share of the counterfactual on the far side of what was observed, one-sided, at least 1 / (draws + 1). */
  readonly pValue: number;
  readonly controls: readonly ControlInfluence[];
  readonly convergence: Convergence;
  readonly warnings: readonly string[];
  readonly conclusion: string;
  readonly assumptions: readonly string[];
}

export interface ImpactSettings extends ImpactOptions {
  readonly alpha: number;
  /** What the sentence calls the response. */
  readonly subject: string;
}

const fewestEffective = 200;

/**
 * Effect of a treatment on one series by Bayesian structural time series (Brodersen et al. 2015). Deterministic by seed.
 * Throws what standardise throws, and OUT_OF_RANGE for fewer than 100 draws, seasons or durations below 1.
 */
export function estimateImpact(data: ImpactData, given: Partial<ImpactSettings> = {}): Impact {
  const settings = { ...defaultImpactOptions, alpha: 0.05, subject: 'The response', ...given };
  requireSettings(settings);
  const standard = standardise(data);
  const draws = sampleImpact(standard, settings);
  const { alpha } = settings;
  const observed = data.response;
  const sums = sumsOf(standard, draws);
  const { pre } = standard;
  const post = draws.periods - pre;
  const actualSum = sumOf(observed.subarray(pre));
  const totals = sums.map((sum) => actualSum - sum);
  const effect = posteriorOf(
    totals.map((total) => total / post),
    alpha,
  );
  const relative = sums.every((sum) => sum > 0)
    ? posteriorOf(
        totals.map((total, draw) => total / sums[draw]!),
        alpha,
      )
    : null;
  const counterfactual = seriesOf(standard, draws, alpha);
  const pValue = tailArea(sums, actualSum);
  const convergence = convergenceOf([sums]);
  return {
    periods: data.periods,
    pre,
    counterfactual,
    pointwise: against(observed, counterfactual),
    cumulative: cumulate({ standard, draws, observed, alpha }),
    actual: actualSum / post,
    predicted: posteriorOf(
      sums.map((sum) => sum / post),
      alpha,
    ),
    effect,
    total: posteriorOf(totals, alpha),
    relative,
    pValue,
    controls: influences(standard, draws, alpha),
    convergence,
    warnings: warningsOf(data, standard, convergence),
    conclusion: describeEffect({
      subject: settings.subject,
      per: 'per period',
      estimate: effect.mean,
      relative: relative ? relative.mean : null,
      low: effect.low,
      high: effect.high,
      level: 1 - alpha,
      pValue,
    }),
    assumptions: [
      'The treatment did not touch the controls, and what ties them to the response did not change when it began.',
      `Nothing else that moves the response began with the treatment; without it the ${settings.trend ? 'level and its slope drift' : 'level drifts'} as before.`,
    ],
  };
}

/** Mean effect of a study by causal impact, for the refuters; the controls of the study are the regressors. */
export function impactOf(given: Partial<ImpactOptions> = {}): (study: Study) => number {
  return ({ series, controls, periods, pre }) =>
    estimateImpact(
      {
        periods,
        response: columnOf(series, 0),
        controls: controls.map((name, index) => ({ name, values: columnOf(series, index + 1) })),
        start: periods[pre]!,
      },
      given,
    ).effect.mean;
}

function requireSettings({ draws, burnIn, seasons, duration, alpha, levelSpread }: ImpactSettings): void {
  requireBetween(alpha, 0, 1, 'alpha');
  requireBetween(burnIn, -Number.MIN_VALUE, 1, 'burnIn');
  requireBetween(levelSpread, 0, 1, 'levelSpread');
  if (draws < 100) throw new Problem('OUT_OF_RANGE', `${draws} draws are too few; take at least 100.`, { draws });
  if (![seasons, duration].every((value) => Number.isInteger(value) && value >= 1)) {
    throw new Problem('OUT_OF_RANGE', 'Seasons and their duration are whole numbers from 1.', { seasons, duration });
  }
}

/** Sum of the counterfactual over the treated periods, per draw. */
function sumsOf({ pre, mean, spread }: StandardData, { kept, periods, predicted }: ImpactDraws): Float64Array {
  return Float64Array.from({ length: kept }, (_, draw) => {
    let sum = 0;
    for (let t = pre; t < periods; t++) sum += predicted[draw * periods + t]!;
    return sum * spread + (periods - pre) * mean;
  });
}

function posteriorOf(values: Float64Array, alpha: number): Posterior {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = values.toSorted();
  return {
    mean,
    sd: Math.sqrt(squares / (values.length - 1)),
    low: quantileOfSorted(sorted, alpha / 2),
    high: quantileOfSorted(sorted, 1 - alpha / 2),
  };
}

function tailArea(sums: Float64Array, actual: number): number {
  const above = sums.filter((sum) => sum >= actual).length;
  const below = sums.filter((sum) => sum <= actual).length;
  return (Math.min(above, below) + 1) / (sums.length + 1);
}

function seriesOf({ mean, spread }: StandardData, draws: ImpactDraws, alpha: number): PosteriorSeries {
  const { kept, periods, predicted, expected } = draws;
  const result = emptySeries(periods);
  const column = new Float64Array(kept);
  for (let t = 0; t < periods; t++) {
    let sum = 0;
    for (let draw = 0; draw < kept; draw++) {
      sum += expected[draw * periods + t]!;
      column[draw] = predicted[draw * periods + t]!;
    }
    column.sort();
    result.mean[t] = mean + (spread * sum) / kept;
    result.low[t] = mean + spread * quantileOfSorted(column, alpha / 2);
    result.high[t] = mean + spread * quantileOfSorted(column, 1 - alpha / 2);
  }
  return result;
}

function emptySeries(length: number): PosteriorSeries {
  return { mean: new Float64Array(length), low: new Float64Array(length), high: new Float64Array(length) };
}

function against(observed: Float64Array, { mean, low, high }: PosteriorSeries): PosteriorSeries {
  const from = (values: Float64Array): Float64Array => values.map((value, t) => observed[t]! - value);
  return { mean: from(mean), low: from(high), high: from(low) };
}

interface Cumulated {
  readonly standard: StandardData;
  readonly draws: ImpactDraws;
  readonly observed: Float64Array;
  readonly alpha: number;
}

function cumulate({ standard, draws, observed, alpha }: Cumulated): PosteriorSeries {
  const { kept, periods, predicted } = draws;
  const { pre, mean, spread } = standard;
  const result = emptySeries(periods - pre);
  const running = new Float64Array(kept);
  for (let t = pre; t < periods; t++) {
    for (let draw = 0; draw < kept; draw++) {
      running[draw] = running[draw]! + observed[t]! - mean - spread * predicted[draw * periods + t]!;
    }
    const own = posteriorOf(running, alpha);
    [result.mean[t - pre], result.low[t - pre], result.high[t - pre]] = [own.mean, own.low, own.high];
  }
  return result;
}

function influences(
  { controls }: StandardData,
  { kept, coefficients }: ImpactDraws,
  alpha: number,
): ControlInfluence[] {
  return controls.map(({ name }, index) => {
    const values = Float64Array.from({ length: kept }, (_, draw) => coefficients[draw * controls.length + index]!);
    return {
      name,
      inclusion: values.filter((value) => value !== 0).length / kept,
      coefficient: posteriorOf(values, alpha),
    };
  });
}

function warningsOf({ controls }: ImpactData, { pre, response }: StandardData, { bulkEss }: Convergence): string[] {
  const warnings: string[] = [];
  if (controls.length === 0) {
    warnings.push('There is no control series: everything that happened after the start counts as an effect.');
  }
  if (pre < 2 * (response.length - pre)) {
    warnings.push(
      'There is less than twice as much time before the treatment as after its start; the interval is wide.',
    );
  }
  if (controls.length > pre / 2) {
    warnings.push(
      `${controls.length} controls for ${pre} periods before the treatment: which of them matter is a guess.`,
    );
  }
  if (bulkEss < fewestEffective) {
    const text = `The draws hang together and are worth only ${Math.round(bulkEss)}; take more draws.`;
    warnings.push(text);
  }
  return warnings;
}
