import { tables, type Context } from '@liftos/core/context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { RunState } from '../attribution/tables.ts';
import type { MixInputs, MixTables } from './tables.ts';

/** Topic and subject of the events that tell of a model. */
export const mixChanged = { topic: 'mixModel.changed', subjectKind: 'mixModel' } as const;

/** Grows when a change of the methods changes results. */
const methodsVersion = 1;

/** Version of the product and of the methods that train a model. */
export function mixVersionOf(context: Context): string {
  return `${context.runtime.version}-mix.${methodsVersion}`;
}

/** Mark a model as being trained, again after a failed attempt. False when it was finished before. */
export async function beginMix(tx: Context, id: string): Promise<boolean> {
  const changed = await models(tx)
    .set({
      state: 'RUNNING',
      progress: 0,
      error: null,
      code_version: mixVersionOf(tx),
      started_at: tx.now(),
      finished_at: null,
    })
    .where('id', '=', id)
    .where('state', '!=', 'SUCCEEDED')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return false;
  await tell(tx, id, 'RUNNING');
  return true;
}

/** Note how far a training is. */
export async function noteMixProgress(tx: Context, id: string, progress: number): Promise<void> {
  const changed = await models(tx)
    .set({ progress })
    .where('id', '=', id)
    .where('state', '=', 'RUNNING')
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n) await tell(tx, id, 'RUNNING');
}

export interface MixFindings {
  readonly inputs: MixInputs;
  /** As JSON text. */
  readonly result: string;
  readonly warnings: readonly string[];
  readonly computeMillis: number;
}

/** Store the result, unless the training was cancelled meanwhile. */
export async function finishMix(tx: Context, id: string, findings: MixFindings): Promise<void> {
  const changed = await models(tx)
    .set({
      state: 'SUCCEEDED',
      progress: 1,
      inputs: JSON.stringify(findings.inputs),
      result: findings.result,
      warnings: JSON.stringify(findings.warnings),
      compute_millis: findings.computeMillis,
      finished_at: tx.now(),
    })
    .where('id', '=', id)
    .where('state', '=', 'RUNNING')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  const { periods, channels } = findings.inputs;
  await tell(tx, id, 'SUCCEEDED', `A mix model of ${channels.length} channels over ${periods} periods is trained.`);
}

/** Say that a training ended without a result. */
export async function abandonMix(tx: Context, id: string, state: 'FAILED' | 'CANCELLED', error: string): Promise<void> {
  const changed = await models(tx)
    .set({ state, error, finished_at: tx.now() })
    .where('id', '=', id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  await tell(tx, id, state, state === 'FAILED' ? `Training failed: ${error}` : 'Training was cancelled.');
}

function models(tx: Context) {
  return tables<MixTables>(tx).updateTable('causal.mix_model');
}

function tell(tx: Context, id: string, state: RunState, summary?: string): Promise<void> {
  const event = { ...mixChanged, subjectId: id, payload: { state } };
  return emit(tx, summary === undefined ? event : { ...event, summary });
}
