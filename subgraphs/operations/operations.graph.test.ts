import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { defineJob } from '@liftos/core/jobs/define-job.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { operations } from './subgraph.ts';

let broken = true;
const task = defineJob<null>({
  type: 'operations-test.task',
  maxAttempts: 1,
  async handler(context) {
    context.logLine('info', 'working');
    if (broken) throw new Error('The disk is full.');
    await Promise.resolve();
  },
});
let goOn = Promise.withResolvers<void>();
/** Says something, waits to be told, says something again. */
const teller = defineJob<null>({
  type: 'operations-test.teller',
  maxAttempts: 1,
  async handler(context) {
    context.logLine('info', 'begun');
    const { promise, reject } = Promise.withResolvers<never>();
    context.signal.addEventListener('abort', () => reject(new Error('Told to stop.')), { once: true });
    await Promise.race([goOn.promise, promise]);
    context.logLine('warn', 'nearly done');
  },
});
const subject = crypto.randomUUID();
const tasks = defineSubgraph({
  name: 'operations-test',
  folder: `${import.meta.dirname}/health`,
  resolvers: {},
  jobs: [task, teller],
});

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([operations, tasks]);
});
afterAll(() => runtime.close());

function start(organizationId: string, subjectId = subject, job = task): Promise<string> {
  const context = createContext({ runtime, principal: systemPrincipal(organizationId) });
  return transaction(context, (tx) => enqueue(tx, job, null, { subjectKind: 'syncRun', subjectId }));
}

interface JobView {
  state: string;
  canRetry: boolean;
  error: { message: string } | null;
  log: { sequence: number; message: string }[];
}
const jobText = 'query ($id: ID!) { job(id: $id) { state canRetry error { message } log { sequence message } } }';

async function jobView(organizationId: string, id: string): Promise<JobView | null> {
  const options = { runtime, principal: testPrincipal(organizationId), variables: { id } };
  return (await answer<{ job: JobView | null }>(operations, jobText, options)).job;
}

