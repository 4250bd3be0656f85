import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit, type StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { mixModelJob } from './mix-model.jobs.ts';
import { mixChanged, mixVersionOf } from './mix-model.state.ts';
import { mixById, showMix, type StoredMix } from './mix-model.view.ts';
import { readMix } from './read-mix.ts';
import { largestDifference, resultText } from './store-result.pure.ts';
import type { MixTables } from './tables.ts';
import { completeTraining, invalidInput, type TrainInput } from './train-choice.pure.ts';
import { trainInPool } from './train-in-pool.ts';

export interface MixEvent {
  readonly sequence: number;
  readonly at: Date;
  readonly model: StoredMix;
}

/** Store a model and send its training, together. Throws BAD_USER_INPUT naming the field that cannot be used. */
export async function startTraining(context: Context, input: TrainInput): Promise<StoredMix> {
  const invalid = invalidInput(input);
  if (invalid) throw badInput(`input.${invalid.field}`, invalid.reason);
  if (input.connectionIds?.some((id) => !isId(id)))
    throw badInput('input.connectionIds', 'There is no such connection.');
  const { choice, settings } = completeTraining(input);
  const id = context.newId();
  return transaction(context, async (tx) => {
    const jobId = await enqueue(tx, mixModelJob, { modelId: id }, { subjectKind: 'mixModel', subjectId: id });
    const row = await tables<MixTables>(tx)
      .insertInto('causal.mix_model')
      .values({
        organization_id: tx.organizationId,
        id,
        state: 'QUEUED',
        progress: 0,
        choice: JSON.stringify(choice),
        settings: JSON.stringify(settings),
        inputs: null as never,
        result: null as never,
        warnings: '[]',
        code_version: mixVersionOf(tx),
        job_id: jobId,
        created_at: tx.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const summary = `Training of a mix model from ${choice.from} to ${choice.to} was started.`;
    await emit(tx, { ...mixChanged, subjectId: id, summary, payload: { state: 'QUEUED' }, audit: true });
    return showMix(row);
  });
}

/** Stop a training; its threads end at once. Throws NOT_FOUND, or CONFLICT when it has ended. */
export async function cancelTraining(context: Context, id: string): Promise<StoredMix> {
  const model = await requireMix(context, id);
  if (model.jobId === null || (model.state !== 'QUEUED' && model.state !== 'RUNNING')) {
    throw new AppError('CONFLICT', 'The training has already ended.');
  }
  await context.runtime.jobs.cancel(context, model.jobId);
  return requireMix(context, id);
}

/**
 * Train a finished model again from what is stored today, without changing it. Throws NOT_FOUND, or CONFLICT for a
 * model without a result.
 */
export async function reproduceTraining(
  context: Context,
  id: string,
): Promise<{ identical: boolean; sameData: boolean; largestDifference: number }> {
  const { state, choice, settings, inputs, result } = await requireMix(context, id);
  if (state !== 'SUCCEEDED') throw new AppError('CONFLICT', 'Only a trained model can be reproduced.');
  const again = await readMix(context, choice);
  const trained = again.inputs.periods - choice.holdout;
  const task = { data: again.read.data, settings: settings.model, sampler: settings.sampler, trained };
  const text = resultText(await trainInPool(task, context.signal), again.read.data.dates);
  const difference = largestDifference(result, JSON.parse(text));
  return {
    identical: difference <= 1e-9,
    sameData: again.inputs.dataHash === inputs?.dataHash,
    largestDifference: Math.min(difference, Number.MAX_VALUE),
  };
}

/**
 * The organisation's model changes, or those of one: first what was missed after a number, then live. Throws NOT_FOUND
 * for a model that is not this organisation's.
 */
export async function followTrainings(
  context: Context,
  { id, after }: { id?: string | null; after?: number | null },
): Promise<AsyncGenerator<MixEvent>> {
  if (id) await requireMix(context, id);
  return mixEvents(context, id ?? null, after);
}

async function* mixEvents(
  context: Context,
  id: string | null,
  after: number | null | undefined,
): AsyncGenerator<MixEvent> {
  const filter = ({ subjectId }: StoredEvent): boolean => id === null || subjectId === id;
  for await (const event of liveEvents(context, { topics: [mixChanged.topic], after, filter })) {
    const { sequence, at, subjectId } = event;
    const model = subjectId === null ? null : await mixById(context, subjectId);
    if (model) yield { sequence, at, model };
  }
}

async function requireMix(context: Context, id: string): Promise<StoredMix> {
  const model = await mixById(context, id);
  if (!model) throw notFound('mix model');
  return model;
}
