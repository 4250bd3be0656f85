import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context } from './context.ts';
import { createContext, transaction } from './create-context.ts';
import { AppError } from './errors.ts';
import { emit, type StoredEvent } from './events/events.ts';
import { liveEvents } from './events/live-events.ts';
import { defineJob } from './jobs/define-job.ts';
import { enqueue } from './jobs/jobs.ts';
import { jobLog, jobsById, type JobState } from './jobs/store.ts';
import { defineSubgraph } from './subgraph.ts';
import { testRuntime, type TestRuntime } from './testing/runtime.ts';
import { until } from './testing/until.ts';

const runs: string[] = [];
const flaky = defineJob<{ failures: number }>({
  type: 'core-test.flaky',
  retryDelaySeconds: 1,
  async handler(context, { failures }) {
    runs.push(context.job.id);
    context.logLine('info', `payload ${failures}`);
    if (context.job.attempt <= failures) throw new Error('not yet');
    await Promise.resolve();
  },
});
const steps: string[] = [];
/** Moves on to each next step; its third one fails. */
const walking = defineJob<{ step: number }>({
  type: 'core-test.walking',
  maxAttempts: 2,
  async handler(context, { step }) {
    steps.push(`attempt ${context.job.attempt} begins at ${step}`);
    let at = step;
    while (at < 3) {
      at += 1;
      const undone = transaction(context, async (tx) => {
        await context.moveOn(tx, { step: at + 10 });
        throw new Error('undone');
      });
      await undone.catch(() => undefined);
      await transaction(context, (tx) => context.moveOn(tx, { step: at }));
    }
    throw new Error('cannot go further');
  },
  async onEnd(_, { step }, { state }) {
    steps.push(`${state} at ${step}`);
    await Promise.resolve();
  },
});
const moved: boolean[] = [];
const stubborn = defineJob<{ step: number }>({
  type: 'core-test.stubborn',
  async handler(context) {
    await context.runtime.jobs.cancel(context, context.job.id);
    moved.push(await transaction(context, (tx) => context.moveOn(tx, { step: 1 })));
  },
});
const endless = defineJob<null>({
  type: 'core-test.endless',
  handler: (context) =>
    new Promise((_, reject) => {
      context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
    }),
});
const handled: StoredEvent[] = [];
const subgraph = defineSubgraph({
  name: 'core-test',
  folder: `${import.meta.dirname}/testing`,
  resolvers: {},
  jobs: [flaky, walking, stubborn, endless],
  consumers: [
    { name: 'core-test.all', topics: ['thing.happened'], handle: async (_, event) => void handled.push(event) },
  ],
});

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([subgraph]);
});
afterAll(() => runtime.close());

function contextOf(organizationId: string, signal?: AbortSignal): Context {
  return createContext({ runtime, principal: systemPrincipal(organizationId), ...(signal ? { signal } : {}) });
}

async function stateOf(context: Context, id: string): Promise<JobState | undefined> {
  return (await jobsById(context, [id]))[0]?.state;
}

