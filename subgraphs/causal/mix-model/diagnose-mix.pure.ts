import { drawPrior } from '../mcmc/priors.pure.ts';
import { chiSquareSurvival } from '../numerics/distributions.pure.ts';
import { fromColumns } from '../numerics/linear/matrix.pure.ts';
import { svd } from '../numerics/linear/svd.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { correlation } from './check-mix-data.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import { predictMix, type Band } from './predict-mix.pure.ts';
import type { MixSummary } from './summarise-mix.pure.ts';

/** How well the model fits a stretch of time; all numbers in the units of the KPI or free of units. */
export interface FitQuality {
  readonly periods: number;
  readonly rSquared: number;
  /** Sum of absolute errors over the sum of absolute values: safe where the KPI is 0. */
  readonly weightedError: number;
  /** Share of values inside their 90 % predictive interval. */
  readonly coverage: number;
}

export interface ChannelDiagnosis {
  readonly name: string;
  /** Variance inflation against all other channels, trend, season, events and controls; above 10 is too much. */
  readonly varianceInflation: number;
  /** The channel that moves most like it. */
  readonly closest: { readonly name: string; readonly correlation: number } | null;
  /** Standard deviation of the media over its mean. */
  readonly variation: number;
  /** The belief before the data, in the units of the effect prior, and after it. */
  readonly prior: Interval;
  readonly posterior: Interval;
  /** Distance of the means in prior standard deviations. */
  readonly shift: number;
  /** 1 - posterior variance / prior variance; near 0 the data said nothing. */
  readonly learned: number;
}

export interface MixDiagnosis {
  readonly inSample: FitQuality;
  /** On the periods held out; null when there are none. */
  readonly outOfSample: FitQuality | null;
  /** Of the mean residuals while training, mean over regions: 2 without autocorrelation. */
  readonly durbinWatson: number;
  readonly ljungBox: { readonly lags: number; readonly statistic: number; readonly p: number };
  /** Largest over smallest singular value of all columns, each scaled to length 1. */
  readonly conditionNumber: number;
  readonly channels: readonly ChannelDiagnosis[];
  readonly worstRHat: number;
  readonly smallestEss: number;
  readonly divergences: number;
  readonly lowestEnergyFraction: number;
  readonly negativeBaseline: number;
  /** Why contributions must not be shown; empty when they may. */
  readonly refusals: readonly string[];
  /** What to keep in mind, and what to do about it. */
  readonly warnings: readonly string[];
}

const [worstRHat, wantedRHat] = [1.05, 1.01];
const [fewestEss, wantedEss] = [100, 400];

/** Checks a fit. Throws nothing: what is wrong is in `refusals` and `warnings`. */
export function diagnoseMix(fit: MixFit, summary: MixSummary, prediction: Band = predictMix(fit).rows): MixDiagnosis {
  const { mix } = fit;
  const inSample = qualityOf(fit, prediction, 0, mix.trained);
  const outOfSample = mix.trained < mix.periods ? qualityOf(fit, prediction, mix.trained, mix.periods) : null;
  const residuals = residualsOf(fit, prediction.mean);
  const columns = trainedColumns(fit);
  const found = {
    inSample,
    outOfSample,
    durbinWatson: meanOf(residuals.map(durbinWatson)),
    ljungBox: ljungBox(residuals),
    conditionNumber: conditionNumber(columns.map(({ values }) => values)),
    channels: mix.channels.map((_, index) => diagnoseChannel(fit, index, columns)),
    worstRHat: Math.max(...fit.convergence.map(({ rHat }) => (Number.isNaN(rHat) ? Infinity : rHat))),
    smallestEss: Math.min(...fit.convergence.map(({ bulkEss, tailEss }) => Math.min(bulkEss || 0, tailEss || 0))),
    divergences: fit.sampler.divergences,
    lowestEnergyFraction: fit.sampler.lowestEnergyFraction,
    negativeBaseline: summary.negativeBaseline,
  };
  return { ...found, refusals: refusalsOf(found), warnings: warningsOf(found, fit.draws) };
}

type Found = Omit<MixDiagnosis, 'refusals' | 'warnings'>;

