import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';

interface Migration {
  owner: string;
  name: string;
  text: string;
  hash: string;
}

/** The migrations in a folder, in the order of their names. */
export function readMigrations(owner: string, folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { owner, name, text, hash: createHash('sha256').update(text).digest('hex') };
    });
}

/** One number for all migrations, to hold a Postgres advisory lock under. */
const lockKey = 7_203_417;

const foundation = `
  do $$ begin
    create role liftos_app nologin;
  exception when duplicate_object or unique_violation then null;
  end $$;
  do $$ begin
    execute format('grant liftos_app to %I', current_user);
  exception when others then null;
  end $$;
  create schema if not exists runtime;
  create table if not exists runtime.migration (
    owner text not null, name text not null, hash text not null, applied_at timestamptz not null default now(),
    primary key (owner, name)
  );`;

/**
 * Brings the database up to date: forward only, each migration in one transaction, safe to run twice and from several
 * processes at once. Throws when a migration that was applied has since been changed.
 */
export async function migrate(database: Database, migrations: Migration[]): Promise<void> {
  const session = await database.driver.begin(null);
  try {
    await session.query('select pg_advisory_xact_lock($1)', [lockKey]);
    await session.script(foundation);
    const { rows } = await session.query('select owner, name, hash from runtime.migration', []);
    const applied = new Map(rows.map((row) => [`${String(row.owner)}/${String(row.name)}`, row.hash]));
    for (const migration of migrations) {
      const hash = applied.get(`${migration.owner}/${migration.name}`);
      if (hash === migration.hash) continue;
      if (hash)
        throw new Error(`The migration ${migration.owner}/${migration.name} was changed after it had been applied.`);
      await session.script(migration.text);
      await session.query('insert into runtime.migration (owner, name, hash) values ($1, $2, $3)', [
        migration.owner,
        migration.name,
        migration.hash,
      ]);
    }
    await session.commit();
  } catch (error) {
    await session.rollback();
    throw error;
  }
}