describe('transaction', () => {
  it('undoes everything when the work throws', async () => {
    const context = contextOf(runtime.newOrganization());
    const failing = transaction(context, async (tx) => {
      await emit(tx, { topic: 'thing.happened' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { rows } = await runtime.database.driver.query(context.organizationId, 'select * from runtime.event', []);
    expect(rows).toEqual([]);
  });

  it('refuses queries beside it instead of waiting for ever', async () => {
    const context = contextOf(runtime.newOrganization());
    const nested = transaction(context, () => jobsById(context, [context.newId()]));
    await expect(nested).rejects.toThrow('use the context that it was given');
  });
});

describe('row-level security', () => {
  it('hides and refuses rows of another organisation', async () => {
    const [mine, theirs] = [contextOf(runtime.newOrganization()), contextOf(runtime.newOrganization())];
    await transaction(mine, (tx) => emit(tx, { topic: 'thing.happened' }));
    const { driver } = runtime.database;
    expect((await driver.query(theirs.organizationId, 'select * from runtime.event', [])).rows).toEqual([]);
    const foreign = driver.query(
      theirs.organizationId,
      'insert into runtime.event_sequence (organization_id, last) values ($1, 9)',
      [runtime.newOrganization()],
    );
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
  });
});

describe('liveEvents', () => {
  it('replays what was missed and then goes on, each event once and in order', async () => {
    const stop = new AbortController();
    const context = contextOf(runtime.newOrganization(), stop.signal);
    const say = (summary: string) => transaction(context, (tx) => emit(tx, { topic: 'thing.happened', summary }));
    await say('one');
    await say('two');
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of liveEvents(context, { after: 1 })) {
        seen.push(`${event.sequence} ${event.summary}`);
        if (seen.length === 3) stop.abort();
      }
    })();
    await until(() => seen.length === 1);
    await Promise.all([say('three'), say('four')]);
    await reading;
    expect(seen.map((line) => line.split(' ')[0])).toEqual(['2', '3', '4']);
  });
});

describe('liveEvents with a number from the future', () => {
  it('goes on with what happens next', async () => {
    const stop = new AbortController();
    const context = contextOf(runtime.newOrganization(), stop.signal);
    const events = liveEvents(context, { after: 1000 });
    let heard: StoredEvent | undefined;
    const first = events.next().then(({ value }) => (heard = value as StoredEvent));
    await until(async () => {
      await transaction(context, (tx) => emit(tx, { topic: 'thing.happened', summary: 'next' }));
      return heard;
    });
    expect(await first).toMatchObject({ summary: 'next' });
    stop.abort();
  });
});

describe('consumers', () => {
  it('are given each event of their topics once', async () => {
    const context = contextOf(runtime.newOrganization());
    await transaction(context, (tx) => emit(tx, { topic: 'thing.happened', payload: { n: 1 } }));
    await transaction(context, (tx) => emit(tx, { topic: 'other.happened' }));
    await runtime.consumers.settle();
    await runtime.consumers.settle();
    const mine = handled.filter((event) => event.organizationId === context.organizationId);
    expect(mine.map((event) => event.payload)).toEqual([{ n: 1 }]);
  });
});

describe('jobs', () => {
  it('are retried until they succeed, with a log of each attempt', async () => {
    const context = contextOf(runtime.newOrganization());
    const id = await transaction(context, (tx) => enqueue(tx, flaky, { failures: 1 }));
    await until(async () => (await stateOf(context, id)) === 'succeeded');
    expect(runs.filter((run) => run === id)).toHaveLength(2);
    const lines = await jobLog(context, id, 0, 100);
    expect(lines.map((line) => line.sequence)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.filter((line) => line.message === 'payload 1')).toHaveLength(2);
  });

  it('are repeated, and end, with what they moved on to', async () => {
    const context = contextOf(runtime.newOrganization());
    const id = await transaction(context, (tx) => enqueue(tx, walking, { step: 1 }));
    await until(async () => (await stateOf(context, id)) === 'failed');
    expect(steps).toEqual(['attempt 1 begins at 1', 'attempt 2 begins at 3', 'failed at 3']);
  });

  it('move on no more once they are cancelled', async () => {
    const context = contextOf(runtime.newOrganization());
    const id = await transaction(context, (tx) => enqueue(tx, stubborn, { step: 0 }));
    await until(() => moved.length > 0);
    expect(moved).toEqual([false]);
    expect((await jobsById(context, [id]))[0]).toMatchObject({ state: 'cancelled', payload: { step: 0 } });
  });

  it('do not exist when their transaction is undone', async () => {
    const context = contextOf(runtime.newOrganization());
    let id = '';
    const undone = transaction(context, async (tx) => {
      id = await enqueue(tx, flaky, { failures: 0 });
      throw new AppError('CONFLICT', 'undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await jobsById(context, [id])).toEqual([]);
  });

  it('stop when cancelled', async () => {
    const context = contextOf(runtime.newOrganization());
    const id = await transaction(context, (tx) => enqueue(tx, endless, null));
    await until(async () => (await stateOf(context, id)) === 'running');
    await runtime.jobs.cancel(context, id);
    expect(await stateOf(context, id)).toBe('cancelled');
    await expect(runtime.jobs.cancel(context, id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(runtime.jobs.cancel(contextOf(runtime.newOrganization()), id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
