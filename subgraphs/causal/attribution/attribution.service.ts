import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit, type StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { attributionJob } from './attribution.jobs.ts';
import { runById, showRun, type Run } from './attribution.view.ts';
import { compareResults } from './compare-results.pure.ts';
import { computeInPool } from './compute-in-pool.ts';
import { readJourneys } from './read-journeys.ts';
import { attributionChanged, codeVersionOf } from './run-state.ts';
import { completeSettings, type AttributionInput, type AttributionSettings } from './settings.pure.ts';
import type { CausalTables } from './tables.ts';

export interface Reproduction {
  readonly identical: boolean;
  readonly sameData: boolean;
  readonly largestDifference: number;
}

export interface RunEvent {
  readonly sequence: number;
  readonly at: Date;
  readonly run: Run;
}

/** Store a run and send its job, together. Throws BAD_USER_INPUT naming the setting that cannot be used. */
export async function startRun(context: Context, input: AttributionInput): Promise<Run> {
  const settings = validSettings(input);
  const id = context.newId();
  return transaction(context, async (tx) => {
    const jobId = await enqueue(tx, attributionJob, { runId: id }, { subjectKind: 'attributionRun', subjectId: id });
    const row = await tables<CausalTables>(tx)
      .insertInto('causal.attribution_run')
      .values({
        organization_id: tx.organizationId,
        id,
        state: 'QUEUED',
        progress: 0,
        settings: JSON.stringify(settings),
        inputs: null as never,
        results: '[]',
        agreement: '[]',
        warnings: '[]',
        code_version: codeVersionOf(tx),
        job_id: jobId,
        created_at: tx.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const count = settings.models.length === 1 ? '1 model' : `${settings.models.length} models`;
    const summary = `Attribution with ${count} was started.`;
    await emit(tx, { ...attributionChanged, subjectId: id, summary, payload: { state: 'QUEUED' }, audit: true });
    return showRun(row);
  });
}

/** Stop a run; its computation ends at once. Throws NOT_FOUND, or CONFLICT when the run has ended. */
export async function cancelRun(context: Context, id: string): Promise<Run> {
  const run = await requireRun(context, id);
  if (run.jobId === null || (run.state !== 'QUEUED' && run.state !== 'RUNNING')) {
    throw new AppError('CONFLICT', 'The run has already ended.');
  }
  await context.runtime.jobs.cancel(context, run.jobId);
  return requireRun(context, id);
}

/**
 * Compute a finished run again from what is stored today, without changing the run. Throws NOT_FOUND, or CONFLICT for
 * a run without results. When the data has become unusable, everything credited counts as difference.
 */
export async function reproduceRun(context: Context, id: string): Promise<Reproduction> {
  const run = await requireRun(context, id);
  if (run.state !== 'SUCCEEDED') throw new AppError('CONFLICT', 'Only a run with results can be reproduced.');
  const { journeys } = await readJourneys(context, run.settings);
  const { dataHash, attribution } = await computeInPool(journeys, run.settings, context.signal);
  const again = attribution.kind === 'computed' ? attribution.results : [];
  return { sameData: dataHash === run.inputs?.dataHash, ...compareResults(run.results, again) };
}

/**
 * The organisation's run changes, or those of one run: first what was missed after a number, then live. Each brings
 * the run as it stands when delivered. Throws NOT_FOUND for a run that is not this organisation's.
 */
export async function followRuns(
  context: Context,
  { runId, after }: { runId?: string | null; after?: number | null },
): Promise<AsyncGenerator<RunEvent>> {
  if (runId) await requireRun(context, runId);
  return runEvents(context, runId ?? null, after);
}

async function* runEvents(
  context: Context,
  runId: string | null,
  after: number | null | undefined,
): AsyncGenerator<RunEvent> {
  const filter = ({ subjectId }: StoredEvent): boolean => runId === null || subjectId === runId;
  for await (const event of liveEvents(context, { topics: [attributionChanged.topic], after, filter })) {
    const { sequence, at, subjectId } = event;
    // Read anew for each event: the loader of this subscription would remember the first state.
    const run = subjectId === null ? null : await runById(context, subjectId);
    if (run) yield { sequence, at, run };
  }
}

function validSettings(input: AttributionInput): AttributionSettings {
  const settings = completeSettings(input);
  if ('field' in settings) throw badInput(`input.${settings.field}`, settings.reason);
  const unknown = settings.connectionIds?.find((id) => !isId(id));
  if (unknown !== undefined) throw badInput('input.connectionIds', 'There is no such connection.');
  return settings;
}

async function requireRun(context: Context, id: string): Promise<Run> {
  const run = await runById(context, id);
  if (!run) throw notFound('attribution run');
  return run;
}
