import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context, Principal } from '@liftos/core/context.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { AttributionRun, RunAttributionInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { buildJourneys } from './testing/build-journeys.pure.ts';
import { createMemoryDouble } from './testing/memory-double.ts';
import { readGoldenJson, readPathData, readTimedJourneys } from './testing/read-golden.ts';

const runText = `id state progress error codeVersion warnings createdAt startedAt finishedAt computeMillis
  settings { models windowDays from to unit markovOrder includeNulls halfLifeDays connectionIds mock }
  inputs { journeys paths touches conversions nulls value currency unattributed firstDate lastDate sourceKinds dataHash }
  results { model conversions value assumptions credits { key conversions value share removalEffect spend roas } }
  agreement { a b rankCorrelation sharesMoved }`;
const startText = `mutation ($input: RunAttributionInput!) { runAttribution(input: $input) { run { ${runText} } } }`;
const showText = `query ($id: ID!) { attributionRun(id: $id) { ${runText} } }`;
const followText = `subscription ($runId: ID, $after: Int) {
  attributionProgress(runId: $runId, after: $after) { sequence at run { id state } } }`;

const memory = createMemoryDouble();
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(() => runtime.close());

const small = buildJourneys([
  { path: ['Search', 'Social'], ages: [3, 1], conversions: 2, value: 100, nulls: 1 },
  { path: ['Search'], ages: [10], conversions: 1, value: 30, nulls: 4 },
]);

function newPrincipal(journeys = small): Principal {
  const principal = testPrincipal(runtime.newOrganization());
  memory.put(principal.organizationId, journeys);
  return principal;
}

function contextOf(principal: Principal): Context {
  return createContext({ runtime, principal });
}

async function start(principal: Principal, input: RunAttributionInput = {}): Promise<AttributionRun> {
  const options = { runtime, principal, variables: { input } };
  return (await answer<{ runAttribution: { run: AttributionRun } }>(causal, startText, options)).runAttribution.run;
}

async function show(principal: Principal, id: string): Promise<AttributionRun | null> {
  const options = { runtime, principal, variables: { id } };
  return (await answer<{ attributionRun: AttributionRun | null }>(causal, showText, options)).attributionRun;
}

/** The run once it has ended. */
function ended(principal: Principal, id: string): Promise<AttributionRun> {
  return until(async () => {
    const run = await show(principal, id);
    return run && !['QUEUED', 'RUNNING'].includes(run.state) ? run : null;
  });
}

async function runToEnd(principal: Principal, input: RunAttributionInput = {}): Promise<AttributionRun> {
  return ended(principal, (await start(principal, input)).id);
}

async function codeOf(principal: Principal, text: string, variables: Record<string, unknown>): Promise<unknown> {
  const { errors } = await ask(causal, text, { runtime, principal, variables });
  return errors?.[0]?.extensions.code;
}

type Named = Record<string, number>;

function byKey(run: AttributionRun, model: string, column: 'conversions' | 'value'): Named {
  const { credits } = run.results.find((result) => result.model === model)!;
  return Object.fromEntries(credits.map((credit) => [credit.key, credit[column]]));
}

