import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { insideTransaction } from '../database/dialect.ts';
import { channel } from '../events/channel.ts';
import { Queue } from '../events/queue.ts';
import { jobLog, type StoredLogLine } from './store.ts';
import type { LogLevel } from './define-job.ts';

/** Lines that may wait to be written before the oldest are dropped. */
const waitingLimit = 1000;
/** Lines wait so long for others to be written with. */
const gatherMs = 100;

/** Collects a job's log lines and writes them in sets, in the background, in order. */
export class JobLogWriter {
  readonly #context: Context;
  readonly #jobId: string;
  readonly #attempt: number;
  #waiting: { at: Date; level: LogLevel; message: string }[] = [];
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(context: Context, jobId: string, attempt: number) {
    this.#context = context;
    this.#jobId = jobId;
    this.#attempt = attempt;
  }

  add(level: LogLevel, message: string): void {
    if (this.#waiting.length >= waitingLimit) this.#waiting.shift();
    this.#waiting.push({ at: this.#context.now(), level, message: message.slice(0, 4000) });
    if (this.#waiting.length > 1) return;
    // Not part of whatever transaction the handler may be inside of.
    this.#timer = insideTransaction.exit(() => setTimeout(() => this.#writeNext(), gatherMs));
  }

  #writeNext(): void {
    this.#writing = this.#writing.then(() => this.#write());
  }

  /** Resolves once everything added so far is stored. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#writeNext();
    await this.#writing;
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    const { organizationId, db } = this.#context;
    try {
      const { rows } = await sql<StoredLogLine>`
        insert into runtime.job_log (organization_id, job_id, sequence, at, level, message, attempt)
        select ${organizationId}, ${this.#jobId},
          (select coalesce(max(sequence), 0) from runtime.job_log where job_id = ${this.#jobId}) + line.position,
          line.at, line.level, line.message, ${this.#attempt}::integer
        from unnest(${lines.map((line) => line.at)}::timestamptz[], ${lines.map((line) => line.level)}::text[],
          ${lines.map((line) => line.message)}::text[]) with ordinality as line (at, level, message, position)
        order by line.position
        returning *`.execute(db);
      for (const row of rows) this.#context.runtime.bus.publish(channel.jobLog(organizationId, this.#jobId), row);
    } catch (error) {
      this.#context.log.warn({ error, jobId: this.#jobId }, 'A job log could not be written.');
    }
  }
}

/** A job's log, each line exactly once: first what came after `after`, then lines as they are written. */
export async function* liveJobLog(context: Context, jobId: string, after: number): AsyncGenerator<StoredLogLine> {
  const queue = new Queue<StoredLogLine | 'poll'>(5000);
  const unsubscribe = context.runtime.bus.subscribe(channel.jobLog(context.organizationId, jobId), (line) =>
    queue.push({ ...(line as StoredLogLine), at: new Date((line as StoredLogLine).at) }),
  );
  const poll = setInterval(() => queue.pushIfEmpty('poll'), 5000);
  const stop = (): void => queue.end();
  context.signal.addEventListener('abort', stop, { once: true });
  let last = after;
  try {
    queue.push('poll');
    for await (const item of queue) {
      const gap = item === 'poll' || item.sequence > last + 1;
      for (const line of gap ? await allAfter(context, jobId, last) : [item]) {
        if (line.sequence <= last) continue;
        last = line.sequence;
        yield line;
      }
    }
  } finally {
    clearInterval(poll);
    unsubscribe();
    context.signal.removeEventListener('abort', stop);
  }
}

async function allAfter(context: Context, jobId: string, after: number): Promise<StoredLogLine[]> {
  const lines: StoredLogLine[] = [];
  for (;;) {
    const page = await jobLog(context, jobId, lines.at(-1)?.sequence ?? after, 1000);
    lines.push(...page);
    if (page.length < 1000) return lines;
  }
}
