import { tables, type Context } from '../context.ts';
import { transaction } from '../create-context.ts';
import { insideTransaction } from '../database/dialect.ts';
import { AppError, isAppError, loggable } from '../errors.ts';
import { Postpone, type JobContext, type JobDefinition } from './define-job.ts';
import { JobLogWriter } from './job-log.ts';
import { emitChange, endJob } from './change.ts';
import { endedStates, type JobTables, type StoredJob } from './store.ts';

/** At most so often is a job's progress written. */
const progressMillis = 250;

/**
 * Runs one attempt of a job that was delivered. Returns when the delivery is settled; throws to have it delivered
 * again after a pause.
 */
export async function runAttempt(
  context: Context,
  definition: JobDefinition,
  jobId: string,
  controller: AbortController,
  isStopping: () => boolean,
): Promise<void> {
  const job = await claim(context, jobId);
  if (!job) return;
  const log = new JobLogWriter(context, job.id, job.attempt);
  if (job.attempt > job.max_attempts) {
    return fail(context, definition, job, log, new AppError('UNAVAILABLE', 'The process ended while the job ran.'));
  }
  const seconds = definition.timeoutSeconds ?? 900;
  const timer = setTimeout(
    () => controller.abort(new AppError('TIMEOUT', `The attempt took longer than ${seconds} s.`)),
    seconds * 1000,
  );
  const stop = context.runtime.metrics.jobs.startTimer({ type: job.type });
  try {
    log.add('info', `Attempt ${job.attempt} of ${job.max_attempts} begins.`);
    await definition.handler(jobContext(context, job, log, definition.maxAttempts ?? 3), job.payload);
    context.signal.throwIfAborted();
    log.add('info', 'Done.');
    await log.flush();
    await finish(context, job);
    stop({ outcome: 'succeeded' });
  } catch (error) {
    stop({ outcome: 'failed' });
    await settle(context, definition, job, log, context.signal.aborted ? context.signal.reason : error, isStopping());
  } finally {
    clearTimeout(timer);
  }
}

/** Takes the job for this attempt; undefined when it has ended meanwhile. */
function claim(context: Context, jobId: string): Promise<StoredJob | undefined> {
  return transaction(context, async (tx) => {
    const claimed = await tables<JobTables>(tx)
      .updateTable('runtime.job')
      .set((eb) => ({
        state: 'running',
        attempt: eb('attempt', '+', 1),
        started_at: eb.fn.coalesce('started_at', eb.val(tx.now())),
        finished_at: null,
      }))
      .where('id', '=', jobId)
      .where('state', 'not in', endedStates)
      .returningAll()
      .executeTakeFirst();
    if (claimed) await emitChange(tx, claimed, 'running');
    return claimed;
  });
}

function finish(context: Context, job: StoredJob): Promise<void> {
  return transaction(context, async (tx) => {
    await endJob(tx, job, 'succeeded');
    await emitChange(tx, job, 'succeeded');
  });
}

async function settle(
  context: Context,
  definition: JobDefinition,
  job: StoredJob,
  log: JobLogWriter,
  error: unknown,
  stopping: boolean,
): Promise<void> {
  if (isAppError(error) && error.code === 'CANCELLED') {
    log.add('warn', 'Cancelled.');
    return log.flush();
  }
  if (error instanceof Postpone) {
    log.add('info', `Goes on at ${error.until.toISOString()}: ${error.message}`);
    await log.flush();
    return transaction(context, async (tx) => {
      await tx.runtime.jobs.resend(tx, job, 'queued', error.until);
      await uncount(tx, job);
    });
  }
  if (stopping) {
    log.add('info', 'Cut off by a shutdown; goes on at the next start.');
    await log.flush();
    await transaction(context, (tx) => giveBack(tx, job));
    throw error;
  }
  if (job.attempt >= job.max_attempts || isFinal(error)) return fail(context, definition, job, log, error);
  log.add('warn', `Attempt ${job.attempt} failed: ${messageOf(error)}`);
  await log.flush();
  await transaction(context, async (tx) => {
    await tables<JobTables>(tx)
      .updateTable('runtime.job')
      .set({ state: 'retrying', error: JSON.stringify(describe(error)) as never })
      .where('id', '=', job.id)
      .execute();
    await emitChange(tx, job, 'retrying');
  });
  throw error;
}

