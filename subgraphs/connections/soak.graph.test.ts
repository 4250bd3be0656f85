import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { PostgresDriver } from '@liftos/core/database/postgres.driver.ts';
import { Database } from '@liftos/core/database/database.ts';
import { newId } from '@liftos/core/ids.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { createMockConnection } from './connection/connection.service.ts';
import { dayNumber } from './mock/calendar.pure.ts';
import { dailyRows } from './mock/daily-figures.pure.ts';
import { journeysOfDay } from './mock/journeys.pure.ts';
import { worldOf } from './mock/worlds.pure.ts';
import { connections as subgraph } from './subgraph.ts';
import { addDays, dayIn } from './sync/plan-slices.pure.ts';
import { keptRowsScript } from './testing/kept-rows.ts';

const server = process.env.LIFTOS_TEST_DATABASE;
const seconds = Number(process.env.LIFTOS_SOAK_SECONDS ?? 30);
const schedulers = 2;
const workers = 4;
const platforms = ['klaviyo', 'meta_business', 'google_ads'];
const first = addDays(dayIn(new Date(), 'UTC'), -120);

/** A database that only the processes of this test share. */
async function newDatabase(): Promise<{ url: string; database: Database }> {
  const name = `liftos_soak_${newId().replaceAll('-', '')}`;
  const admin = new PostgresDriver(server!, 1);
  await admin.query(null, `create database ${name}`, []);
  await admin.close();
  const url = new URL(server!);
  url.pathname = `/${name}`;
  return { url: url.href, database: new Database(new PostgresDriver(url.href, 5)) };
}

function start(url: string, works: boolean): ChildProcess {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    LIFTOS_WORKERS: String(works),
    LOG_LEVEL: 'silent',
    DATABASE_POOL: '5',
  };
  return fork(join(import.meta.dirname, 'testing/soak.worker.ts'), { env, stdio: 'ignore' });
}

let runtime: TestRuntime;
let url: string;
let children: ChildProcess[] = [];
beforeAll(async () => {
  if (!server) return;
  const made = await newDatabase();
  ({ url } = made);
  runtime = await testRuntime([subgraph], { database: made.database, env: { LIFTOS_WORKERS: 'false' } });
  await runtime.database.driver.script(keptRowsScript);
}, 60_000);
afterAll(async () => {
  if (!server) return;
  for (const child of children) child.kill('SIGKILL');
  await runtime.close();
  await runtime.database.close();
});

it.runIf(server)(
  'two schedulers and four workers that are killed at random run no slice twice at a time, and leave none out',
  async () => {
    const context = createContext({ runtime, principal: systemPrincipal(runtime.newOrganization()) });
    const ids = await connect(context);
    children = Array.from({ length: schedulers + workers }, (_, index) => start(url, index >= schedulers));
    await Promise.all(children.map((child) => once(child, 'message')));
    await disturb(context, seconds * 1000);
    await until(() => allEnded(context), 240_000);
    expect(await statesOf(context)).toEqual(['SUCCEEDED']);
    expect(await interleaved(context)).toEqual([]);
    expect(await takenOver(context)).toBeGreaterThan(0);
    for (const [index, id] of ids.entries())
      expect(await rowsOf(context, id)).toBe(expectedRows(platforms[index % 3]!));
  },
  (seconds + 400) * 1000,
);

async function connect(context: Context): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < 9; i += 1) {
    const input = { platform: platforms[i % 3]!, name: `Soak ${i}`, from: first, schedule: '* * * * *' };
    ids.push((await createMockConnection(context, input)).id);
  }
  return ids;
}

/** Kills a process at random about once a second, starts another in its place, and makes everything due again and again. */
async function disturb(context: Context, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    await pause(500 + Math.random() * 1500);
    const index = Math.floor(Math.random() * children.length);
    children[index]!.kill('SIGKILL');
    children[index] = start(url, index >= schedulers);
    await sql`update connections.connection set next_run_at = ${new Date()}`.execute(context.db);
  }
  await sql`update connections.connection set schedule = null, next_run_at = null`.execute(context.db);
}

async function allEnded(context: Context): Promise<boolean> {
  const { rows } = await sql`
    select 1 from connections.sync_run where state in ('QUEUED', 'RUNNING') limit 1`.execute(context.db);
  return rows.length === 0;
}

async function statesOf(context: Context): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`select distinct state from connections.sync_run`.execute(context.db);
  return rows.map(({ state }) => state);
}

/** Slices in which a process stored a page after another one had taken over. */
async function interleaved(context: Context): Promise<unknown[]> {
  const { rows } = await sql`
    with page as (
      select s.id, b.pid, b.at, lag(b.pid) over (partition by s.id order by b.at) as before
      from kept.batch b join connections.sync_slice s on s.connection_id::text = b.connection and s.stream = b.stream
        and b.day::date between s.first_day and s.last_day
        and b.at between (select created_at from connections.sync_run where id = s.run_id) and s.finished_at
    ), change as (select id, pid from page where before is distinct from pid)
    select id, pid, count(*) from change group by id, pid having count(*) > 1`.execute(context.db);
  return rows;
}

/** Slices that went on after the process that read them was killed; without any the test has shown nothing. */
async function takenOver(context: Context): Promise<number> {
  const { rows } = await sql<{ slices: number }>`
    select count(*) as slices from connections.sync_slice where attempts > 1`.execute(context.db);
  return rows[0]!.slices;
}

async function rowsOf(context: Context, connectionId: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select count(*) as rows from kept.row where connection = ${connectionId}`.execute(context.db);
  return rows[0]!.rows;
}

/** Rows of generated data from the first day to yesterday. */
function expectedRows(platform: string): number {
  const world = worldOf(platform)!;
  const end = Math.floor(Date.now() / 86_400_000);
  let rows = 0;
  for (let day = dayNumber(first); day < end; day += 1)
    rows += dailyRows(world, 1, day).length + journeysOfDay(world, 1, day, 'EUR').length;
  return rows;
}
