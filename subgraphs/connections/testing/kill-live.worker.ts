import { sql } from 'kysely';
import { readConfig } from '@liftos/core/config.ts';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { insertConnection } from '../connection/connection.service.ts';
import { storeCredential } from '../credentials/credential-store.ts';
import { connections } from '../subgraph.ts';
import { startSync } from '../sync/sync.service.ts';
import { keepRows, keptRowsScript } from './kept-rows.ts';

// Syncs a live connection on the database in LIFTOS_DATA_DIR, or goes on with that, and prints how it ended. Arguments:
// organisation, `begin` or `resume`, at which commit to die of SIGKILL (0: not at all), `before` or `after` it, first day.
const [organizationId, task, dieAt, dieWhen, from] = process.argv.slice(2) as [string, string, string, string, string];

let commits = 0;
const runtime = await startRuntime({
  config: readConfig(),
  subgraphs: [connections],
  remotePorts: { memory: { ingest: keepRows } as Partial<MemoryPort> as MemoryPort },
});
const { driver } = runtime.database;
const begin = driver.begin.bind(driver);
driver.begin = async (organization) => {
  const session = await begin(organization);
  const commit = session.commit.bind(session);
  session.commit = async () => {
    commits += 1;
    const dies = commits === Number(dieAt);
    if (dies && dieWhen === 'before') process.kill(process.pid, 'SIGKILL');
    await commit();
    if (dies) process.kill(process.pid, 'SIGKILL');
  };
  return session;
};
const context = createContext({ runtime, principal: systemPrincipal(organizationId) });

if (task === 'begin') {
  await driver.script(keptRowsScript);
  const id = await transaction(context, async (tx) => {
    const connection = await insertConnection(tx, {
      name: 'Meta',
      platform: 'meta_business',
      mode: 'LIVE',
      settings: { from, seed: 1, values: {}, method: 'system_user' },
      currency: 'EUR',
      time_zone: 'UTC',
      schedule: null,
    });
    await storeCredential(tx, connection.id, { values: { token: 'EAAdoubleSystemUserToken' }, extra: {} });
    return connection.id;
  });
  await startSync(context, id, 'MANUAL');
}

const run = await until(async () => {
  const { rows } = await sql<{ state: string; reasons: string[]; finished_at: Date | null }>`
    select state, reasons, finished_at from connections.sync_run`.execute(context.db);
  return rows[0]?.finished_at ? rows[0] : undefined;
}, 60_000);
const { rows } = await sql<{ rows: number }>`
  select count(*) as rows from kept.row where key like '%|ad_daily|%'`.execute(context.db);
process.stdout.write(`\nRESULT ${JSON.stringify({ state: run.state, reasons: run.reasons, commits, ...rows[0] })}\n`);
await runtime.close();
process.exit(0);