/** An attempt that a shutdown cut off does not count. */
async function giveBack(tx: Context, job: StoredJob): Promise<void> {
  await tables<JobTables>(tx).updateTable('runtime.job').set({ state: 'retrying' }).where('id', '=', job.id).execute();
  await uncount(tx, job);
  await emitChange(tx, job, 'retrying');
}

function uncount(tx: Context, job: StoredJob): Promise<unknown> {
  const update = tables<JobTables>(tx)
    .updateTable('runtime.job')
    .set({ attempt: job.attempt - 1 });
  return update.where('id', '=', job.id).execute();
}

/** Errors that no repetition mends. */
function isFinal(error: unknown): boolean {
  return (
    isAppError(error) && ['BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'QUOTA_EXCEEDED'].includes(error.code)
  );
}

async function fail(
  context: Context,
  definition: JobDefinition,
  job: StoredJob,
  log: JobLogWriter,
  error: unknown,
): Promise<void> {
  const described = describe(error);
  log.add('error', `Failed: ${described.message}`);
  await log.flush();
  context.log.warn({ error, jobId: job.id, type: job.type }, 'A job failed.');
  await transaction(context, async (tx) => {
    // Read again: the job may have moved on from what it began with.
    const { payload } = await endJob(tx, job, 'failed', described);
    await definition.onEnd?.(tx, payload, { state: 'failed', ...described });
    await emitChange(tx, job, 'failed');
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe(error: unknown): { code: string; message: string; stack?: string } {
  const { stack } = loggable(error) as { stack?: string };
  return { code: isAppError(error) ? error.code : 'INTERNAL', message: messageOf(error), ...(stack ? { stack } : {}) };
}

function jobContext(context: Context, job: StoredJob, log: JobLogWriter, most: number): JobContext {
  // A short job says nothing before its end; one that begins again says at once that it gets on.
  let written = job.attempt === 1 ? performance.now() : 0;
  return Object.assign(Object.create(context) as Context, {
    job: { id: job.id, attempt: job.attempt, maxAttempts: job.max_attempts, subjectId: job.subject_id },
    logLine: (level: Parameters<JobContext['logLine']>[0], message: string) => log.add(level, message),
    moveOn: (tx: Context, payload: object) => moveOn(tx, job, payload),
    progress(fraction: number) {
      if (performance.now() - written < progressMillis) return;
      written = performance.now();
      const progress = Math.min(1, Math.max(0, fraction));
      const update = tables<JobTables>(context)
        .updateTable('runtime.job')
        // Attempts count from the last progress on: a long job may outlive many crashes as long as it gets on.
        .set({ progress, max_attempts: job.attempt + most - 1 })
        .where('id', '=', job.id);
      // Not part of whatever transaction the handler may be inside of.
      void insideTransaction.exit(() =>
        update.execute().catch((error: unknown) => context.log.warn({ error }, 'Progress was not written.')),
      );
    },
  });
}

/** Whoever cancels the job holds its row and goes on to its subject, so it must not be waited for from there. */
async function moveOn(tx: Context, job: StoredJob, payload: object): Promise<boolean> {
  const db = tables<JobTables>(tx);
  const mine = db
    .selectFrom('runtime.job')
    .select('id')
    .where('id', '=', job.id)
    .where('state', '=', 'running')
    .where('attempt', '=', job.attempt)
    .forUpdate()
    .skipLocked();
  const moved = await db
    .updateTable('runtime.job')
    .set({ payload: JSON.stringify(payload) })
    .where('id', 'in', mine)
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}
