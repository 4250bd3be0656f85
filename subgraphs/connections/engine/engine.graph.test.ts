import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '@liftos/core/create-context.ts';
import { jobsBySubject } from '@liftos/core/jobs/store.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { until } from '@liftos/core/testing/until.ts';
import { storeCredential } from '../credentials/credential-store.ts';
import { cases } from '../platforms/contract/cases.ts';
import { openHarness, type Harness } from '../platforms/contract/harness.ts';
import { metaBusiness } from '../platforms/meta-business/meta-business.connector.ts';
import { connections as subgraph } from '../subgraph.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import { replaySync } from '../sync/replay.service.ts';
import { runsById } from '../sync/sync.view.ts';

const today = dayIn(new Date(), 'UTC');
const recent = addDays(today, -10);
const secret = 'EAAdoubleSystemUserToken';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness(metaBusiness, cases['meta_business']!);
});
afterAll(() => harness.close());
beforeEach(() => harness.control('reset'));

function ask<T>(text: string, variables: Record<string, unknown> = {}): Promise<T> {
  const { runtime, principal } = harness;
  return answer<T>(subgraph, text, { runtime, principal, variables });
}

describe('what a platform answered', () => {
  it('is kept without secrets, can be looked at, and gives the same rows when it is read again', async () => {
    const connection = await harness.connect(recent);
    const { run } = await harness.sync(connection);
    const before = harness.memory.snapshot(connection);
    const { rawPages } = await ask<{ rawPages: { edges: { node: { id: string; request: string; rows: number } }[] } }>(
      `query ($id: ID!) { rawPages(syncRunId: $id, first: 100) { edges { node { id request rows } } } }`,
      { id: run.id },
    );
    const insights = rawPages.edges.find(({ node }) => node.request.includes('/insights') && node.rows > 0)!;
    expect(insights.node.request).toMatch(/^GET https:\/\/graph\.facebook\.com\/v26\.0\//);
    const { rawPage } = await ask<{ rawPage: { text: string } }>(
      `query ($id: ID!) { rawPage(id: $id) { text truncated } }`,
      { id: insights.node.id },
    );
    expect(JSON.parse(rawPage.text)).toHaveProperty('data');
    const replay = await replaySync(harness.context, run.id);
    await until(async () => (await runsById(harness.context, [replay.id]))[0]?.state === 'SUCCEEDED');
    expect(harness.memory.snapshot(connection)).toEqual(before);
  });
});

describe('a connection that is not let in', () => {
  it('fails once and says so, also in its health', async () => {
    const connection = await harness.connect(recent);
    await transaction(harness.context, (tx) =>
      storeCredential(tx, connection, { values: { token: 'no longer good' }, extra: {} }),
    );
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe('FAILED');
    expect(slices.map(({ failure }) => failure)).toEqual(['auth']);
    const text = `query ($id: ID!) { connection(id: $id) { authState authMessage health { level problems } } }`;
    const broken = await ask<{ connection: { authState: string; health: { level: string } } }>(text, {
      id: connection,
    });
    expect(broken.connection).toMatchObject({ authState: 'BROKEN', health: { level: 'FAILING' } });
  });
});

describe('data modes', () => {
  it('HYBRID puts generated data, marked as such, in place of what cannot be read', async () => {
    const connection = await harness.connect(recent);
    await sql`update connections.connection set mode = 'HYBRID' where id = ${connection}`.execute(harness.context.db);
    harness.control('versionOff', { version: 'v26.0' });
    const { run, slices } = await harness.sync(connection);
    expect(run.state).toBe('PARTIAL');
    expect(run.notes.join(' ')).toContain('Generated data stands in');
    expect(new Set(slices.map(({ source }) => source))).toEqual(new Set(['live', 'mock']));
    expect(harness.memory.rows(connection, 'journeys')).toBeGreaterThan(0);
  });
});

describe('a backfill', () => {
  it('reads the days it was asked for, leaves cursors alone, and tells how whole each day is', async () => {
    const connection = await harness.connect(recent);
    expect((await harness.sync(connection)).run.reasons.join(' ')).toContain('Partner Agency');
    const positions = `query ($id: ID!) { connection(id: $id) { positions { stream accountId lastDay } } }`;
    const before = await ask(positions, { id: connection });
    const days = { from: addDays(today, -60), to: addDays(today, -50) };
    await harness.sync(connection, { scope: 'BACKFILL', days });
    expect(await ask(positions, { id: connection })).toEqual(before);
    const { connection: seen } = await ask<{ connection: { completeness: { state: string; accountName: string }[] } }>(
      `query ($id: ID!, $from: Date!, $to: Date!) { connection(id: $id) {
        completeness(from: $from, to: $to) { accountName day state isFinal reasons } } }`,
      { id: connection, ...days },
    );
    const states = (name: string) =>
      new Set(seen.completeness.filter(({ accountName }) => accountName === name).map(({ state }) => state));
    expect(states('Nordwind Europe')).toEqual(new Set(['COMPLETE']));
    expect(states('Partner Agency')).toEqual(new Set(['MISSING']));
  });
});

describe('a row that cannot be understood', () => {
  it('is put aside, and its days are not called complete', async () => {
    const stream = metaBusiness.live!.streams.find(({ name }) => name === 'ad_daily')!;
    const { map } = stream;
    let refused: unknown;
    // The same row every time it is read: a slice whose sums differ is read again from its beginning.
    stream.map = (row, slice) => {
      refused ??= row;
      if (JSON.stringify(row) === JSON.stringify(refused)) throw new RangeError('This is no amount.');
      return map(row, slice);
    };
    try {
      const connection = await harness.connect(recent);
      const { slices } = await harness.sync(connection);
      expect(slices.filter(({ state }) => state === 'PARTIAL')).toMatchObject([{ rows_rejected: 1 }]);
      const { rows } = await sql<{ state: string }>`
        select distinct state from connections.account_day where connection_id = ${connection} and stream = 'ad_daily'
          and account_id = (select account_id from connections.sync_slice where connection_id = ${connection}
            and rows_rejected > 0)`.execute(harness.context.db);
      expect(rows).toEqual([{ state: 'PARTIAL' }]);
    } finally {
      stream.map = map;
    }
  });
});

describe('a job', () => {
  it('goes on with further slices of its sync, each of which one job has read', async () => {
    const connection = await harness.connect(recent);
    const { run, slices } = await harness.sync(connection);
    const read = slices.filter(({ state }) => state === 'SUCCEEDED');
    expect(new Set(read.map(({ job_id: job }) => job)).size).toBeLessThan(read.length);
    expect(new Set(read.map(({ attempts }) => attempts))).toEqual(new Set([1]));
    await until(async () =>
      (await jobsBySubject(harness.context, [run.id])).every(({ state }) => state === 'succeeded'),
    );
  });
});

describe('a campaign that is renamed', () => {
  it('takes its figures along', async () => {
    const connection = await harness.connect(recent);
    await harness.sync(connection);
    const rows = harness.memory.rows(connection, 'ad_daily');
    harness.control('rename', { campaign: 'Creators', name: 'Makers' });
    await harness.sync(connection);
    expect(harness.memory.rows(connection, 'ad_daily')).toBe(rows);
    const names = harness.memory.list(connection, 'ad_daily').map(({ name }) => String(name));
    expect(names.some((name) => name.includes('|Makers|'))).toBe(true);
  });
});

it('no credential is anywhere in the database in clear', async () => {
  const connection = await harness.connect(recent);
  await harness.sync(connection);
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
    harness.runtime.database.system,
  );
  for (const { name } of rows) {
    const found = await sql`select 1 from ${sql.raw(name)} t where t::text like ${`%${secret}%`} limit 1`.execute(
      harness.runtime.database.system,
    );
    expect(found.rows, name).toEqual([]);
  }
});
