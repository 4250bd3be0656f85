import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { buildMixData, type ReadMix } from './build-mix-data.pure.ts';
import { checkMixData } from './check-mix-data.pure.ts';
import { calibrationsOf } from './mix-model.service.ts';
import { priorsOf, type NamedPrior } from './mix-priors.pure.ts';
import { channelActivity, type ChannelActivity } from './channel-activity.pure.ts';
import { readSources, withLift } from './read-mix.ts';
import {
  completeTraining,
  invalidInput,
  type TrainChoice,
  type TrainInput,
  type TrainSettings,
} from './train-choice.pure.ts';

/** What keeps a model from being trained. */
interface MixProblem {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

export interface MixPreview {
  readonly periods: number;
  readonly currency: string | null;
  readonly channels: readonly ChannelActivity[];
  readonly regions: readonly string[];
  readonly events: readonly string[];
  readonly controls: readonly string[];
  readonly priors: readonly NamedPrior[];
  readonly warnings: readonly string[];
  readonly problems: readonly MixProblem[];
}

/** Every prior of a model of which only these things are said. */
export function defaultPriors(args: Pick<TrainInput, 'period' | 'carryOver' | 'saturation' | 'geo'>): NamedPrior[] {
  const { settings } = completeTraining({ ...args, from: '2000-01-01', to: '2001-01-01' });
  return priorsOf(settings.model, [], args.geo === 'REGION');
}

/** What a training would read and what would stop it; what is wrong with the input or the data is in `problems`. */
export async function previewTraining(context: Context, input: TrainInput): Promise<MixPreview> {
  const nothing = { periods: 0, currency: null, channels: [], regions: [], events: [], controls: [], warnings: [] };
  const invalid = invalidInput(input);
  if (invalid) {
    const problem = { code: 'BAD_USER_INPUT', field: invalid.field, message: invalid.reason };
    return { ...nothing, priors: [], problems: [problem] };
  }
  try {
    const { choice, settings } = completeTraining(input, await calibrationsOf(context, input));
    const { records, holidays } = await readSources(context, choice);
    const seen = { ...nothing, channels: channelActivity(records), regions: namesOf(records) };
    return { ...seen, ...judge(choice, settings, () => buildMixData(records, choice, holidays)) };
  } catch (error) {
    return { ...nothing, priors: [], problems: [problemOf(error)] };
  }
}

function judge(
  choice: TrainChoice,
  { model }: TrainSettings,
  build: () => ReadMix,
): Omit<MixPreview, 'channels' | 'regions'> {
  const regional = choice.geo === 'REGION';
  const nothing = { periods: 0, currency: null, events: [], controls: [], warnings: [] };
  let shown: Omit<MixPreview, 'channels' | 'regions' | 'problems'> = {
    ...nothing,
    priors: priorsOf(model, [], regional),
  };
  try {
    const read = build();
    const { data, currency, warnings } = read;
    shown = {
      periods: data.dates.length,
      currency,
      events: data.events.map(({ name }) => name),
      controls: data.controls.map(({ name }) => name),
      priors: priorsOf(
        model,
        data.channels.map(({ name }) => name),
        regional,
      ),
      warnings,
    };
    checkMixData(data, model, data.dates.length - choice.holdout);
    return { ...shown, warnings: withLift(read, model.lift, choice).warnings, problems: [] };
  } catch (error) {
    return { ...shown, problems: [problemOf(error)] };
  }
}

function namesOf({ region }: RecordFrame): string[] {
  return [...new Set(region.filter((name) => name !== null))].toSorted();
}

/** What people are told of an error; others than those about the input go on. */
function problemOf(error: unknown): MixProblem {
  if (!(error instanceof AppError) || error.code !== 'BAD_USER_INPUT') throw error;
  const { field } = error.details;
  return {
    code: error instanceof Problem ? error.kind : error.code,
    field: typeof field === 'string' ? field.replace(/^input\./, '') : null,
    message: error.message,
  };
}
