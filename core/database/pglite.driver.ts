import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { scopeStatements, type Driver, type QueryResult, type Scope, type Session } from './driver.ts';
import { DatabaseError, type Reply, type Request, type WorkerOptions } from './pglite.protocol.ts';
import { inBackground, Turns } from './turns.ts';

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

type Body<R = Request> = R extends Request ? Omit<R, 'id'> : never;

/** Longest a single statement may take before the worker counts as wedged (a full disk does that) and is replaced. */
const statementSeconds = 120;

/** Pause between attempts to open the directory again. */
const reopenMillis = 1000;

/** Postgres' code. The embedded database answers no further statement after this one. */
const diskFull = '53100';

/** Longest a transaction may hold the only connection. */
const transactionSeconds = 60;

/**
 * PGlite in a worker thread: on the main thread its awaits resolve as microtasks and starve timers and sockets.
 * It has one connection, so transactions and single statements take turns.
 */
export class PgliteDriver implements Driver {
  readonly kind = 'embedded';
  readonly #options: WorkerOptions;
  #worker!: Worker;
  #lastId = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  readonly #turns = new Turns();
  #closing = false;
  #replacing: Promise<void> | undefined;
  /** Counts the workers, so that a transaction of one does not go on in the next. */
  #generation = 0;

  private constructor(options: WorkerOptions) {
    this.#options = options;
  }

  static async open(options: WorkerOptions): Promise<PgliteDriver> {
    const driver = new PgliteDriver(options);
    await driver.#start();
    return driver;
  }

  #start(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { workerData: this.#options });
    this.#worker = worker;
    worker.on('message', (reply: Reply) => {
      if (worker !== this.#worker) return;
      if ('ready' in reply) resolve();
      else this.#receive(reply);
    });
    worker.once('error', (error) => {
      reject(error);
      if (worker === this.#worker) this.#replace(error);
    });
    return promise;
  }

  #receive(reply: Exclude<Reply, { ready: true }>): void {
    if ('notification' in reply) {
      for (const callback of this.#listeners.get(reply.notification) ?? []) callback(reply.payload);
      return;
    }
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (!('error' in reply)) return pending.resolve(reply.value);
    if (reply.error.code !== diskFull) return pending.reject(new DatabaseError(reply.error));
    const cause = new DatabaseError(reply.error);
    pending.reject(new AppError('UNAVAILABLE', 'The disk is full; nothing was stored.', {}, { cause }));
    return this.#replace(cause);
  }

  #failAll(cause: unknown): void {
    const error = new AppError('UNAVAILABLE', 'The embedded database stopped.', {}, { cause });
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(error);
    }
    this.#pending.clear();
  }

  #request(body: Body): Promise<unknown> {
    if (this.#replacing) throw new AppError('UNAVAILABLE', 'The embedded database is being opened again.');
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const wedged = new Error(`A statement did not return within ${statementSeconds} s.`);
    const timer = setTimeout(() => this.#replace(wedged), statementSeconds * 1000);
    timer.unref();
    this.#pending.set(id, { resolve, reject, timer });
    this.#worker.postMessage({ id, ...body });
    return promise;
  }

  /**
   * Ends a worker that cannot go on and opens the directory again, as often as it takes; what was acknowledged is on
   * disk. Until then every request fails as UNAVAILABLE, and open transactions are lost.
   */
  #replace(cause: unknown): void {
    if (this.#closing || this.#replacing || !this.#options.dataDir) return;
    this.#generation++;
    this.#failAll(cause);
    this.#replacing = this.#reopen().finally(() => {
      this.#replacing = undefined;
      for (const channel of this.#listeners.keys()) void this.#request({ kind: 'listen', channel });
    });
  }

  async #reopen(): Promise<void> {
    await this.#worker.terminate();
    while (!this.#closing) {
      try {
        return await this.#start();
      } catch {
        await this.#worker.terminate();
        await delay(reopenMillis);
      }
    }
  }

  async #exclusive(body: Body): Promise<QueryResult> {
    const release = await this.#turns.take();
    try {
      return (await this.#request(body)) as QueryResult;
    } finally {
      release();
    }
  }

  query(scope: Scope, text: string, parameters: readonly unknown[]): Promise<QueryResult> {
    if (scope === null) return this.#exclusive({ kind: 'query', text, parameters });
    return this.#exclusive({ kind: 'scoped', before: scopeStatements(scope), text, parameters });
  }

  async script(text: string): Promise<QueryResult> {
    const release = await this.#turns.take();
    try {
      return (await this.#request({ kind: 'script', text })) as QueryResult;
    } catch (error) {
      // A script that fails between its own begin and commit would leave the only connection in an aborted state.
      if (!this.#replacing) await this.#request({ kind: 'script', text: 'rollback' });
      throw error;
    } finally {
      release();
    }
  }

  async begin(scope: Scope): Promise<Session> {
    // Sent along with the first statement: one message less for the worker.
    let before = `begin; ${scopeStatements(scope)}`;
    const release = await this.#turns.take();
    const generation = this.#generation;
    let open = true;
    const late = (): AppError =>
      new AppError('TIMEOUT', `The transaction was rolled back after ${transactionSeconds} s.`);
    const request = async (body: Extract<Body, { before?: string }>): Promise<unknown> => {
      if (!open) throw late();
      if (generation !== this.#generation) throw new AppError('UNAVAILABLE', 'The transaction was lost.');
      const first = before;
      before = '';
      return this.#request(first ? { ...body, before: first } : body);
    };
    const end = async (word: 'commit' | 'rollback'): Promise<void> => {
      if (!open && word === 'commit') throw late();
      if (!open) return;
      clearTimeout(timer);
      const lost = generation !== this.#generation;
      try {
        if (!before && (word === 'commit' || !lost)) await request({ kind: 'script', text: word });
      } finally {
        open = false;
        release();
      }
    };
    const timer = setTimeout(() => void end('rollback').catch(() => undefined), transactionSeconds * 1000);
    timer.unref();
    return {
      query: (text, parameters) => request({ kind: 'query', text, parameters }) as Promise<QueryResult>,
      script: async (text) => void (await request({ kind: 'script', text })),
      commit: () => end('commit'),
      rollback: () => end('rollback'),
    };
  }

  async listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>> {
    const callbacks = this.#listeners.get(channel) ?? new Set();
    callbacks.add(callback);
    if (!this.#listeners.has(channel)) {
      this.#listeners.set(channel, callbacks);
      await this.#exclusive({ kind: 'listen', channel });
    }
    return async () => {
      callbacks.delete(callback);
      if (callbacks.size > 0 || !this.#listeners.delete(channel)) return;
      await this.#exclusive({ kind: 'unlisten', channel });
    };
  }

  /** The whole data directory, gzipped: the template of later first starts. */
  async dump(): Promise<Uint8Array<ArrayBuffer>> {
    const release = await this.#turns.take();
    try {
      return (await this.#request({ kind: 'dump' })) as Uint8Array<ArrayBuffer>;
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    // Behind everything that was begun.
    const release = await inBackground.run(true, () => this.#turns.take());
    this.#closing = true;
    try {
      if (!this.#replacing) await this.#request({ kind: 'close' });
    } finally {
      await this.#worker.terminate();
      release();
    }
  }
}
