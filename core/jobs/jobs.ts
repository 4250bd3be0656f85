import { systemPrincipal, tables, type Context } from '../context.ts';
import { createContext, transaction } from '../create-context.ts';
import { inBackground } from '../database/turns.ts';
import { AppError, notFound } from '../errors.ts';
import { channel } from '../events/channel.ts';
import { newId } from '../ids.ts';
import type { Runtime } from '../runtime.ts';
import { emitChange, endJob } from './change.ts';
import type { JobDefinition } from './define-job.ts';
import type { Ticket, TicketQueue } from './queue.ts';
import { runAttempt } from './run-attempt.ts';
import { hasEnded, type JobTables, type StoredJob } from './store.ts';

export interface EnqueueOptions {
  subjectKind?: string;
  subjectId?: string;
  /** Not before this time. */
  startAfter?: Date;
  /** Higher goes first; 0 when absent. */
  priority?: number;
}

/** Background work of one process: what kinds there are, sending, running, cancelling. */
export class Jobs {
  readonly #definitions = new Map<string, JobDefinition>();
  readonly #queue: TicketQueue;
  /** Attempts that run in this process, to cancel by job id. */
  readonly #running = new Map<string, AbortController>();
  #runtime!: Runtime;
  #unsubscribe: () => void = () => undefined;
  #stopping = false;

  constructor(queue: TicketQueue) {
    this.#queue = queue;
  }

  define(definition: JobDefinition): void {
    this.#definitions.set(definition.type, definition);
  }

