import { AsyncLocalStorage } from 'node:async_hooks';
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver as KyselyDriver,
  type QueryResult as KyselyResult,
} from 'kysely';
import type { Driver, Scope, Session } from './driver.ts';

/**
 * The transaction the current call stack is inside of. On the embedded database a query beside an open transaction
 * would wait for itself for ever, so it is refused at once, on every database.
 */
export const insideTransaction = new AsyncLocalStorage<true>();

/** A connection of one scope: single statements until a transaction begins on it. */
class ScopedConnection implements DatabaseConnection {
  readonly #driver: Driver;
  readonly #scope: Scope;
  #session: Session | undefined;

  constructor(driver: Driver, scope: Scope) {
    this.#driver = driver;
    this.#scope = scope;
  }

  async begin(): Promise<void> {
    this.#refuseNested();
    this.#session = await this.#driver.begin(this.#scope);
  }

  async commit(): Promise<void> {
    await this.#session?.commit();
  }

  async rollback(): Promise<void> {
    await this.#session?.rollback();
  }

  async executeQuery<R>(query: CompiledQuery): Promise<KyselyResult<R>> {
    if (!this.#session) this.#refuseNested();
    const { rows, affectedRows } = this.#session
      ? await this.#session.query(query.sql, query.parameters)
      : await this.#driver.query(this.#scope, query.sql, query.parameters);
    return { rows: rows as R[], numAffectedRows: BigInt(affectedRows) };
  }

  async *streamQuery<R>(): AsyncIterableIterator<KyselyResult<R>> {
    yield await Promise.reject(new Error('Read long results in pages by key.'));
  }

  #refuseNested(): void {
    if (insideTransaction.getStore()) throw new Error('Inside a transaction, use the context that it was given.');
  }
}

/** Lets Kysely speak to either database in the name of one organisation. */
export class ScopedDialect implements Dialect {
  readonly #driver: Driver;
  readonly #scope: Scope;

  constructor(driver: Driver, scope: Scope) {
    this.#driver = driver;
    this.#scope = scope;
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createIntrospector(db: ConstructorParameters<typeof PostgresIntrospector>[0]): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }

  createDriver(): KyselyDriver {
    const connect = (): ScopedConnection => new ScopedConnection(this.#driver, this.#scope);
    return {
      init: () => Promise.resolve(),
      acquireConnection: () => Promise.resolve(connect()),
      beginTransaction: (connection) => (connection as ScopedConnection).begin(),
      commitTransaction: (connection) => (connection as ScopedConnection).commit(),
      rollbackTransaction: (connection) => (connection as ScopedConnection).rollback(),
      releaseConnection: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    };
  }
}