describe('a job', () => {
  it('shows why it failed, and can be run again', async () => {
    broken = true;
    const organizationId = runtime.newOrganization();
    const id = await start(organizationId);
    const failed = await until(async () => {
      const job = await jobView(organizationId, id);
      return job?.state === 'FAILED' && job;
    });
    expect(failed).toMatchObject({ canRetry: true, error: { message: 'The disk is full.' } });
    expect(failed.log.map((line) => line.message)).toContain('working');
    broken = false;
    const retry = 'mutation ($id: ID!) { retryJob(id: $id) { job { state } } }';
    await answer(operations, retry, { runtime, principal: testPrincipal(organizationId), variables: { id } });
    await until(async () => (await jobView(organizationId, id))?.state === 'SUCCEEDED');
    const again = await ask(operations, retry, {
      runtime,
      principal: testPrincipal(organizationId),
      variables: { id },
    });
    expect(again.errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it('is listed by state and subject, page by page', async () => {
    broken = false;
    const organizationId = runtime.newOrganization();
    const mine = crypto.randomUUID();
    for (let count = 0; count < 3; count++) await start(organizationId, mine);
    const principal = testPrincipal(organizationId);
    const text = `query ($after: String, $id: ID) {
      jobs(first: 2, after: $after, filter: { subjectId: $id }) { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    type Page = {
      jobs: {
        totalCount: number;
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const first = await answer<Page>(operations, text, { runtime, principal, variables: { id: mine } });
    expect(first.jobs).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const after = first.jobs.pageInfo.endCursor;
    const second = await answer<Page>(operations, text, { runtime, principal, variables: { id: mine, after } });
    const ids = [...first.jobs.edges, ...second.jobs.edges].map((edge) => edge.node.id);
    expect(new Set(ids).size).toBe(3);
    const foreign = testPrincipal(runtime.newOrganization());
    const stolen = await ask(operations, text, { runtime, principal: foreign, variables: { after } });
    expect(stolen.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  it('tells each of its changes to subscribers, from where they left off', async () => {
    broken = false;
    const organizationId = runtime.newOrganization();
    const id = await start(organizationId);
    await until(async () => (await jobView(organizationId, id))?.state === 'SUCCEEDED');
    const stop = new AbortController();
    const stream = await listenTo<{ jobChanged: { sequence: number; job: { id: string } } }>(
      operations,
      'subscription { jobChanged(after: 0) { sequence job { id } } }',
      { runtime, principal: testPrincipal(organizationId), signal: stop.signal },
    );
    const seen: number[] = [];
    for await (const event of stream) {
      expect(event.data?.jobChanged.job.id).toBe(id);
      seen.push(event.data?.jobChanged.sequence ?? 0);
      if (seen.length === 2) stop.abort();
    }
    expect(seen).toEqual([1, 2]);
  });
});

describe('the log of a job', () => {
  it('is followed live, after what was written before, each line once', async () => {
    goOn = Promise.withResolvers();
    const organizationId = runtime.newOrganization();
    const id = await start(organizationId, subject, teller);
    await until(async () => (await jobView(organizationId, id))?.log.some(({ message }) => message === 'begun'));
    const follow = async (after: number): Promise<string[]> => {
      const stop = new AbortController();
      const stream = await listenTo<{ jobLog: { sequence: number; level: string; message: string } }>(
        operations,
        'subscription ($id: ID!, $after: Int) { jobLog(jobId: $id, after: $after) { sequence level message } }',
        { runtime, principal: testPrincipal(organizationId), variables: { id, after }, signal: stop.signal },
      );
      const seen: string[] = [];
      for await (const { data } of stream) {
        seen.push(`${data?.jobLog.sequence} ${data?.jobLog.level} ${data?.jobLog.message}`);
        if (data?.jobLog.message === 'begun') goOn.resolve();
        if (data?.jobLog.message === 'Done.') stop.abort();
      }
      return seen;
    };
    const lines = ['1 info Attempt 1 of 1 begins.', '2 info begun', '3 warn nearly done', '4 info Done.'];
    expect(await follow(0)).toEqual(lines);
    expect(await follow(2)).toEqual(lines.slice(2));
  });
});

describe('a job that runs', () => {
  it('is cancelled, and counts as neither a success nor a failure', async () => {
    goOn = Promise.withResolvers();
    broken = false;
    const organizationId = runtime.newOrganization();
    const options = { runtime, principal: testPrincipal(organizationId) };
    const done = await start(organizationId);
    const id = await start(organizationId, subject, teller);
    await until(async () => (await jobView(organizationId, id))?.state === 'RUNNING');
    const cancel = 'mutation ($id: ID!) { cancelJob(id: $id) { job { state canCancel canRetry } } }';
    expect(await answer(operations, cancel, { ...options, variables: { id } })).toEqual({
      cancelJob: { job: { state: 'CANCELLED', canCancel: false, canRetry: true } },
    });
    await until(async () => (await jobView(organizationId, done))?.state === 'SUCCEEDED');
    const text = '{ jobSummary { type total succeeded failed successRate } }';
    const { jobSummary } = await answer<{ jobSummary: { type: string }[] }>(operations, text, options);
    expect(jobSummary.sort((a, b) => a.type.localeCompare(b.type))).toEqual([
      { type: task.type, total: 1, succeeded: 1, failed: 0, successRate: 1 },
      { type: teller.type, total: 1, succeeded: 0, failed: 0, successRate: null },
    ]);
  });
});

describe('a part of a sync', () => {
  it('leads to the sync, whose other fields are of another module', async () => {
    const organizationId = runtime.newOrganization();
    const variables = { id: await start(organizationId) };
    const options = { runtime, principal: testPrincipal(organizationId), variables };
    const text = 'query ($id: ID!) { job(id: $id) { subjectKind subjectId syncRun { id } } }';
    expect(await answer(operations, text, options)).toEqual({
      job: { subjectKind: 'syncRun', subjectId: subject, syncRun: { id: subject } },
    });
  });
});

describe('another organisation', () => {
  it('can neither see, follow, cancel nor repeat a job', async () => {
    broken = true;
    const organizationId = runtime.newOrganization();
    const id = await start(organizationId);
    const principal = testPrincipal(runtime.newOrganization());
    expect(await jobView(principal.organizationId, id)).toBeNull();
    for (const name of ['cancelJob', 'retryJob']) {
      const text = `mutation ($id: ID!) { ${name}(id: $id) { job { id } } }`;
      const refused = await ask(operations, text, { runtime, principal, variables: { id } });
      expect(refused.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
    const stream = await listenTo(operations, 'subscription ($id: ID!) { jobLog(jobId: $id) { message } }', {
      runtime,
      principal,
      variables: { id },
    });
    await expect(stream.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const entities =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Job { id } ... on SyncRun { jobs { id } } } }';
    const variables = {
      r: [
        { __typename: 'Job', id },
        { __typename: 'SyncRun', id: subject },
      ],
    };
    expect((await ask(operations, entities, { runtime, principal, variables })).data).toEqual({
      _entities: [null, { jobs: [] }],
    });
  });
});

describe('health', () => {
  it('names each part and the worst of them', async () => {
    const principal = testPrincipal(runtime.newOrganization());
    const text = '{ health { state mode checks { name state latencyMillis } } }';
    const { health } = await answer<{ health: { state: string; checks: { name: string }[] } }>(operations, text, {
      runtime,
      principal,
    });
    expect(health.state).toBe('HEALTHY');
    expect(health.checks.map((check) => check.name)).toEqual(expect.arrayContaining(['database', 'jobs']));
  });

  it('is down with a module that does not answer, or says that it is not ready', async () => {
    const server = createServer((_, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const addresses = `memory=http://127.0.0.1:${port},causal=http://127.0.0.1:1`;
    const config = { ...runtime.config, LIFTOS_SUBGRAPHS: addresses };
    const { health } = await answer<{ health: { checks: { name: string }[] } }>(
      operations,
      '{ health { state checks { name state message } } }',
      { runtime: { ...runtime, config }, principal: testPrincipal(runtime.newOrganization()) },
    );
    server.close();
    expect(health).toMatchObject({ state: 'DOWN' });
    expect(health.checks.filter(({ name }) => name.startsWith('subgraph:'))).toEqual([
      { name: 'subgraph:memory', state: 'DOWN', message: 'It answered with status 503.' },
      { name: 'subgraph:causal', state: 'DOWN', message: expect.any(String) },
    ]);
    expect(JSON.stringify(health)).not.toContain('127.0.0.1');
  });
});
