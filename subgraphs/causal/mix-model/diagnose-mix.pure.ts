import { meanOf } from '../numerics/moments.pure.ts';
import { conditionNumber, diagnoseChannel, trainedColumns, type ChannelDiagnosis } from './diagnose-channels.pure.ts';
import { durbinWatson, ljungBox, qualityOf, residualsOf, type FitQuality } from './diagnose-residuals.pure.ts';
import type { MixFit } from './fit-mix-model.pure.ts';
import { predictMix, type Band } from './predict-mix.pure.ts';
import type { MixSummary } from './summarise-mix.pure.ts';

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