function refusalsOf(found: Found): string[] {
  const refusals: string[] = [];
  if (!(found.worstRHat <= worstRHat)) {
    refusals.push(
      `The chains do not agree (R-hat ${found.worstRHat.toFixed(3)}, at most ${worstRHat}). Draw more, or give narrower priors to what the data cannot tell.`,
    );
  }
  if (!(found.smallestEss >= fewestEss)) {
    refusals.push(
      `Only ${Math.round(found.smallestEss)} effective draws; at least ${fewestEss} are needed. Draw more.`,
    );
  }
  if (found.negativeBaseline > 0.8) {
    refusals.push(
      `Sales without media would be negative with a probability of ${percent(found.negativeBaseline)}: media is credited with more than there is. Lower the effect priors or add what else drives the KPI.`,
    );
  }
  return refusals;
}

function warningsOf(found: Found, draws: number): string[] {
  const warnings: string[] = [];
  const warn = (holds: boolean, text: string): void => void (holds && warnings.push(text));
  warn(found.worstRHat > wantedRHat, `R-hat is ${found.worstRHat.toFixed(3)}; below ${wantedRHat} would be good.`);
  warn(
    found.smallestEss < wantedEss,
    `Effective draws are ${Math.round(found.smallestEss)}; ${wantedEss} would be good.`,
  );
  warn(
    found.divergences > 0,
    `${found.divergences} of ${draws} draws diverged; parts of the posterior may be missed. Raise the acceptance target.`,
  );
  warn(found.lowestEnergyFraction < 0.3, 'The energy of the chains moves slowly; the tails are explored badly.');
  warn(
    found.negativeBaseline > 0.2 && found.negativeBaseline <= 0.8,
    `Sales without media would be negative with a probability of ${percent(found.negativeBaseline)}.`,
  );
  warn(
    found.ljungBox.p < 0.01,
    `What is left is correlated over time (Durbin-Watson ${found.durbinWatson.toFixed(2)}, Ljung-Box p ${found.ljungBox.p.toPrecision(2)}): intervals are too narrow. A bending trend or a missing control may help.`,
  );
  warn(
    found.outOfSample !== null && found.outOfSample.weightedError > 2 * found.inSample.weightedError,
    'Errors on the periods held out are more than twice those while training: the model describes more than it knows.',
  );
  for (const channel of found.channels) warnings.push(...channelWarnings(channel));
  return warnings;
}

function channelWarnings({ name, varianceInflation, closest, variation, shift, learned }: ChannelDiagnosis): string[] {
  const warnings: string[] = [];
  if (varianceInflation > 10) {
    const like = closest && closest.correlation > 0.8 ? `, most of all like ${closest.name}` : '';
    warnings.push(
      `${name} moves like the rest of the model${like} (variance inflation ${varianceInflation.toFixed(0)}).`,
    );
  }
  if (variation < 0.1) {
    warnings.push(`${name} varies by ${percent(variation)} of its mean only; its effect is hardly seen in the data.`);
  }
  if (learned < 0.1 && Math.abs(shift) < 0.2) {
    warnings.push(`The data says hardly anything of ${name}: what is shown is the prior. An experiment would tell.`);
  }
  if (Math.abs(shift) > 3)
    warnings.push(`${name} lies ${Math.abs(shift).toFixed(1)} standard deviations from its prior.`);
  return warnings;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function qualityOf({ mix }: MixFit, { mean, low, high }: Band, from: number, to: number): FitQuality {
  const { kpi } = mix.data;
  const rows = [...kpi.keys()].filter((row) => row % mix.periods >= from && row % mix.periods < to);
  const level = meanOf(rows.map((row) => kpi[row]!));
  let [squares, total, errors, size, inside] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    const error = kpi[row]! - mean[row]!;
    squares += error * error;
    total += (kpi[row]! - level) ** 2;
    errors += Math.abs(error);
    size += Math.abs(kpi[row]!);
    if (kpi[row]! >= low[row]! && kpi[row]! <= high[row]!) inside++;
  }
  return {
    periods: to - from,
    rSquared: 1 - squares / total,
    weightedError: errors / size,
    coverage: inside / rows.length,
  };
}

/** By region, over the training periods. */
function residualsOf({ mix }: MixFit, mean: Float64Array): Float64Array[] {
  return Array.from({ length: mix.geos }, (_, geo) =>
    Float64Array.from({ length: mix.trained }, (_, period) => {
      const row = geo * mix.periods + period;
      return mix.data.kpi[row]! - mean[row]!;
    }),
  );
}

/** Durbin and Watson 1950: squared steps over squares. */
function durbinWatson(residuals: Float64Array): number {
  let [steps, squares] = [0, 0];
  for (let row = 0; row < residuals.length; row++) {
    if (row > 0) steps += (residuals[row]! - residuals[row - 1]!) ** 2;
    squares += residuals[row]! ** 2;
  }
  return steps / squares;
}

