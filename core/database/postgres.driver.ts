import pg from 'pg';
import { scopeStatements, type Driver, type QueryResult, type Scope, type Session } from './driver.ts';
import { DatabaseError, failure } from './pglite.protocol.ts';
import { keepText, readInt8, typeIds } from './values.ts';

const parsers = new Map<number, (text: string) => unknown>([
  [typeIds.int8, readInt8],
  [typeIds.date, keepText],
  [typeIds.numeric, keepText],
]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => parsers.get(id) ?? pg.types.getTypeParser(id, format),
};

/** A PostgreSQL server behind a pool. Settings are local to their transaction, so a transaction pooler may sit between. */
export class PostgresDriver implements Driver {
  readonly kind = 'server';
  readonly #url: string;
  readonly #pool: pg.Pool;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: connections,
      types,
      statement_timeout: 120_000,
      idle_in_transaction_session_timeout: 60_000,
      connectionTimeoutMillis: 10_000,
    });
    // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
    this.#pool.on('error', () => undefined);
  }

  async query(scope: Scope, text: string, parameters: readonly unknown[]): Promise<QueryResult> {
    if (scope === null) return run(this.#pool, text, parameters);
    const session = await this.begin(scope);
    try {
      const result = await session.query(text, parameters);
      await session.commit();
      return result;
    } catch (error) {
      await session.rollback();
      throw error;
    }
  }

  async script(text: string): Promise<QueryResult> {
    const results = await this.#pool.query(text).catch(rethrow);
    const all = (Array.isArray(results) ? results : [results]) as pg.QueryResult<Record<string, unknown>>[];
    return { rows: all.flatMap((result) => result.rows), affectedRows: 0 };
  }

  async begin(scope: Scope): Promise<Session> {
    const client = await this.#pool.connect();
    let open = true;
    const end = async (word: 'commit' | 'rollback'): Promise<void> => {
      if (!open) return;
      open = false;
      try {
        await client.query(word);
        client.release();
      } catch (error) {
        client.release(true);
        if (word === 'commit') rethrow(error);
      }
    };
    try {
      await client.query(`begin; ${scopeStatements(scope)}`);
    } catch (error) {
      await end('rollback');
      return rethrow(error);
    }
    return {
      query: (text, parameters) => run(client, text, parameters),
      script: async (text) => void (await client.query(text).catch(rethrow)),
      commit: () => end('commit'),
      rollback: () => end('rollback'),
    };
  }

  async listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: this.#url });
    client.on('notification', (message) => callback(message.payload ?? ''));
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    return () => client.end();
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

async function run(
  client: pg.Pool | pg.PoolClient,
  text: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  const result = await client.query<Record<string, unknown>>(text, parameters as unknown[]).catch(rethrow);
  return { rows: result.rows, affectedRows: result.rowCount ?? 0 };
}

function rethrow(error: unknown): never {
  throw new DatabaseError(failure(error));
}
