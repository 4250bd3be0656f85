import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { calibrationsById } from '../calibration/calibration.view.ts';
import { insertRun } from '../runs/run-state.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { liftOfCalibration, unfitCalibration } from './lift-of-calibration.pure.ts';
import type { LiftRow } from './mix-settings.pure.ts';
import { mixModelJob } from './mix-model.jobs.ts';
import { mixModels, type StoredMix } from './mix-model.runs.ts';
import {
  completeTraining,
  invalidInput,
  type TrainChoice,
  type TrainInput,
  type TrainSettings,
} from './train-choice.pure.ts';

/** Store a model and send its training, together. Throws BAD_USER_INPUT naming the field that cannot be used. */
export async function startTraining(context: Context, input: TrainInput): Promise<StoredMix> {
  const { choice, settings } = await completeChecked(context, input, 'input');
  const summary = `Training of a mix model from ${choice.from} to ${choice.to} was started.`;
  const own = {
    choice: JSON.stringify(choice),
    settings: JSON.stringify(settings),
    inputs: null as never,
    result: null as never,
    warnings: '[]',
  };
  return transaction(context, (tx) => insertRun(mixModels, tx, mixModelJob, own, summary));
}

/** Choice and settings of an input that stands in `path`. Throws BAD_USER_INPUT naming the field that cannot be used. */
export async function completeChecked(
  context: Context,
  input: TrainInput,
  path: string,
): Promise<{ choice: TrainChoice; settings: TrainSettings }> {
  const invalid = invalidInput(input);
  if (invalid) throw badInput(`${path}.${invalid.field}`, invalid.reason);
  if (input.connectionIds?.some((id) => !isId(id))) {
    throw badInput(`${path}.connectionIds`, 'There is no such connection.');
  }
  const calibrations = await calibrationsOf(context, input, path);
  try {
    return completeTraining(input, calibrations);
  } catch (error) {
    if (!(error instanceof Problem) || typeof error.details.field !== 'string') throw error;
    throw badInput(`${path}.${error.details.field}`, error.message, { problem: error.kind });
  }
}

/** The results of experiments that an input names, per period. Throws BAD_USER_INPUT for one the model cannot take. */
export async function calibrationsOf(context: Context, input: TrainInput, path = 'input'): Promise<LiftRow[]> {
  const ids = [...new Set(input.calibrationIds ?? [])];
  if (ids.length === 0) return [];
  const field = `${path}.calibrationIds`;
  const found = ids.every(isId) ? await calibrationsById(context, ids) : [];
  if (found.length < ids.length) throw badInput(field, 'There is no such result of an experiment.');
  const { kpi, basis, geo, mock, period } = input;
  const model = { kpi: kpi ?? 'REVENUE', basis: basis ?? 'CLAIMED', regional: geo === 'REGION', mock: mock ?? false };
  const reason = found.map((one) => unfitCalibration(one, model)).find((one) => one !== null);
  if (reason) throw badInput(field, reason);
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((one) => liftOfCalibration(one, period ?? 'WEEK'));
}
