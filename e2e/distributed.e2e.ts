import { startDoubles, type Doubles } from '@liftos/connections/doubles/start-doubles.ts';
import { consent } from '@liftos/connections/doubles/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@liftos/core/testing/until.ts';
import type { Api } from './testing/api.ts';
import { hasServices, startCluster, type Cluster } from './testing/cluster.ts';
import { createMock, followSync, startSync } from './testing/follow-sync.ts';
import { owner as account } from './testing/product.ts';
import { attribute, beginImport, expectPublished, finished, hasPathData, pathData } from './testing/pathdata.ts';

describe.skipIf(!hasServices)('separately running subgraphs', () => {
  let cluster: Cluster;
  let doubles: Doubles;
  let owner: Api;
  beforeAll(async () => {
    doubles = await startDoubles({ platforms: ['hubspot'] });
    cluster = await startCluster({ LIFTOS_PLATFORMS_URL: doubles.url });
    owner = await cluster.gateway.signIn();
  });
  afterAll(async () => {
    await cluster.dispose();
    await doubles.stop();
  });

  it.skipIf(!hasPathData)('give the published attribution', async () => {
    const { syncRunId } = await beginImport(owner, pathData(), 'PathData.csv');
    expect(await finished(owner, syncRunId)).toMatchObject({ state: 'SUCCEEDED', progress: { rowsAccepted: 10_000 } });
    const run = await attribute(owner);
    expect(run).toMatchObject({ state: 'SUCCEEDED', inputs: { conversions: 19_785, nulls: 68_602 } });
    expectPublished(run.results);
  });

  it('deliver events whose fields belong to three of them, through a broken socket', async () => {
    const events = await followSync(owner, await createMock(owner, '2026-01-01'));
    expect(new Set(events.map((event) => event.sequence)).size).toBe(events.length);
    const last = events.at(-1)!;
    expect(last.syncRun.state).toBe('SUCCEEDED');
    expect(last.syncRun.connection.coverage.records).toBeGreaterThan(0);
    expect(last.syncRun.jobs.length).toBeGreaterThan(0);
  });

  it('finish a login at a platform in the browser of who began it only', async () => {
    const signedIn = await fetch(`${cluster.gateway.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }',
        variables: { input: account },
      }),
    });
    const [cookie = ''] = (signedIn.headers.getSetCookie()[0] ?? '').split(';');
    const start = 'mutation { startAuthorization(input: { platform: "hubspot" }) { url } }';
    const { startAuthorization } = await owner.ask<{ startAuthorization: { url: string } }>(start);
    const back = await consent(doubles.url, `https://${startAuthorization.url.slice(doubles.url.length + 1)}`);
    const comeBack = async (headers: Record<string, string>) =>
      (
        await fetch(`${cluster.gateway.address}${back.pathname}${back.search}`, { redirect: 'manual', headers })
      ).headers.get('location');
    expect(await comeBack({})).toBe('/connections?error=other_person');
    expect(await comeBack({ cookie })).toMatch(/connected=1$/);
  });

  it('end a sync whose jobs are cancelled in another process', async () => {
    const connectionId = await createMock(owner, '2020-01-01', 5);
    const run = await startSync(owner, connectionId);
    const unfinished = async (): Promise<string[]> => {
      const text = `query ($id: ID) { jobs(first: 500, filter: { subjectId: $id, states: [QUEUED, RUNNING, RETRYING] }) {
        edges { node { id } } } }`;
      const { jobs } = await owner.ask<{ jobs: { edges: { node: { id: string } }[] } }>(text, { id: run });
      return jobs.edges.map((edge) => edge.node.id);
    };
    const ids = await until(async () => {
      const found = await unfinished();
      return found.length > 0 && found;
    });
    for (const id of ids) await owner.send('mutation ($id: ID!) { cancelJob(id: $id) { job { state } } }', { id });
    const ended = await finished(owner, run);
    expect(['CANCELLED', 'PARTIAL']).toContain(ended.state);
    expect(await unfinished()).toEqual([]);
  });

  it('go on with a sync whose process was killed, and lose and double nothing', async () => {
    const coverageOf = async (id: string) =>
      (
        await owner.ask<{ connection: { coverage: { records: number; journeys: number } } }>(
          'query ($id: ID!) { connection(id: $id) { coverage { records journeys } } }',
          { id },
        )
      ).connection.coverage;
    const calm = await createMock(owner, '2024-01-01', 7);
    await finished(owner, await startSync(owner, calm));
    const disturbed = await createMock(owner, '2024-01-01', 7);
    const run = await startSync(owner, disturbed);
    await until(async () => (await coverageOf(disturbed)).records > 0);
    const connections = cluster.subgraphs.get('connections')!;
    connections.child.kill('SIGKILL');
    await connections.ended;
    await cluster.restart('connections');
    // Another process notices that the job's heart has stopped, and tries again after a pause.
    expect(await finished(owner, run, 100_000)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await coverageOf(disturbed)).toEqual(await coverageOf(calm));
    const text = 'query ($id: ID!) { syncRun(id: $id) { jobs { attempt } } }';
    const { syncRun } = await owner.ask<{ syncRun: { jobs: { attempt: number }[] } }>(text, { id: run });
    expect(Math.max(...syncRun.jobs.map(({ attempt }) => attempt))).toBeGreaterThan(1);
  });

  it('give a partial answer with its path while one is down, and recover by themselves', async () => {
    const text = '{ connections { edges { node { name coverage { records } } } } }';
    cluster.subgraphs.get('memory')!.child.kill('SIGKILL');
    await cluster.subgraphs.get('memory')!.ended;
    const partial = await owner.send<{ connections: { edges: { node: { name: string; coverage: null } }[] } }>(text);
    expect(partial.data?.connections.edges[0]?.node).toEqual({ name: expect.any(String), coverage: null });
    expect(partial.errors?.[0]).toMatchObject({
      message: '"memory" cannot be reached at the moment.',
      path: ['connections', 'edges', 0, 'node', 'coverage'],
      extensions: { code: 'UNAVAILABLE' },
    });
    expect((await owner.send('{ organization { name } }')).errors).toBeUndefined();
    await cluster.restart('memory');
    await until(async () => !(await owner.send(text)).errors, 30_000);
  });
});
