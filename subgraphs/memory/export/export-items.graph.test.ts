import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { DataExport, ExportFormat } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { itemBatch, type TestItem } from '../testing/batches.ts';

let runtime: TestRuntime;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-export-'));
  runtime = await testRuntime([memory], { env: { LIFTOS_DATA_DIR: folder } });
});
afterAll(async () => {
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
});

const items: TestItem[] = [
  {
    key: '=1+1',
    revenue: -5.5,
    kind: 'refund',
    updatedAt: '2026-03-02T00:00:00Z',
    region: 'US-CA',
    details: { id: 'a, b' },
  },
  { key: 'gone', deleted: true },
];

/** The export of what a principal sees, and the content of the file whose name begins so. */
async function exported(principal: Principal, format: ExportFormat): Promise<{ done: DataExport; content: string }> {
  const start = `mutation ($format: ExportFormat!) { startExport(input: { format: $format }) { dataExport { id } } }`;
  const variables = { format };
  const { startExport } = await answer<{ startExport: { dataExport: DataExport } }>(memory, start, {
    runtime,
    principal,
    variables,
  });
  const { id } = startExport.dataExport;
  const shape = '{ dataExports { id state records items files { name rows } } }';
  const done = await until(async () => {
    const { dataExports } = await answer<{ dataExports: DataExport[] }>(memory, shape, { runtime, principal });
    return dataExports.find((one) => one.id === id && one.state === 'SUCCEEDED');
  });
  const { name } = done.files.find((file) => file.name.startsWith('items-live-orders-'))!;
  const file = await runtime.ports.exports.open(createContext({ runtime, principal }), { exportId: id, file: name });
  return { done, content: await text(file.stream) };
}

async function filled(batch = itemBatch(items)): Promise<Principal> {
  const principal = testPrincipal(runtime.newOrganization());
  const context = createContext({ runtime, principal });
  await context.ports.memory.ingest(context, batch);
  return principal;
}

describe('an export', () => {
  it('as CSV holds items besides the records that are their sums, without those that are gone', async () => {
    const { done, content } = await exported(await filled(), 'CSV');
    expect(done).toMatchObject({ records: 1, items: 1, files: [{ rows: 1 }, { rows: 1 }] });
    expect(content.split('\r\n')).toEqual([
      'key,kind,date,occurred at,updated at,channel,campaign,ad group,ad,currency,spend,impressions,clicks,conversions,revenue,basis,details,region',
      `'=1+1,refund,2026-03-01,2026-03-01T10:00:00.000Z,2026-03-02T00:00:00.000Z,Shop,,,,EUR,0,0,0,1,-5.5,booked,"{""id"":""a, b""}",US-CA`,
      '',
    ]);
  });

  it('as JSON lines holds every field, numbers of details to the last digit', async () => {
    const batch = itemBatch(items);
    batch.columns.details[0] = '{\n  "id": 12345678901234567890 }';
    const { content } = await exported(await filled(batch), 'JSON_LINES');
    expect(content).toContain('"details":{   "id": 12345678901234567890 }}\n');
    expect(JSON.parse(content)).toMatchObject({
      connectionId: batch.connectionId,
      sourceKind: 'LIVE',
      stream: 'orders',
      key: '=1+1',
      kind: 'REFUND',
      date: '2026-03-01',
      occurredAt: '2026-03-01T10:00:00.000Z',
      updatedAt: '2026-03-02T00:00:00.000Z',
      channel: 'Shop',
      campaign: null,
      conversions: 1,
      revenue: -5.5,
      basis: 'BOOKED',
      region: 'US-CA',
    });
  });

  it('of thousands of items goes over page after page', async () => {
    const many = Array.from({ length: 5000 }, (_, index): TestItem => ({ key: `k${index}` }));
    const { done, content } = await exported(await filled(itemBatch(many)), 'CSV');
    expect(done.items).toBe(5000);
    expect(new Set(content.split('\r\n')).size).toBe(5002);
  });
});
