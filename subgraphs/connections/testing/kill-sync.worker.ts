import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { readConfig } from '@liftos/core/config.ts';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { IngestBatch, IngestResult, MemoryPort } from '@liftos/core/ports/memory.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { createMockConnection } from '../connection/connection.service.ts';
import { connections } from '../subgraph.ts';
import { startSync } from '../sync/sync.service.ts';
import { listRuns, readProgress } from '../sync/sync.view.ts';
import { connectionsById, listConnections } from '../connection/connection.view.ts';
import { importUpload } from '../upload/import.service.ts';
import { keepRows, keptRowsScript } from './kept-rows.ts';

// Runs a sync and an import on the database in LIFTOS_DATA_DIR and prints how they ended. Arguments: organisation,
// `begin` or `resume`, at which batch to die of SIGKILL, and whether `before` or `after` its rows are stored.
const [organizationId, task, dieAt, dieWhen] = process.argv.slice(2) as [string, string, string, string];

let batches = 0;

async function ingest(context: Context, batch: IngestBatch): Promise<IngestResult> {
  batches += 1;
  const dies = batches === Number(dieAt);
  if (dies && dieWhen === 'before') process.kill(process.pid, 'SIGKILL');
  const result = await keepRows(context, batch);
  if (dies) process.kill(process.pid, 'SIGKILL');
  return result;
}

const runtime = await startRuntime({
  config: readConfig(),
  subgraphs: [connections],
  remotePorts: { memory: { ingest } as Partial<MemoryPort> as MemoryPort },
});
const context = createContext({ runtime, principal: systemPrincipal(organizationId) });

if (task === 'begin') {
  await runtime.database.driver.script(keptRowsScript);
  const { id } = await createMockConnection(context, { platform: 'klaviyo', name: 'Mail', from: '2025-09-01' });
  const lines = Array.from({ length: 30_000 }, (_, i) => `2026-01-01,c,k${i},1`).join('\n');
  const stream = Readable.from([Buffer.from(`date,channel,campaign,spend\n${lines}\n2026-02-30,c,x,1\n`)]);
  const upload = await runtime.ports.uploads.receive(context, { fileName: 'big.csv', contentType: '', stream });
  const meanings = { date: 'DATE', channel: 'CHANNEL', campaign: 'CAMPAIGN', spend: 'SPEND' } as const;
  const mapping = Object.entries(meanings).map(([column, meaning]) => ({ column, meaning }));
  await importUpload(context, { uploadId: upload.id, kind: 'RECORDS', mapping });
  await startSync(context, id, 'MANUAL');
}

const ended = await until(async () => {
  const { edges } = await listConnections(context, {});
  const rows = await connectionsById(
    context,
    edges.map(({ node }) => node.id),
  );
  return rows.length === 2 && rows.every(({ active_state: state }) => state === null) && rows;
}, 60_000);
const runs = await Promise.all(
  ended.map(async ({ id, mode }) => {
    const run = (await listRuns(context, { connectionId: id })).edges[0]!.node;
    return { mode, state: run.state, reasons: run.reasons, progress: await readProgress(context, run.id) };
  }),
);
const { rows } = await sql<{ rows: number; twice: number }>`
  select count(*) as rows, count(*) filter (where times > 1) as twice from kept.row`.execute(context.db);
process.stdout.write(`\nRESULT ${JSON.stringify({ runs, ...rows[0] })}\n`);
await runtime.close();
process.exit(0);
