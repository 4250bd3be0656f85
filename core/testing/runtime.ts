import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { Database, openMemoryDatabase } from '../database/database.ts';
import { PostgresDriver } from '../database/postgres.driver.ts';
import { templatePath } from '../database/template.ts';
import { newId } from '../ids.ts';
import type { Principal } from '../context.ts';
import type { SubgraphDefinition } from '../subgraph.ts';
import { startRuntime, type StartedRuntime, type StartOptions } from '../start-runtime.ts';
import { createLog } from '../telemetry/log.ts';

/** Organisations keep tests apart, so the files of one worker share one database instead of booting one each. */
const shared = globalThis as { liftosTestDatabase?: Promise<Database> };

/**
 * The database of this test worker: embedded and in memory, or on the server of LIFTOS_TEST_DATABASE.
 */
export function testDatabase(): Promise<Database> {
  return (shared.liftosTestDatabase ??= open());
}

async function open(): Promise<Database> {
  const url = process.env.LIFTOS_TEST_DATABASE;
  if (url) return new Database(new PostgresDriver(await newServerDatabase(url), 10));
  return openMemoryDatabase(existsSync(templatePath) ? new Uint8Array(readFileSync(templatePath)) : undefined);
}

export interface TestRuntime extends StartedRuntime {
  /** A new organisation's id; nothing is stored for it yet. */
  newOrganization(): string;
}

/** Starts subgraphs on the worker's database, with their jobs and consumers. Close it after the tests of the file. */
export async function testRuntime(
  subgraphs: readonly SubgraphDefinition[],
  options: Partial<StartOptions> & { env?: Record<string, string> } = {},
): Promise<TestRuntime> {
  const folder = await mkdtemp(join(tmpdir(), 'liftos-test-'));
  const config = readConfig({
    LIFTOS_DATA_DIR: folder,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    ...(process.env.LIFTOS_TEST_REDIS ? { REDIS_URL: process.env.LIFTOS_TEST_REDIS } : {}),
    ...options.env,
  });
  const runtime = await startRuntime({
    config,
    subgraphs,
    database: await testDatabase(),
    log: createLog(config.LOG_LEVEL),
    ...options,
  });
  const close = runtime.close.bind(runtime);
  return Object.assign(runtime, {
    newOrganization: () => newId(),
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

/** A signed-in user of an organisation; may do everything unless scopes are given. */
export function testPrincipal(organizationId: string, scopes: readonly string[] = ['*']): Principal {
  return { kind: 'user', id: newId(), name: 'Test User', organizationId, scopes, role: 'OWNER' };
}

/** A fresh database on the server, so that workers do not meet. */
async function newServerDatabase(url: string): Promise<string> {
  const name = `liftos_test_${newId().replaceAll('-', '')}`;
  const admin = new PostgresDriver(url, 2);
  await admin.query(null, `create database ${name}`, []);
  await admin.close();
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
