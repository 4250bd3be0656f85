import { CompiledQuery, type Kysely } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { AnyTables, Database } from '../database/database.ts';
import { inBackground } from '../database/turns.ts';
import type { Logger } from '../telemetry/log.ts';
import type { JobDefinition } from './define-job.ts';

/** What a delivery carries; everything else stands in the job's row, behind row-level security. */
export interface Ticket {
  organizationId: string;
  jobId: string;
}

/** Postgres schema that pg-boss keeps its tables in. */
const schema = 'queue';

/** A delivery is due by the database's clock. */
const wakeSlackMs = 15;
/** What is due later is found by polling. */
const longestWakeMs = 60_000;

/** The id of no job. */
const noJob = '00000000-0000-0000-0000-000000000000';

/** One number for creating the queue, to hold an advisory lock under. */
const lockKey = 7_203_419;

/** Deliveries are repeated until the job's own row says it has ended. */
const deliveries = { retryLimit: 1000, retryBackoff: true, retryDelayMax: 300, retentionSeconds: 14 * 86_400 };

/**
 * pg-boss on our database. It delivers tickets at least once, with delay, back-off and a heartbeat that notices dead
 * workers; what a job is and how it stands is kept in `runtime.job`.
 */
export class TicketQueue {
  readonly #boss: PgBoss;
  readonly #database: Database;
  /** Ids of this process's workers by type of job. */
  readonly #workers = new Map<string, string[]>();

  constructor(database: Database, log: Logger, works: boolean) {
    this.#database = database;
    const { driver } = database;
    this.#boss = new PgBoss({
      schema,
      backend: driver.kind === 'embedded' ? 'pglite' : 'postgres',
      db: {
        executeSql: (text, values) =>
          inBackground.run(true, () => (values?.length ? driver.query(null, text, values) : driver.script(text))),
        listen: async (channel, onNotification, onReconnect) => {
          const close = await driver.listen(channel, onNotification);
          onReconnect();
          return { close };
        },
      },
      useListenNotify: works,
      supervise: works,
      schedule: false,
      superviseIntervalSeconds: 15,
      monitorIntervalSeconds: 15,
      reindex: false,
      monitorVacuum: false,
    });
    this.#boss.on('error', (error) => log.error({ error }, 'The job queue failed.'));
  }

  /** Creates what is missing in the database and allows organisations' transactions to send. */
  start(definitions: Iterable<JobDefinition>): Promise<void> {
    return this.#alone(async () => {
      await this.#boss.start();
      const existing = new Set((await this.#boss.getQueues()).map((queue) => queue.name));
      for (const { type, timeoutSeconds = 900, retryDelaySeconds = 1 } of definitions) {
        if (existing.has(type)) continue;
        await this.#boss.createQueue(type, {
          ...deliveries,
          retryDelay: retryDelaySeconds,
          expireInSeconds: timeoutSeconds + 30,
          heartbeatSeconds: 15,
          notify: true,
        });
        // pg-boss looks a queue up before it first sends to it, on a connection of its own: on the embedded database
        // that would wait for the very transaction that sends. So it looks now.
        await this.#boss.getJobById(type, noJob);
      }
      await this.#database.driver.script(
        `grant usage on schema ${schema} to liftos_app;
         grant select, insert, update on all tables in schema ${schema} to liftos_app;
         grant execute on all functions in schema ${schema} to liftos_app;`,
      );
    });
  }

  /** Keeps processes that start together from creating the same tables; the embedded database has only one process. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const { driver } = this.#database;
    if (driver.kind === 'embedded') return work();
    const session = await driver.begin(null);
    try {
      await session.query('select pg_advisory_xact_lock($1)', [lockKey]);
      return await work();
    } finally {
      await session.commit();
    }
  }

  /** Sends inside a transaction, so that a delivery exists exactly when the job does. */
  async send(db: Kysely<AnyTables>, type: string, ticket: Ticket, id: string, options: SendOptions): Promise<void> {
    await this.#boss.send(type, ticket, { ...options, id, db: through(db) });
  }

  /** As `send`, in one statement. */
  async sendAll(
    db: Kysely<AnyTables>,
    type: string,
    tickets: readonly { id: string; data: Ticket; priority: number }[],
  ): Promise<void> {
    await this.#boss.insert(type, [...tickets], { db: through(db) });
  }

  async work(
    { type, concurrency = 2 }: JobDefinition,
    handler: (ticket: Ticket, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const options = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };
    for (let i = 0; i < concurrency; i += 1) {
      let worker = '';
      worker = await this.#boss.work<Ticket>(type, options, async (jobs) => {
        for (const job of jobs) await handler(job.data, job.signal);
        // More may be waiting: look again at once, not at the next poll.
        this.#boss.notifyWorker(worker);
      });
      this.#workers.set(type, [...(this.#workers.get(type) ?? []), worker]);
    }
  }

  /** Lets workers look for a delivery when its time comes, rather than at their next poll after it. */
  wake(type: string, at: Date): void {
    const delay = at.getTime() - Date.now() + wakeSlackMs;
    if (delay > longestWakeMs) return;
    setTimeout(
      () => {
        for (const worker of this.#workers.get(type) ?? []) this.#boss.notifyWorker(worker);
      },
      Math.max(0, delay),
    ).unref();
  }

  /** Tickets that a process held when it died: only safe to call when no other process can be working. */
  async releaseOrphans(): Promise<void> {
    const { rows } = await this.#database.driver.query(
      null,
      `select id, name from ${schema}.job where state = 'active'`,
      [],
    );
    for (const { id, name } of rows) await this.#boss.fail(String(name), String(id), { message: 'The process ended.' });
    await this.#database.driver.query(
      null,
      `update ${schema}.job set start_after = now() where state = 'retry' and start_after > now() and id = any($1)`,
      [rows.map((row) => row.id)],
    );
  }

  async cancel(type: string, ticketId: string): Promise<void> {
    await this.#boss.cancel(type, ticketId);
  }

  /** Stops fetching; running handlers get until the time-out to finish. */
  async stop(timeoutMillis: number): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: timeoutMillis, close: false });
  }
}

export interface SendOptions {
  startAfter?: Date;
  priority?: number;
}

/** Lets pg-boss run its statement in a transaction of ours. */
function through(db: Kysely<AnyTables>) {
  return {
    async executeSql(text: string, values?: unknown[]) {
      const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values ?? []));
      return { rows };
    },
  };
}