  /** Prepares the queue; with `work` also begins to run jobs. */
  async start(runtime: Runtime, work: boolean): Promise<void> {
    this.#runtime = runtime;
    await this.#queue.start(this.#definitions.values());
    if (!work) return;
    this.#unsubscribe = runtime.bus.subscribe(channel.cancelJob(), (id) => this.#abort(String(id)));
    if (runtime.database.driver.kind === 'embedded') await this.#queue.releaseOrphans();
    for (const definition of this.#definitions.values()) {
      await this.#queue.work(definition, (ticket, signal) =>
        this.#deliver(definition, ticket.organizationId, ticket.jobId, signal),
      );
    }
  }

  #abort(jobId: string): void {
    this.#running.get(jobId)?.abort(new AppError('CANCELLED', 'The job was cancelled.'));
  }

  async #deliver(definition: JobDefinition, organizationId: string, jobId: string, lost: AbortSignal): Promise<void> {
    const controller = new AbortController();
    const principal = systemPrincipal(organizationId);
    const signal = AbortSignal.any([controller.signal, lost]);
    const context = createContext({ runtime: this.#runtime, principal, signal });
    this.#running.set(jobId, controller);
    try {
      await inBackground.run(true, () => runAttempt(context, definition, jobId, controller, () => this.#stopping));
    } finally {
      this.#running.delete(jobId);
    }
  }

  /** See `enqueue`. */
  async send(tx: Context, type: string, payload: unknown, options: EnqueueOptions): Promise<string> {
    const job = this.#newJob(tx, type, payload, options);
    await tables<JobTables>(tx)
      .insertInto('runtime.job')
      .values(job as never)
      .execute();
    await this.#sendTicket(tx, job, options);
    return job.id;
  }

  /** As `send`, for several at once; their ids in the same order. */
  async sendAll(
    tx: Context,
    type: string,
    wishes: readonly { payload: unknown; priority: number }[],
    options: Pick<EnqueueOptions, 'subjectKind' | 'subjectId'>,
  ): Promise<string[]> {
    if (wishes.length === 0) return [];
    const jobs = wishes.map(({ payload }) => this.#newJob(tx, type, payload, options));
    await tables<JobTables>(tx)
      .insertInto('runtime.job')
      .values(jobs as never)
      .execute();
    const data = (jobId: string): Ticket => ({ organizationId: tx.organizationId, jobId });
    const tickets = jobs.map((job, i) => ({ id: job.ticket, data: data(job.id), priority: wishes[i]!.priority }));
    await this.#queue.sendAll(tx.db, type, tickets);
    return jobs.map(({ id }) => id);
  }

  #newJob(tx: Context, type: string, payload: unknown, options: EnqueueOptions) {
    const definition = this.#definitions.get(type);
    if (!definition) throw new Error(`No job is called ${type}.`);
    return {
      organization_id: tx.organizationId,
      id: newId(),
      type,
      state: 'queued' as const,
      attempt: 0,
      max_attempts: definition.maxAttempts ?? 3,
      owner: tx.principal.id,
      subject_kind: options.subjectKind ?? null,
      subject_id: options.subjectId ?? null,
      payload: JSON.stringify(payload),
      ticket: newId(),
      correlation_id: tx.correlationId,
    };
  }

  async #sendTicket(
    tx: Context,
    job: Pick<StoredJob, 'id' | 'type' | 'ticket'>,
    options: EnqueueOptions,
  ): Promise<void> {
    const { startAfter, priority } = options;
    await this.#queue.send(tx.db, job.type, { organizationId: tx.organizationId, jobId: job.id }, job.ticket, {
      ...(startAfter ? { startAfter } : {}),
      ...(priority ? { priority } : {}),
    });
  }

  /** Sends a job that exists again, e.g. after a rate limit's reset. */
  async resend(
    tx: Context,
    job: Pick<StoredJob, 'id' | 'type'>,
    state: 'queued' | 'retrying',
    startAfter?: Date,
  ): Promise<void> {
    const ticket = newId();
    await tables<JobTables>(tx)
      .updateTable('runtime.job')
      .set({ state, ticket, finished_at: null })
      .where('id', '=', job.id)
      .execute();
    await this.#sendTicket(tx, { ...job, ticket }, startAfter ? { startAfter } : {});
    if (startAfter) tx.afterCommit(() => this.#queue.wake(job.type, startAfter));
    await emitChange(tx, job, state);
  }

  /** Stops a job. What runs is told through its signal. Throws NOT_FOUND, or CONFLICT when it has ended. */
  async cancel(context: Context, id: string): Promise<StoredJob> {
    const job = await transaction(context, async (tx) => {
      const found = await lockJob(tx, id);
      if (hasEnded(found.state)) throw new AppError('CONFLICT', 'The job has already ended.');
      const error = { code: 'CANCELLED', message: `Cancelled by ${context.principal.name}.` };
      const cancelled = await endJob(tx, found, 'cancelled', error);
      const definition = this.#definitions.get(found.type);
      await definition?.onEnd?.(tx, found.payload, { state: 'cancelled', ...error });
      await emitChange(tx, found, 'cancelled', definition === undefined);
      return cancelled;
    });
    this.#abort(id);
    context.runtime.bus.publish(channel.cancelJob(), id);
    await this.#queue.cancel(job.type, job.ticket);
    return job;
  }

  /** Runs a failed or cancelled job again, with all its attempts. Throws NOT_FOUND or CONFLICT. */
  retry(context: Context, id: string): Promise<StoredJob> {
    return transaction(context, async (tx) => {
      const job = await lockJob(tx, id);
      if (job.state !== 'failed' && job.state !== 'cancelled') {
        throw new AppError('CONFLICT', 'Only a failed or cancelled job can be run again.');
      }
      await tables<JobTables>(tx)
        .updateTable('runtime.job')
        .set({ max_attempts: job.attempt + (this.#definitions.get(job.type)?.maxAttempts ?? 3), error: null })
        .where('id', '=', id)
        .execute();
      await this.resend(tx, job, 'queued');
      return lockJob(tx, id);
    });
  }

  /** Stops taking jobs and gives running attempts until the time-out; what is cut off runs again at the next start. */
  async stop(timeoutMillis: number): Promise<void> {
    this.#stopping = true;
    this.#unsubscribe();
    const reason = new AppError('UNAVAILABLE', 'The process is shutting down.');
    for (const controller of this.#running.values()) controller.abort(reason);
    await this.#queue.stop(timeoutMillis);
  }
}

/**
 * Adds a job in the caller's transaction: it exists exactly when the rest is committed. Returns its id.
 */
export function enqueue<P>(
  tx: Context,
  job: JobDefinition<P>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<string> {
  return tx.runtime.jobs.send(tx, job.type, payload, options);
}

async function lockJob(tx: Context, id: string): Promise<StoredJob> {
  const query = tables<JobTables>(tx).selectFrom('runtime.job').selectAll().where('id', '=', id).forUpdate();
  return query.executeTakeFirstOrThrow(() => notFound('job'));
}
