import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { AppError, isAppError } from '../errors.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { ScopedDialect } from './dialect.ts';
import type { Driver, Scope } from './driver.ts';
import { PgliteDriver } from './pglite.driver.ts';
import { PostgresDriver } from './postgres.driver.ts';
import { copyTemplate } from './template.ts';

// Each subgraph knows its own tables and narrows this with `tables<T>()`.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyTables = any;

/** The database of an installation, seen in the name of an organisation or across all of them. */
export class Database {
  readonly driver: Driver;
  /** Across organisations: for sign-in, job delivery and migrations only. */
  readonly system: Kysely<AnyTables>;
  readonly #lock: FolderLock | undefined;
  /** Kysely instances hold no connection, so keeping them saves only their construction. */
  readonly #scoped = new Map<string, Kysely<AnyTables>>();

  constructor(driver: Driver, lock?: FolderLock) {
    this.driver = driver;
    this.#lock = lock;
    this.system = kysely(driver, null);
  }

  /** The database as one organisation may see it: row-level security hides every other row. */
  for(organizationId: string): Kysely<AnyTables> {
    const known = this.#scoped.get(organizationId);
    if (known) return known;
    if (this.#scoped.size > 10_000) this.#scoped.clear();
    const scoped = kysely(this.driver, organizationId);
    this.#scoped.set(organizationId, scoped);
    return scoped;
  }

  async close(): Promise<void> {
    await this.driver.close();
    await this.#lock?.release();
  }
}

function kysely(driver: Driver, scope: Scope): Kysely<AnyTables> {
  return new Kysely({ dialect: new ScopedDialect(driver, scope) });
}

/**
 * Opens the database that the configuration names: PostgreSQL with DATABASE_URL, else the embedded one below the data
 * folder. Throws CONFLICT naming the other process when the folder is in use, and UNAVAILABLE naming the setting when
 * server or folder cannot be used.
 */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.DATABASE_URL) return openServer(config.DATABASE_URL, config.DATABASE_POOL);
  const lock = await claimFolder(config.LIFTOS_DATA_DIR);
  try {
    const dataDir = join(config.LIFTOS_DATA_DIR, 'database');
    if (!existsSync(dataDir)) await copyTemplate(dataDir);
    return new Database(await PgliteDriver.open({ dataDir }), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openServer(url: string, connections: number): Promise<Database> {
  const driver = new PostgresDriver(url, connections);
  try {
    await driver.query(null, 'select 1', []);
  } catch (cause) {
    await driver.close();
    throw new AppError('UNAVAILABLE', `The server of DATABASE_URL cannot be used: ${reasonOf(cause)}.`, {}, { cause });
  }
  return new Database(driver);
}

/** A name that leads to several addresses fails with an error for each and no message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

async function claimFolder(folder: string): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true });
    return await lockFolder(folder);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const text = `The data folder ${folder} cannot be used (${reasonOf(cause)}). Set LIFTOS_DATA_DIR to another one.`;
    throw new AppError('UNAVAILABLE', text, {}, { cause });
  }
}

/** Opens an embedded database that lives in memory only. */
export async function openMemoryDatabase(template?: Uint8Array<ArrayBuffer>): Promise<Database> {
  return new Database(await PgliteDriver.open(template ? { template } : {}));
}
