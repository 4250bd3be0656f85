import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { JourneyFrame, SourceKind } from '@liftos/core/ports/memory.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { subgraphs } from './subgraphs.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime(subgraphs);
}, 60_000);
afterAll(() => runtime.close());

function askAs<T>(principal: Principal, name: string, text: string, variables: Record<string, unknown> = {}) {
  const subgraph = subgraphs.find((one) => one.name === name)!;
  return answer<T>(subgraph, text, { runtime, principal, variables });
}

const contextOf = (principal: Principal) => createContext({ runtime, principal });

/** Generates sixty days of a platform, with journeys that carry campaigns and ages. */
async function generate(principal: Principal): Promise<void> {
  const from = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
  const create =
    'mutation ($input: CreateMockConnectionInput!) { createMockConnection(input: $input) { connection { id } } }';
  const input = { platform: 'meta_business', name: 'World', from };
  const made = await askAs<{ createMockConnection: { connection: { id: string } } }>(principal, 'connections', create, {
    input,
  });
  const start = 'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }';
  const { startSync } = await askAs<{ startSync: { syncRun: { id: string } } }>(principal, 'connections', start, {
    id: made.createMockConnection.connection.id,
  });
  await syncOver(principal, startSync.syncRun.id);
}

async function syncOver(principal: Principal, id: string): Promise<void> {
  const text = 'query ($id: ID!) { syncRun(id: $id) { state } }';
  const state = await until(async () => {
    const { syncRun } = await askAs<{ syncRun: { state: string } }>(principal, 'connections', text, { id });
    return !['QUEUED', 'RUNNING'].includes(syncRun.state) && syncRun.state;
  }, 60_000);
  expect(state).toBe('SUCCEEDED');
}

interface Exported {
  id: string;
  state: string;
  files: { name: string }[];
}

async function exportAll(principal: Principal): Promise<Exported> {
  const start = 'mutation { startExport(input: { format: CSV }) { dataExport { id } } }';
  const { startExport } = await askAs<{ startExport: { dataExport: { id: string } } }>(principal, 'memory', start);
  return until(async () => {
    const text = 'query ($id: ID!) { dataExport(id: $id) { id state files { name } } }';
    const variables = { id: startExport.dataExport.id };
    const { dataExport } = await askAs<{ dataExport: Exported }>(principal, 'memory', text, variables);
    return dataExport.state === 'SUCCEEDED' && dataExport;
  }, 60_000);
}

interface Preview {
  kind: string;
  problems: string[];
  columns: { name: string; guess: string }[];
}

/** Uploads a text and imports it just as it was guessed. */
async function importAsGuessed(principal: Principal, fileName: string, stream: Readable): Promise<Preview> {
  const file = { fileName, contentType: 'text/csv', stream };
  const { id: uploadId } = await runtime.ports.uploads.receive(contextOf(principal), file);
  const look = 'query ($id: ID!) { uploadPreview(uploadId: $id) { kind problems columns { name guess } } }';
  const { uploadPreview } = await askAs<{ uploadPreview: Preview }>(principal, 'connections', look, { id: uploadId });
  const mapping = uploadPreview.columns.map(({ name, guess }) => ({ column: name, meaning: guess }));
  const start = 'mutation ($input: ImportUploadInput!) { importUpload(input: $input) { syncRun { id } } }';
  const { importUpload } = await askAs<{ importUpload: { syncRun: { id: string } } }>(principal, 'connections', start, {
    input: { uploadId, kind: uploadPreview.kind, mapping },
  });
  await syncOver(principal, importUpload.syncRun.id);
  return uploadPreview;
}

/** Figures by day and names, in micros. */
async function figures(principal: Principal, sourceKinds: SourceKind[]): Promise<string[]> {
  const query = { from: '2020-01-01', to: '2040-01-01', sourceKinds };
  const frame = await contextOf(principal).ports.memory.records(contextOf(principal), query);
  return frame.date
    .map((date, row) =>
      [
        date,
        ...[frame.channel, frame.campaign, frame.adGroup, frame.ad, frame.currency].map((column) => column[row]),
        ...[frame.spend, frame.impressions, frame.clicks, frame.conversions, frame.revenue].map(
          (column) => column[row],
        ),
      ].join('|'),
    )
    .sort();
}

/** Journeys as models see them: touches with their ages, counts, value. Ages to a millisecond. */
async function paths(principal: Principal, sourceKinds: SourceKind[], unit: 'channel' | 'campaign'): Promise<string[]> {
  const frame = await contextOf(principal).ports.memory.journeys(contextOf(principal), { unit, sourceKinds });
  return Array.from(frame.conversions, (_, row) => pathOf(frame, row)).sort();
}

function pathOf({ offsets, touches, ages, units, ...frame }: JourneyFrame, row: number): string {
  const touchesOf = Array.from({ length: offsets[row + 1]! - offsets[row]! }, (_, index) => {
    const touch = offsets[row]! + index;
    return `${units[touches[touch]!]}@${(ages[touch]! * 86_400_000).toFixed(0)}`;
  });
  return [touchesOf.join('>'), frame.conversions[row], frame.nulls[row], frame.value[row]].join('|');
}

const pathFile =
  'path,conversions,nulls,revenue\nsocial > search,3,10,4.5\nsearch,0,7,0\nemail > social > email,1,0,2.25\n';

describe('what was exported as CSV', () => {
  it('gives the same figures and journeys when it is imported as it is guessed', async () => {
    const [mine, other] = [testPrincipal(runtime.newOrganization()), testPrincipal(runtime.newOrganization())];
    await generate(mine);
    await importAsGuessed(mine, 'paths.csv', Readable.from([pathFile]));
    const { id: exportId, files } = await exportAll(mine);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const { name } of files) {
      const { stream } = await runtime.ports.exports.open(contextOf(mine), { exportId, file: name });
      const preview = await importAsGuessed(other, name, stream);
      expect(preview, name).toMatchObject({
        kind: name.startsWith('records') ? 'RECORDS' : 'JOURNEYS',
        problems: [],
      });
    }
    const before = await figures(mine, ['mock', 'file']);
    expect(before.length).toBeGreaterThan(500);
    expect(await figures(other, ['file'])).toEqual(before);
    for (const unit of ['channel', 'campaign'] as const) {
      const journeys = await paths(mine, ['mock', 'file'], unit);
      expect(journeys.length).toBeGreaterThan(500);
      expect(await paths(other, ['file'], unit)).toEqual(journeys);
    }
  }, 120_000);
});