describe('runAttribution', () => {
  it('stores a queued run with its settings and computes it in the background', async () => {
    const principal = newPrincipal();
    const queued = await start(principal, { windowDays: 7, markovOrder: 2 });
    expect(queued).toMatchObject({ state: 'QUEUED', progress: 0, results: [], inputs: null });
    expect(queued.settings).toMatchObject({ windowDays: 7, markovOrder: 2, unit: 'CHANNEL', mock: false });
    expect(queued.settings.models).toHaveLength(7);
    const run = await ended(principal, queued.id);
    expect(run).toMatchObject({ state: 'SUCCEEDED', progress: 1, error: null });
    expect(run.inputs).toMatchObject({
      journeys: 8,
      touches: 11,
      conversions: 3,
      nulls: 5,
      value: 130,
      unattributed: 1,
    });
    expect(run.inputs!.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(run.results).toHaveLength(7);
    expect(run.agreement).toHaveLength(21);
    for (const result of run.results) {
      expect(result.conversions).toBeCloseTo(2, 10);
      expect(result.value).toBeCloseTo(100, 8);
    }
  });

  it.each<[string, RunAttributionInput]>([
    ['input.windowDays', { windowDays: 3 }],
    ['input.markovOrder', { markovOrder: 0 }],
    ['input.models', { models: [] }],
    ['input.halfLifeDays', { halfLifeDays: -1 }],
    ['input.to', { from: '2026-05-01', to: '2026-04-01' }],
    ['input.connectionIds', { connectionIds: ['../../etc'] }],
  ])('refuses %s that cannot be used, naming it', async (field, input) => {
    const principal = newPrincipal();
    const { errors } = await ask(causal, startText, { runtime, principal, variables: { input } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('refuses a day that is not in the calendar', async () => {
    const { errors } = await ask(causal, startText, {
      runtime,
      principal: newPrincipal(),
      variables: { input: { from: '2026-02-30' } },
    });
    expect(errors?.[0]?.message).toMatch(/YYYY-MM-DD/);
  });

  it('fails with the reason when the journeys cannot answer', async () => {
    const untimed = newPrincipal(buildJourneys([{ path: ['a', 'b'] }]));
    expect(await runToEnd(untimed, { windowDays: 7 })).toMatchObject({
      state: 'FAILED',
      error: expect.stringMatching('no times'),
    });
  });

  it('needs the permission to run', async () => {
    const reader = testPrincipal(runtime.newOrganization(), ['data:read']);
    expect(await codeOf(reader, startText, { input: {} })).toBe('FORBIDDEN');
  });
});

const paths = readPathData();
const timed = readTimedJourneys();
interface PathExpectation {
  heuristics_conversions: Record<string, Named>;
  heuristics_value: Record<string, Named>;
  markov: Record<string, { attributed_conversions: Named; attributed_value?: Named; removal_effect: Named }>;
}
const published = readGoldenJson<PathExpectation>('causal/pathdata/expected.json');

function expectNear(actual: Named, expected: Named, tolerance: number): void {
  for (const [key, figure] of Object.entries(expected)) {
    expect(Math.abs((actual[key] ?? 0) - figure), `${key}: ${actual[key]} against ${figure}`).toBeLessThan(tolerance);
  }
}

describe.skipIf(!paths || !published)('published paths through GraphQL (golden pathdata, 1e-5)', () => {
  it('gives the published figures of all models at order 1', async () => {
    const run = await runToEnd(newPrincipal(paths!));
    expect(run.inputs).toMatchObject({ journeys: 88_387, conversions: 19_785, nulls: 68_602, unattributed: 0 });
    for (const [model, rule] of [
      ['FIRST_TOUCH', 'first_touch'],
      ['LAST_TOUCH', 'last_touch'],
      ['LINEAR', 'linear_touch'],
      ['SHAPLEY', 'shapley_simplified_unique_channels'],
    ] as const) {
      expectNear(byKey(run, model, 'conversions'), published!.heuristics_conversions[rule]!, 1e-5);
      expectNear(byKey(run, model, 'value'), published!.heuristics_value[rule]!, 1e-5);
    }
    const markov = published!.markov.order1_with_null!;
    expectNear(byKey(run, 'MARKOV', 'conversions'), markov.attributed_conversions, 1e-6);
    expectNear(byKey(run, 'MARKOV', 'value'), markov.attributed_value!, 1e-4);
    expect(run.results.map(({ model }) => model)).toContain('TIME_DECAY');
    expect(run.warnings.join(' ')).toMatch(/no times/);
  });

  it('gives the published figures of order 2 without null paths', async () => {
    const run = await runToEnd(newPrincipal(paths!), { models: ['MARKOV'], markovOrder: 2, includeNulls: false });
    expectNear(
      byKey(run, 'MARKOV', 'conversions'),
      published!.markov.order2_without_null!.attributed_conversions,
      1e-6,
    );
  });
});

interface TimedExpectation {
  windows_days: Record<string, Record<string, { conversions: Named; value: Named; unattributed_journeys: number }>>;
}
const windows = readGoldenJson<TimedExpectation>('causal/rule_attribution/expected.json')?.windows_days ?? {};

describe.skipIf(!timed)('windows through GraphQL (golden rule_attribution, 1e-8)', () => {
  it.each(Object.keys(windows).map(Number))('of %i days give the defined credits', async (windowDays) => {
    const run = await runToEnd(newPrincipal(timed!), { windowDays });
    const expected = windows[windowDays]!;
    for (const [model, rule] of [
      ['FIRST_TOUCH', 'first'],
      ['LAST_TOUCH', 'last'],
      ['LINEAR', 'linear'],
      ['TIME_DECAY', 'time_decay_7d'],
      ['POSITION_BASED', 'position_40_20_40'],
    ] as const) {
      expectNear(byKey(run, model, 'conversions'), expected[rule]!.conversions, 1e-9);
      expectNear(byKey(run, model, 'value'), expected[rule]!.value, 1e-8);
      expect(run.inputs!.unattributed).toBe(expected[rule]!.unattributed_journeys);
    }
  });
});

describe('a run', () => {
  it('puts spend of the same currency beside value and leaves out the rest with a warning', async () => {
    const principal = newPrincipal();
    memory.putSpend(principal.organizationId, [
      { key: 'Search', currency: 'EUR', spend: 50, revenue: 0, conversions: 0 },
      { key: 'Social', currency: 'USD', spend: 20, revenue: 0, conversions: 0 },
    ]);
    const run = await runToEnd(principal, { models: ['LINEAR'] });
    const credits = Object.fromEntries(run.results[0]!.credits.map((credit) => [credit.key, credit]));
    expect(credits.Search).toMatchObject({ value: 80, spend: 50, roas: 1.6 });
    expect(credits.Social).toMatchObject({ value: 50, spend: null, roas: null });
    expect(run.warnings.join(' ')).toMatch(/Social is not in EUR/);
  });

  it('credits no value when values are in several currencies', async () => {
    const principal = newPrincipal();
    memory.put(principal.organizationId, small, { currency: null });
    const run = await runToEnd(principal, { models: ['LAST_TOUCH'] });
    expect(run.results[0]).toMatchObject({ conversions: 3, value: 0 });
    expect(run.warnings.join(' ')).toMatch(/several currencies/);
  });

  it('reads generated journeys only when asked for, and then alone', async () => {
    const principal = newPrincipal();
    memory.put(principal.organizationId, buildJourneys([{ path: ['Mock'], ages: [1] }]), { sourceKind: 'mock' });
    expect((await runToEnd(principal)).inputs).toMatchObject({ sourceKinds: ['file'], conversions: 3 });
    expect((await runToEnd(principal, { mock: true })).inputs).toMatchObject({ sourceKinds: ['mock'], conversions: 1 });
  });

  it('can be cancelled while it is computed, and then stays cancelled', async () => {
    const principal = newPrincipal();
    const { promise, resolve } = Promise.withResolvers<void>();
    memory.hold = () => promise;
    try {
      const { id } = await start(principal);
      await until(async () => (await show(principal, id))?.state === 'RUNNING');
      const cancel = `mutation ($id: ID!) { cancelAttributionRun(id: $id) { run { state error } } }`;
      const options = { runtime, principal, variables: { id } };
      const { cancelAttributionRun } = await answer<{ cancelAttributionRun: unknown }>(causal, cancel, options);
      expect(cancelAttributionRun).toMatchObject({ run: { state: 'CANCELLED' } });
      resolve();
      expect(await codeOf(principal, cancel, { id })).toBe('CONFLICT');
      await runToEnd(principal);
      expect(await show(principal, id)).toMatchObject({ state: 'CANCELLED', results: [] });
      const { rows } = await runtime.database.driver.query(
        principal.organizationId,
        'select topic from runtime.event where audited and subject_id = $1 order by sequence',
        [id],
      );
      expect(rows).toEqual([{ topic: expect.any(String) }, { topic: 'run.cancelled' }]);
    } finally {
      memory.hold = () => Promise.resolve();
      resolve();
    }
  });

  it('is computed when its failed job is run again after data arrived', async () => {
    const principal = newPrincipal(buildJourneys([]));
    const failed = await runToEnd(principal);
    expect(failed).toMatchObject({ state: 'FAILED', error: expect.stringMatching('no journeys') });
    memory.put(principal.organizationId, small);
    const { rows } = await runtime.database.driver.query(principal.organizationId, 'select id from runtime.job', []);
    await runtime.jobs.retry(contextOf(principal), String(rows[0]!.id));
    const run = await until(async () => {
      const current = await show(principal, failed.id);
      return current?.state === 'SUCCEEDED' ? current : null;
    });
    expect(run).toMatchObject({ error: null, inputs: { conversions: 3 } });
  });
});

describe('a run whose data cannot be read', () => {
  it('fails after a second attempt without telling what broke inside', async () => {
    const principal = newPrincipal();
    memory.hold = () => Promise.reject(new Error('connection to 10.0.0.7 lost'));
    try {
      const run = await runToEnd(principal);
      expect(run).toMatchObject({ state: 'FAILED', error: expect.stringMatching('broke off') });
      expect(JSON.stringify(run)).not.toContain('10.0.0.7');
    } finally {
      memory.hold = () => Promise.resolve();
    }
  });
});

describe('reproduceAttributionRun', () => {
  const reproduceText = `mutation ($id: ID!) {
    reproduceAttributionRun(id: $id) { identical sameData largestDifference } }`;

  async function reproduce(principal: Principal, id: string): Promise<unknown> {
    const options = { runtime, principal, variables: { id } };
    const data = await answer<{ reproduceAttributionRun: unknown }>(causal, reproduceText, options);
    return data.reproduceAttributionRun;
  }

  it('gives the same from the same data, and says how much it differs from other data', async () => {
    const principal = newPrincipal();
    const { id } = await runToEnd(principal);
    expect(await reproduce(principal, id)).toEqual({ identical: true, sameData: true, largestDifference: 0 });
    memory.put(principal.organizationId, buildJourneys([{ path: ['Search'], ages: [3], conversions: 3, value: 230 }]));
    expect(await reproduce(principal, id)).toEqual({ identical: false, sameData: false, largestDifference: 200 });
    memory.put(principal.organizationId, buildJourneys([]));
    expect(await reproduce(principal, id)).toMatchObject({ identical: false, sameData: false });
  });

  it('gives the same for values of several currencies, which are not credited', async () => {
    const principal = newPrincipal();
    memory.put(principal.organizationId, small, { currency: null });
    const { id } = await runToEnd(principal);
    expect(await reproduce(principal, id)).toEqual({ identical: true, sameData: true, largestDifference: 0 });
  });

  it('is refused for a run without results', async () => {
    const principal = newPrincipal(buildJourneys([]));
    const { id } = await runToEnd(principal);
    expect(await codeOf(principal, reproduceText, { id })).toBe('CONFLICT');
  });
});

describe('attributionRuns', () => {
  it('lists the newest first, page by page', async () => {
    const principal = newPrincipal();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift((await start(principal)).id);
    const list = `query ($after: String) { attributionRuns(first: 2, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const read = async (after: string | null) => {
      const options = { runtime, principal, variables: { after } };
      const { attributionRuns } = await answer<{ attributionRuns: RunPage }>(causal, list, options);
      return attributionRuns;
    };
    const first = await read(null);
    const second = await read(first.pageInfo.endCursor);
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    await Promise.all(ids.map((id) => ended(principal, id)));
  });
});

interface RunPage {
  edges: { node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Progress {
  attributionProgress: { sequence: number; at: string; run: { id: string; state: string } };
}

describe('attributionProgress', () => {
  it('replays what was missed after a number and goes on live, each change once', async () => {
    const principal = newPrincipal();
    const { id } = await runToEnd(principal);
    const stop = new AbortController();
    const options = { runtime, principal, variables: { runId: null, after: 0 }, signal: stop.signal };
    const events = await listenTo<Progress>(causal, followText, options);
    const seen: Progress['attributionProgress'][] = [];
    let next = '';
    for await (const { data } of events) {
      seen.push(data!.attributionProgress);
      if (seen.length === 3) next = (await start(principal)).id;
      if (seen.at(-1)!.run.id === next && seen.at(-1)!.run.state === 'SUCCEEDED') break;
    }
    stop.abort();
    const sequences = seen.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(seen.slice(0, 3).map(({ run }) => run.id)).toEqual([id, id, id]);
    await ended(principal, next);
  });
});

describe('other organisations', () => {
  it('see, follow, cancel and reproduce nothing of a run', async () => {
    const owner = newPrincipal();
    const { id } = await runToEnd(owner);
    const stranger = newPrincipal();
    expect(await show(stranger, id)).toBeNull();
    const cancel = `mutation ($id: ID!) { cancelAttributionRun(id: $id) { run { id } } }`;
    expect(await codeOf(stranger, cancel, { id })).toBe('NOT_FOUND');
    const reproduce = `mutation ($id: ID!) { reproduceAttributionRun(id: $id) { identical } }`;
    expect(await codeOf(stranger, reproduce, { id })).toBe('NOT_FOUND');
    const follow = listenTo<Progress>(causal, followText, {
      runtime,
      principal: stranger,
      variables: { runId: id, after: 0 },
    });
    await expect(follow).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    const list = `{ attributionRuns { edges { node { id } } } }`;
    expect(await answer(causal, list, { runtime, principal: stranger })).toEqual({ attributionRuns: { edges: [] } });
  });

  it('resolve references to their own runs only, in one batch, whatever the id looks like', async () => {
    const owner = newPrincipal();
    const { id } = await runToEnd(owner);
    const stranger = newPrincipal();
    const { id: own } = await runToEnd(stranger);
    const entities = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AttributionRun { id } } }`;
    const refs = [own, id, "' or true --"].map((key) => ({ __typename: 'AttributionRun', id: key }));
    const options = { runtime, principal: stranger, variables: { refs } };
    expect(await answer(causal, entities, options)).toEqual({ _entities: [{ id: own }, null, null] });
  });

  it('cannot be read with a cursor of another organisation', async () => {
    const owner = newPrincipal();
    await runToEnd(owner);
    const list = `query ($after: String) { attributionRuns(first: 1, after: $after) { pageInfo { endCursor } } }`;
    const { attributionRuns } = await answer<{ attributionRuns: RunPage }>(causal, list, { runtime, principal: owner });
    const stolen = { after: attributionRuns.pageInfo.endCursor };
    expect(await codeOf(newPrincipal(), list, stolen)).toBe('BAD_USER_INPUT');
  });
});
