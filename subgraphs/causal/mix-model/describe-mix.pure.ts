import type { StoredResult } from './store-result.pure.ts';
import type { MixInputs } from './tables.ts';
import type { TrainChoice, TrainSettings } from './train-choice.pure.ts';

interface Described {
  readonly choice: TrainChoice;
  readonly settings: TrainSettings;
  readonly inputs: MixInputs | null;
  readonly result: StoredResult | null;
}

/** What a model found, in one sentence with its uncertainty; null before there is a result. */
export function concludeInWords({ choice, inputs, result }: Described): string | null {
  if (!result || !inputs) return null;
  const [refusal] = result.diagnosis.refusals;
  if (!result.summary) return `No contributions are shown: ${refusal ?? 'the chains do not agree.'}`;
  const { mediaShare, channels } = result.summary;
  const ranked = channels.toSorted((a, b) => b.roi.mean - a.roi.mean);
  const [best] = ranked;
  const kpi = choice.kpi === 'revenue' ? 'revenue' : 'conversions';
  const share = `Media brought ${percent(mediaShare.mean)} of the ${kpi} (90 % interval ${percent(mediaShare.low)} to ${percent(mediaShare.high)})`;
  if (!best) return `${share}.`;
  const unit = choice.kpi === 'revenue' ? inputs.currency : 'conversions';
  const gain = `${number(best.roi.mean)} ${unit} per ${inputs.currency} spent (${number(best.roi.low)} to ${number(best.roi.high)})`;
  const sure = channels.every(({ name, roi }) => name === best.name || roi.high < best.roi.low);
  return `${share}; ${sure ? 'the most came from' : 'the best estimate is that of'} ${best.name}, ${gain}${sure || channels.length === 1 ? '' : ', but the intervals of others reach into its own'}.`;
}

/** What has to hold for the results to be right. */
export function assumptionsOf({ choice, settings }: Pick<Described, 'choice' | 'settings'>): string[] {
  const { model } = settings;
  const known = [
    model.trend.kind === 'none' ? null : 'trend',
    model.seasonality.length > 0 ? 'season' : null,
    choice.holidays ? 'holidays' : null,
    choice.events.length > 0 ? 'events' : null,
    choice.controls.length > 0 ? 'controls' : null,
  ].filter((one) => one !== null);
  const assumptions = [
    `What moves both spend and the KPI is in the model (${known.length === 0 ? 'nothing is' : known.join(', ')}); anything else, e.g. budgets that follow expected sales, counts as an effect of media.`,
    'Effects do not change over time, channels do not help or hurt each other, and no channel does harm.',
    'What is not explained is independent from period to period, and equally large everywhere.',
    'Carry-over ends with its window, and spend before the first day had no effect.',
    'The priors are what was believed before the data; where the data says little, they decide.',
  ];
  if (choice.geo === 'REGION') {
    assumptions.push(
      'Regions react alike but for a factor of their own, and media of one region does nothing in another.',
      choice.populations
        ? 'Effects are per head of the population.'
        : 'Effects are in proportion to the mean KPI of a region.',
    );
  }
  if (model.lift.length > 0) {
    assumptions.push('Experiments were unbiased, and ran long enough for their full effect at a steady spend.');
  }
  return assumptions;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
}

function number(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
