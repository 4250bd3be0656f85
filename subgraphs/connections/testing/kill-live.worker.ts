import { sql } from 'kysely';
import { readConfig } from '@liftos/core/config.ts';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { insertConnection } from '../connection/connection.service.ts';
import { cases, letIn } from '../platforms/contract/cases.ts';
import { connections } from '../subgraph.ts';
import { startSync } from '../sync/sync.service.ts';
import { keepRows, keptRowsScript } from './kept-rows.ts';

// Syncs a live connection on the database in LIFTOS_DATA_DIR, or goes on with that. Once it has ended, another one of the
// same platform is synced undisturbed, and how both ended is printed. Arguments:
// organisation, platform, `begin` or `resume`, at which commit to die of SIGKILL (0: not at all), `before` or `after` it,
// first day.
const [organizationId, platform, task, dieAt, dieWhen, from] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const given = cases[platform]!;

let commits = 0;
let mayDie = true;
const runtime = await startRuntime({
  config: readConfig(),
  subgraphs: [connections],
  remotePorts: { memory: { ingest: keepRows } as Partial<MemoryPort> as MemoryPort },
});
const { driver } = runtime.database;
const open = driver.begin.bind(driver);
driver.begin = async (organization) => {
  const session = await open(organization);
  const commit = session.commit.bind(session);
  session.commit = async () => {
    commits += 1;
    const dies = mayDie && commits === Number(dieAt);
    if (dies && dieWhen === 'before') process.kill(process.pid, 'SIGKILL');
    await commit();
    if (dies) process.kill(process.pid, 'SIGKILL');
  };
  return session;
};
const context = createContext({ runtime, principal: systemPrincipal(organizationId) });

async function begin(name: string): Promise<void> {
  const { id } = await transaction(context, (tx) =>
    insertConnection(tx, {
      name,
      platform,
      mode: 'LIVE',
      settings: { from, seed: 1, values: given.settings ?? {}, method: given.method },
      currency: 'EUR',
      time_zone: 'UTC',
      schedule: null,
    }),
  );
  await letIn(context, given, id);
  await startSync(context, id, 'MANUAL');
}

/** How the sync of a connection ended, and how many rows it brought. */
function endOf(name: string) {
  return until(async () => {
    const { rows } = await sql<{ state: string; reasons: string[]; rows: number; finished_at: Date | null }>`
      select run.state, run.reasons, run.finished_at,
        (select count(*) from kept.row where connection = run.connection_id::text) as rows
      from connections.sync_run run join connections.connection on connection.id = run.connection_id
      where connection.name = ${name}`.execute(context.db);
    const [run] = rows;
    return run?.finished_at ? { state: run.state, reasons: run.reasons, rows: run.rows } : undefined;
  }, 110_000);
}

if (task === 'begin') {
  await driver.script(keptRowsScript);
  await begin('Killed');
}
const killed = await endOf('Killed');
mayDie = false;
await begin('Undisturbed');
process.stdout.write(`\nRESULT ${JSON.stringify({ killed, undisturbed: await endOf('Undisturbed') })}\n`);
await runtime.close();
process.exit(0);
