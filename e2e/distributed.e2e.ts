import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@liftos/core/testing/until.ts';
import type { Api } from './testing/api.ts';
import { hasServices, startCluster, type Cluster } from './testing/cluster.ts';
import { createMock, followSync } from './testing/follow-sync.ts';
import { attribute, beginImport, expectPublished, finished, hasPathData, pathData } from './testing/pathdata.ts';

describe.skipIf(!hasServices)('separately running subgraphs', () => {
  let cluster: Cluster;
  let owner: Api;
  beforeAll(async () => {
    cluster = await startCluster();
    owner = await cluster.gateway.signIn();
  });
  afterAll(() => cluster.dispose());

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

  it('give a partial answer with its path while one is down, and recover by themselves', async () => {
    const text = '{ connections { edges { node { name coverage { records } } } } }';
    cluster.subgraphs.get('memory')!.child.kill('SIGKILL');
    await cluster.subgraphs.get('memory')!.ended;
    const partial = await owner.send<{ connections: { edges: { node: { name: string; coverage: null } }[] } }>(text);
    expect(partial.data?.connections.edges[0]?.node).toEqual({ name: expect.any(String), coverage: null });
    expect(partial.errors?.[0]).toMatchObject({
      path: ['connections', 'edges', 0, 'node', 'coverage'],
      extensions: { code: 'UNAVAILABLE' },
    });
    expect((await owner.send('{ organization { name } }')).errors).toBeUndefined();
    await cluster.restart('memory');
    await until(async () => !(await owner.send(text)).errors, 30_000);
  });
});