/** Ljung and Box 1978 on up to ten lags, statistics of regions added up. */
function ljungBox(regions: readonly Float64Array[]): { lags: number; statistic: number; p: number } {
  const length = regions[0]!.length;
  const lags = Math.min(10, Math.floor(length / 5));
  let statistic = 0;
  for (const residuals of regions) {
    const mean = meanOf(residuals);
    const product = (lag: number): number => {
      let sum = 0;
      for (let row = lag; row < length; row++) sum += (residuals[row]! - mean) * (residuals[row - lag]! - mean);
      return sum;
    };
    const variance = product(0);
    for (let lag = 1; lag <= lags; lag++) {
      statistic += (length * (length + 2) * (product(lag) / variance) ** 2) / (length - lag);
    }
  }
  return { lags, statistic, p: chiSquareSurvival(statistic, lags * regions.length) };
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
}

/** Media and linear terms but for the levels, centred on the training periods and scaled to length 1. */
function trainedColumns({ mix }: MixFit): Column[] {
  const columns = [
    ...mix.channels.map(({ name, media }) => ({ name, values: media })),
    ...mix.terms.filter(({ group }) => group !== 'intercept'),
  ];
  return columns.flatMap(({ name, values }) => {
    const seen = values.filter((_, row) => row % mix.periods < mix.trained);
    const mean = meanOf(seen);
    const centred = seen.map((value) => value - mean);
    const length = Math.hypot(...centred);
    return length > 0 ? [{ name, values: centred.map((value) => value / length) }] : [];
  });
}

function conditionNumber(columns: readonly Float64Array[]): number {
  const { values } = svd(fromColumns(columns));
  return values[0]! / values.at(-1)!;
}

/** 1 / (1 - R²) of a column on all others, by the singular values of the others. */
function varianceInflation(columns: readonly Column[], index: number): number {
  const others = columns.filter((_, other) => other !== index).map(({ values }) => values);
  if (others.length === 0) return 1;
  const target = columns[index]!.values;
  const { u, values } = svd(fromColumns(others));
  let explained = 0;
  for (let place = 0; place < values.length; place++) {
    if (!(values[place]! > 1e-10 * values[0]!)) break;
    let part = 0;
    for (let row = 0; row < target.length; row++) part += target[row]! * u.data[place * u.rows + row]!;
    explained += part * part;
  }
  return 1 / Math.max(1e-12, 1 - explained);
}

function diagnoseChannel(fit: MixFit, index: number, columns: readonly Column[]): ChannelDiagnosis {
  const { mix } = fit;
  const channel = mix.channels[index]!;
  const seen = channel.media.filter((_, row) => row % mix.periods < mix.trained);
  const mean = meanOf(seen);
  const likeness = mix.channels.flatMap(({ name }, other) =>
    other === index ? [] : [{ name, correlation: correlation(columns[index]!.values, columns[other]!.values) }],
  );
  return {
    name: channel.name,
    varianceInflation: varianceInflation(columns, index),
    closest: likeness.sort((a, b) => b.correlation - a.correlation)[0] ?? null,
    variation: Math.sqrt(meanOf(seen.map((value) => (value - mean) ** 2))) / mean,
    ...compareWithPrior(fit, index),
  };
}

/** The effect in the units of its prior, before and after the data. The prior is drawn with a fixed seed. */
function compareWithPrior(
  fit: MixFit,
  index: number,
): Pick<ChannelDiagnosis, 'prior' | 'posterior' | 'shift' | 'learned'> {
  const { mix, layout } = fit;
  const { effect, totalSpend } = mix.channels[index]!;
  const random = stream(0, index);
  const before = Float64Array.from({ length: 4000 }, () => drawPrior(effect.prior, random));
  const rows = mix.geos * mix.trained;
  const after = Float64Array.from({ length: fit.draws }, (_, draw) =>
    effect.kind === 'effect'
      ? fit.factors[draw * mix.channels.length + index]!
      : (fit.values[draw * layout.dimension + layout.channels[index]!.effect]! * rows * mix.kpiScale) / totalSpend,
  );
  const [first, second] = [momentsOf(before), momentsOf(after)];
  return {
    prior: intervalOf(before),
    posterior: intervalOf(after),
    shift: (second.mean - first.mean) / Math.sqrt(first.variance),
    learned: 1 - second.variance / first.variance,
  };
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = meanOf(values);
  return { mean, variance: meanOf(values.map((value) => (value - mean) ** 2)) };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}
