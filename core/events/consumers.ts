import { sql, type Kysely } from 'kysely';
import { systemPrincipal, type Context } from '../context.ts';
import { createContext, transaction } from '../create-context.ts';
import { inBackground } from '../database/turns.ts';
import { loggable } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { channel } from './channel.ts';
import { eventsAfter, type EventTables, type StoredEvent } from './events.ts';

/**
 * Durable reaction to domain events. Called with each event of its topics once, in order, in a transaction that also
 * moves its cursor: what it writes through `tx` happens exactly once.
 */
export interface Consumer {
  /** e.g. `identity.audit`; names the cursor and must never change. */
  name: string;
  topics: readonly string[];
  handle(tx: Context, event: StoredEvent): Promise<void>;
}

const batchSize = 200;
const maxAttempts = 5;
const pollMillis = 5000;
/** Rounds begin no closer together: events that come in a crowd are then handled in few batches. */
const restMillis = 100;

/** Runs the consumers of a process. Several processes may run the same ones: a cursor is worked on by one at a time. */
export class Consumers {
  readonly #consumers: Consumer[] = [];
  #runtime!: Runtime;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #pending = false;
  #stopped = false;
  #lastRound = 0;
  /** Cuts the rest before the next round short. */
  #hurry: () => void = () => undefined;

  add(consumer: Consumer): void {
    this.#consumers.push(consumer);
  }

  start(runtime: Runtime): void {
    this.#runtime = runtime;
    this.#unsubscribe = runtime.bus.subscribe(channel.anyEvent(), () => this.#wake());
    this.#timer = setInterval(() => this.#wake(), pollMillis);
    this.#wake();
  }

  /** Resolves once everything that was committed before the call has been handled. */
  async settle(): Promise<void> {
    this.#wake();
    let round: Promise<void>;
    do {
      this.#hurry();
      round = this.#round;
      await round;
    } while (round !== this.#round);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    clearInterval(this.#timer);
    this.#hurry();
    await this.#round;
  }

  #wake(): void {
    if (this.#pending || this.#stopped) return;
    this.#pending = true;
    const rested = this.#rest();
    this.#round = this.#round.then(async () => {
      await rested;
      this.#pending = false;
      this.#lastRound = performance.now();
      await inBackground
        .run(true, () => this.#runAll())
        .catch((error: unknown) => this.#runtime.log.error({ error }, 'Event consumers failed.'));
    });
  }

  #rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.max(0, this.#lastRound + restMillis - performance.now()));
    this.#hurry = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }

  async #runAll(): Promise<void> {
    for (const consumer of this.#consumers) {
      for (const organizationId of await this.#behind(consumer)) {
        while (!this.#stopped && (await this.#runBatch(consumer, organizationId))) {
          // goes on until the cursor has caught up
        }
      }
    }
  }

  async #behind(consumer: Consumer): Promise<string[]> {
    const { rows } = await sql<{ organization_id: string }>`
      select s.organization_id from runtime.event_sequence s
      left join runtime.event_cursor c on c.organization_id = s.organization_id and c.consumer = ${consumer.name}
      where s.last > coalesce(c.sequence, 0) and (c.retry_at is null or c.retry_at <= ${this.#runtime.now()})
    `.execute(this.#runtime.database.system);
    return rows.map((row) => row.organization_id);
  }

  /** Handles one batch; true when there may be more. */
  async #runBatch(consumer: Consumer, organizationId: string): Promise<boolean> {
    const context = createContext({ runtime: this.#runtime, principal: systemPrincipal(organizationId) });
    let current: StoredEvent | undefined;
    try {
      return await transaction(context, async (tx) => {
        const cursor = await lockCursor(tx, consumer.name);
        if (cursor === undefined) return false;
        const events = await eventsAfter(tx.db as Kysely<EventTables>, cursor, batchSize);
        for (const event of events) {
          if (!consumer.topics.includes(event.topic) && !consumer.topics.includes('*')) continue;
          current = event;
          await consumer.handle(tx, event);
        }
        const last = events.at(-1);
        if (last) await moveCursor(tx, consumer.name, last.sequence);
        return events.length === batchSize;
      });
    } catch (error) {
      await this.#giveUpOrRetry(context, consumer.name, current, error);
      return false;
    }
  }

  async #giveUpOrRetry(context: Context, name: string, event: StoredEvent | undefined, error: unknown): Promise<void> {
    context.log.error({ error, consumer: name, sequence: event?.sequence }, 'An event could not be handled.');
    await transaction(context, async (tx) => {
      const { rows } = await sql<{ attempts: number }>`
        update runtime.event_cursor set attempts = attempts + 1,
          retry_at = ${tx.now()}::timestamptz + interval '1 second' * power(2, attempts)
        where consumer = ${name} and organization_id = ${tx.organizationId} returning attempts`.execute(tx.db);
      if (!event || (rows[0]?.attempts ?? 0) < maxAttempts) return;
      await sql`insert into runtime.event_failure (consumer, organization_id, sequence, error)
        values (${name}, ${tx.organizationId}, ${event.sequence}, ${JSON.stringify(loggable(error))})
        on conflict do nothing`.execute(tx.db);
      await moveCursor(tx, name, event.sequence);
    });
  }
}

/** Takes the cursor for this transaction; undefined when another process holds it. */
async function lockCursor(tx: Context, name: string): Promise<number | undefined> {
  await sql`insert into runtime.event_cursor (consumer, organization_id, sequence)
    values (${name}, ${tx.organizationId}, 0) on conflict do nothing`.execute(tx.db);
  const { rows } = await sql<{ sequence: number }>`
    select sequence from runtime.event_cursor
    where consumer = ${name} and organization_id = ${tx.organizationId} for update skip locked`.execute(tx.db);
  return rows[0]?.sequence;
}

async function moveCursor(tx: Context, name: string, sequence: number): Promise<void> {
  await sql`update runtime.event_cursor set sequence = ${sequence}, attempts = 0, retry_at = null
    where consumer = ${name} and organization_id = ${tx.organizationId}`.execute(tx.db);
}
