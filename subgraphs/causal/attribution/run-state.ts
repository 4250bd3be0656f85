import { tables, type Context } from '@liftos/core/context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Computed } from './attribution.worker.ts';
import type { CostedResult } from './add-spend.pure.ts';
import type { CausalTables, RunInputs, RunState } from './tables.ts';

/** Topic and subject of the events that tell of a run. */
export const attributionChanged = { topic: 'attribution.changed', subjectKind: 'attributionRun' } as const;

/** Grows when a change of the methods changes results. */
const methodsVersion = 1;

/** Version of the product and of the methods that compute a run. */
export function codeVersionOf(context: Context): string {
  return `${context.runtime.version}-attribution.${methodsVersion}`;
}

/** Mark a run as being computed, again after a failed attempt. False when it was finished before. */
export async function beginRun(tx: Context, id: string): Promise<boolean> {
  const changed = await runs(tx)
    .set({
      state: 'RUNNING',
      progress: 0,
      error: null,
      code_version: codeVersionOf(tx),
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

/** Note how far a running run is. */
export async function noteProgress(tx: Context, id: string, progress: number): Promise<void> {
  const changed = await runs(tx)
    .set({ progress })
    .where('id', '=', id)
    .where('state', '=', 'RUNNING')
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n) await tell(tx, id, 'RUNNING');
}

/** Everything a finished run keeps. */
export interface Findings extends Pick<Computed, 'computeMillis'> {
  readonly inputs: RunInputs;
  readonly results: readonly CostedResult[];
  readonly agreement: readonly object[];
  readonly warnings: readonly string[];
}

/** Store the results, unless the run was cancelled meanwhile. */
export async function finishRun(tx: Context, id: string, findings: Findings): Promise<void> {
  const changed = await runs(tx)
    .set({
      state: 'SUCCEEDED',
      progress: 1,
      inputs: JSON.stringify(findings.inputs),
      results: JSON.stringify(findings.results),
      agreement: JSON.stringify(findings.agreement),
      warnings: JSON.stringify(findings.warnings),
      compute_millis: findings.computeMillis,
      finished_at: tx.now(),
    })
    .where('id', '=', id)
    .where('state', '=', 'RUNNING')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  const journeys = findings.inputs.journeys.toLocaleString('en');
  await tell(tx, id, 'SUCCEEDED', `Attribution of ${journeys} journeys is ready.`);
}

/** Say that a run ended without results. */
export async function abandonRun(tx: Context, id: string, state: 'FAILED' | 'CANCELLED', error: string): Promise<void> {
  const changed = await runs(tx)
    .set({ state, error, finished_at: tx.now() })
    .where('id', '=', id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  await tell(tx, id, state, state === 'FAILED' ? `Attribution failed: ${error}` : 'Attribution was cancelled.');
}

function runs(tx: Context) {
  return tables<CausalTables>(tx).updateTable('causal.attribution_run');
}

function tell(tx: Context, id: string, state: RunState, summary?: string): Promise<void> {
  const event = { ...attributionChanged, subjectId: id, payload: { state } };
  return emit(tx, summary === undefined ? event : { ...event, summary });
}
