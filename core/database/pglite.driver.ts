import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { scopeStatements, type Driver, type QueryResult, type Scope, type Session } from './driver.ts';
import { DatabaseError, type Reply, type Request, type WorkerOptions } from './pglite.protocol.ts';

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

type Body<R = Request> = R extends Request ? Omit<R, 'id'> : never;

/** Longest a single statement may take before the worker counts as wedged (a full disk does that) and is replaced. */
const statementSeconds = 120;

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
  /** Resolves when the connection is free; each user appends itself. */
  #turn: Promise<unknown> = Promise.resolve();
  #closing = false;

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
    this.#worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { workerData: this.#options });
    this.#worker.on('message', (reply: Reply) => {
      if ('ready' in reply) resolve();
      else this.#receive(reply);
    });
    this.#worker.once('error', (error) => {
      reject(error);
      this.#failAll(error);
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
    if ('error' in reply) pending.reject(new DatabaseError(reply.error));
    else pending.resolve(reply.value);
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
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = setTimeout(() => void this.#replace(), statementSeconds * 1000);
    timer.unref();
    this.#pending.set(id, { resolve, reject, timer });
    this.#worker.postMessage({ id, ...body });
    return promise;
  }

  /** Ends a wedged worker and opens the directory again; what was acknowledged is on disk. */
  async #replace(): Promise<void> {
    if (this.#closing || !this.#options.dataDir) return;
    const wedged = this.#worker;
    await wedged.terminate();
    this.#failAll(new Error('A statement did not return.'));
    await this.#start();
    for (const channel of this.#listeners.keys()) await this.#request({ kind: 'listen', channel });
  }

  /** Waits for the connection; the returned function gives it to the next in line. */
  async #acquire(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#turn;
    this.#turn = before.then(() => promise);
    await before;
    return resolve;
  }

  async #exclusive(body: Body): Promise<QueryResult> {
    const release = await this.#acquire();
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
    const release = await this.#acquire();
    try {
      return (await this.#request({ kind: 'script', text })) as QueryResult;
    } catch (error) {
      // A script that fails between its own begin and commit would leave the only connection in an aborted state.
      await this.#request({ kind: 'script', text: 'rollback' });
      throw error;
    } finally {
      release();
    }
  }

  async begin(scope: Scope): Promise<Session> {
    const release = await this.#acquire();
    let open = true;
    const end = async (word: 'commit' | 'rollback'): Promise<void> => {
      if (!open) return;
      open = false;
      clearTimeout(timer);
      try {
        await this.#request({ kind: 'script', text: word });
      } finally {
        release();
      }
    };
    const timer = setTimeout(() => void end('rollback').catch(() => undefined), transactionSeconds * 1000);
    timer.unref();
    try {
      await this.#request({ kind: 'script', text: `begin; ${scopeStatements(scope)}` });
    } catch (error) {
      await end('rollback');
      throw error;
    }
    const request = (body: Body): Promise<unknown> => {
      if (!open) throw new AppError('TIMEOUT', `The transaction was rolled back after ${transactionSeconds} seconds.`);
      return this.#request(body);
    };
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
    const release = await this.#acquire();
    try {
      return (await this.#request({ kind: 'dump' })) as Uint8Array<ArrayBuffer>;
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    const release = await this.#acquire();
    this.#closing = true;
    try {
      await this.#request({ kind: 'close' });
    } finally {
      await this.#worker.terminate();
      release();
    }
  }
}
