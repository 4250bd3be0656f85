import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { insertRun } from '../runs/run-state.ts';
import type { ReproducibleKind } from './reproducible.ts';
import { reproducibles } from './reproducibles.ts';
import { reproductionJob } from './reproduction.jobs.ts';
import { reproductions, type StoredReproduction } from './reproduction.runs.ts';

/** Store a reproduction and send its job, together. Throws NOT_FOUND, or CONFLICT when there is nothing to reproduce. */
export async function startReproduction(
  context: Context,
  kind: ReproducibleKind,
  id: string,
): Promise<StoredReproduction> {
  await reproducibles[kind].check(context, id);
  const own = { kind, subject_id: id, identical: null, same_data: null, largest_difference: null };
  const summary = `A stored ${kind.toLowerCase().replaceAll('_', ' ')} is computed again.`;
  return transaction(context, (tx) => insertRun(reproductions, tx, reproductionJob, own, summary));
}
