import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { MemoryPort, RecordFrame } from '@liftos/core/ports/memory.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { simulateMix } from '../mix-model/testing/simulate-mix.pure.ts';
import type {
  CreateModelInput,
  Model,
  ModelPredictions,
  ModelVersion,
  TrainMixModelInput,
} from '../schema.generated.ts';
import { causal } from '../subgraph.ts';

const weeks = 84;
const { data } = simulateMix(6, weeks, [
  { name: 'search', decay: 0.3, rate: 3, strength: 40 },
  { name: 'social', decay: 0.5, rate: 3, strength: 20 },
]);
const dayOf = (day: number): string =>
  new Date(Date.parse(`${data.dates[0]}T00:00:00Z`) + 86_400_000 * day).toISOString().slice(0, 10);

/** The first weeks of the simulation as daily records. */
function recordsOf(count: number): Partial<RecordFrame> {
  const none = new Float64Array(weeks);
  const series = [
    ...data.channels.map(({ name, spend }) => ({ name, spend, revenue: none })),
    { name: 'shop', spend: none, revenue: data.kpi },
  ];
  const rows = series.flatMap(({ name, spend, revenue }) =>
    Array.from({ length: 7 * count }, (_, day) => {
      const week = Math.floor(day / 7);
      return { date: dayOf(day), channel: name, spend: spend[week]! / 7, revenue: revenue[week]! / 7 };
    }),
  );
  const micros = (value: number): bigint => BigInt(Math.round(value * 1e6));
  return {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ channel }) => channel),
    currency: rows.map(() => 'EUR'),
    spend: BigInt64Array.from(rows, ({ spend }) => micros(spend)),
    revenue: BigInt64Array.from(rows, ({ revenue }) => micros(revenue)),
    conversions: new Float64Array(rows.length),
    impressions: new Float64Array(rows.length),
    clicks: new Float64Array(rows.length),
    region: rows.map(() => null),
    connectionId: rows.map(() => '00000000-0000-7000-8000-000000000001'),
    sourceKind: rows.map(() => 'file'),
    basis: rows.map(() => 'claimed'),
  };
}

const metricsText = 'metrics { periods mape weightedError coverage rSquared }';
const versionText = `id modelId number stage state progress error mixModelId warnings promotedAt
  inputs { periods channels currency kpi dataHash mock } ${metricsText}
  folds { trainedUntil from to ${metricsText} points { date actual predicted low high } }
  mixModel { id state } accuracy { conclusion points { period actual predicted low high } ${metricsText} }`;
const modelText = `id name kind mock createdBy retiredAt backTest { folds periods } champion { id } versions { ${versionText} }`;
const createText = `mutation ($input: CreateModelInput!) { createModel(input: $input) { model { ${modelText} } } }`;
const trainText = `mutation ($id: ID!, $training: TrainMixModelInput) {
  trainModelVersion(modelId: $id, training: $training) { version { ${versionText} } } }`;
const showText = `query ($id: ID!) { model(id: $id) { ${modelText} } }`;
const onVersion = (name: string): string => `mutation ($id: ID!) { ${name}(id: $id) { version { ${versionText} } } }`;
const compareText = `query ($ids: [ID!]!) { compareModelVersions(ids: $ids) { bestId conclusion warnings versions { number } } }`;
const predictText = `query ($id: ID!, $from: Date!, $to: Date!, $channels: [String!], $spend: [PredictionSpendInput!]) {
  predictions(modelId: $id, from: $from, to: $to, channels: $channels, spend: $spend) {
    kpi currency conclusion assumptions warnings total { mean low high } version { number }
    periods { date actual mean low high } channels { name spend mean total { mean } } } }`;

const stored = new Map<string, number>();
const memory = {
  records: ({ organizationId }: Principal, { from, to }: { from: string; to: string }) => {
    const all = recordsOf(stored.get(organizationId) ?? 0);
    const inside = all.date!.map((date) => date >= from && date <= to);
    const kept = Object.entries(all).map(([name, column]) => [
      name,
      (column as unknown[]).filter((_, row) => inside[row]),
    ]);
    return Promise.resolve(Object.fromEntries(kept) as Partial<RecordFrame>);
  },
};
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

const short: TrainMixModelInput = {
  from: data.dates[0]!,
  to: dayOf(7 * 80 - 1),
  chains: 2,
  draws: 300,
  trend: 'LINEAR',
  yearlyWaves: 1,
};

function newPrincipal(count = weeks): Principal {
  const principal = testPrincipal(runtime.newOrganization());
  stored.set(principal.organizationId, count);
  return principal;
}

async function create(principal: Principal, changed: Partial<CreateModelInput> = {}): Promise<Model> {
  const input = { name: 'Revenue', training: short, backTest: { folds: 2, periods: 4 }, ...changed };
  const options = { runtime, principal, variables: { input } };
  return (await answer<{ createModel: { model: Model } }>(causal, createText, options)).createModel.model;
}

async function train(principal: Principal, id: string, training?: TrainMixModelInput): Promise<ModelVersion> {
  const options = { runtime, principal, variables: { id, training: training ?? null } };
  const found = await answer<{ trainModelVersion: { version: ModelVersion } }>(causal, trainText, options);
  return found.trainModelVersion.version;
}

async function show(principal: Principal, id: string): Promise<Model> {
  return (await answer<{ model: Model }>(causal, showText, { runtime, principal, variables: { id } })).model;
}

/** A version once it stands in one of the states. */
function versionIn(principal: Principal, modelId: string, id: string, states: string[]): Promise<ModelVersion> {
  return until(async () => {
    const version = (await show(principal, modelId)).versions.find((one) => one.id === id);
    return version && states.includes(version.state) ? version : null;
  });
}

const ended = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

async function refusalOf(principal: Principal, text: string, variables: Record<string, unknown>): Promise<unknown> {
  const { errors } = await ask(causal, text, { runtime, principal, variables });
  return errors?.[0]?.extensions;
}

async function predict(principal: Principal, variables: Record<string, unknown>): Promise<ModelPredictions> {
  const options = { runtime, principal, variables };
  return (await answer<{ predictions: ModelPredictions }>(causal, predictText, options)).predictions;
}

describe('models', () => {
  it('train versions with a back-test, compare and promote them, foretell, and learn how well they did', async () => {
    const principal = newPrincipal(80);
    const { id: modelId } = await create(principal);
    const started = await train(principal, modelId);
    expect(started).toMatchObject({ number: 1, stage: 'CANDIDATE', folds: [], metrics: null });
    const onlySearch = await train(principal, modelId, { ...short, onlyChannels: ['search'] });
    const [first, second] = await Promise.all(
      [started, onlySearch].map(({ id }) => versionIn(principal, modelId, id, ended)),
    );
    expect(first).toMatchObject({ state: 'SUCCEEDED', progress: 1, error: null, mixModel: { state: 'SUCCEEDED' } });
    expect(first!.inputs).toMatchObject({ periods: 80, channels: ['search', 'social'], kpi: 'REVENUE', mock: false });
    expect(first!.folds.map(({ trainedUntil, from, to }) => [trainedUntil, from, to])).toEqual([
      [dayOf(7 * 72 - 1), dayOf(7 * 72), dayOf(7 * 76 - 1)],
      [dayOf(7 * 76 - 1), dayOf(7 * 76), dayOf(7 * 80 - 1)],
    ]);
    expect(first!.metrics).toMatchObject({ periods: 8 });
    expect(first!.metrics!.weightedError).toBeLessThan(0.3);
    expect(first!.metrics!.coverage).toBeGreaterThan(0.5);

    const comparison = await answer<{ compareModelVersions: Record<string, unknown> }>(causal, compareText, {
      runtime,
      principal,
      variables: { ids: [first!.id, second!.id] },
    });
    expect(comparison.compareModelVersions).toMatchObject({
      conclusion: expect.stringMatching(/^Version \d foretold best on the same 8 periods: .* 90 % interval /),
      warnings: [expect.stringMatching('different data')],
    });

    const promote = async (id: string): Promise<void> =>
      void (await answer(causal, onVersion('promoteModelVersion'), { runtime, principal, variables: { id } }));
    await promote(second!.id);
    await promote(first!.id);
    const promoted = await show(principal, modelId);
    expect(promoted.champion).toEqual({ id: first!.id });
    expect(promoted.versions.map(({ number, stage }) => [number, stage])).toEqual([
      [2, 'FORMER'],
      [1, 'CHAMPION'],
    ]);
    expect(await refusalOf(principal, onVersion('promoteModelVersion'), { id: first!.id })).toMatchObject({
      code: 'CONFLICT',
    });
    const offered = await answer<{ planModels: object[] }>(causal, '{ planModels { name version promoted } }', {
      runtime,
      principal,
    });
    expect(offered.planModels[0]).toEqual({ name: 'Revenue', version: 1, promoted: true });

    // Four more weeks arrive.
    stored.set(principal.organizationId, weeks);
    const refreshText = 'mutation ($id: ID!) { refreshModelAccuracy(modelId: $id) { model { id } } }';
    await answer(causal, refreshText, { runtime, principal, variables: { id: modelId } });
    const measured = await until(async () => {
      const version = (await show(principal, modelId)).versions.find(({ number }) => number === 1)!;
      return version.accuracy.points.length > 0 ? version : null;
    });
    expect(measured.accuracy.points.map(({ period }) => period)).toEqual(data.dates.slice(80));
    measured.accuracy.points.forEach(({ actual }, index) => expect(actual).toBeCloseTo(data.kpi[80 + index]!, 3));
    expect(measured.accuracy.metrics!.weightedError).toBeLessThan(0.4);
    expect(measured.accuracy.conclusion).toMatch(/^In the 4 periods since its training/);

    const range = { id: modelId, from: dayOf(7 * 82), to: dayOf(7 * 86 - 1) };
    const usual = await predict(principal, range);
    expect(usual.periods.map(({ actual }) => actual !== null)).toEqual([true, true, false, false]);
    expect(usual.total.low).toBeLessThan(usual.total.mean);
    expect(usual.warnings).toEqual([]);
    const more = await predict(principal, {
      ...range,
      channels: ['search'],
      spend: [{ channel: 'search', perDay: 3 * (usual.channels[0]!.spend[3]! / 7) }],
    });
    expect(more.channels.map(({ name }) => name)).toEqual(['search']);
    expect(more.channels[0]!.spend[3]).toBeCloseTo(3 * usual.channels[0]!.spend[3]!, 6);
    expect(more.total.mean).toBeGreaterThan(usual.total.mean);
    const badField = async (changed: object) => refusalOf(principal, predictText, { ...range, ...changed });
    expect(await badField({ channels: ['radio'] })).toMatchObject({ field: 'channels' });
    expect(await badField({ spend: [{ channel: 'search', perDay: -1 }] })).toMatchObject({ field: 'spend' });
    expect(await badField({ from: '2001-01-01' })).toMatchObject({ field: 'from' });
    expect(await badField({ to: '2040-01-01' })).toMatchObject({ field: 'to' });

    await answer(causal, onVersion('retireModelVersion'), { runtime, principal, variables: { id: first!.id } });
    expect((await show(principal, modelId)).champion).toBeNull();
    expect(await badField({})).toMatchObject({ code: 'CONFLICT' });
  });

  it('tell live of what changes, and stop a training that is cancelled', async () => {
    const principal = newPrincipal();
    const { id } = await create(principal);
    const events = await listenTo(causal, 'subscription { modelChanges(after: 0) { sequence model { id name } } }', {
      runtime,
      principal,
    });
    const { value } = (await events.next()) as { value: { data: unknown } };
    await events.return?.(undefined);
    expect(value.data).toMatchObject({ modelChanges: { model: { id, name: 'Revenue' } } });
    const version = await train(principal, id, { ...short, draws: 5000, chains: 8 });
    await versionIn(principal, id, version.id, ['RUNNING']);
    await answer(causal, onVersion('cancelModelVersion'), { runtime, principal, variables: { id: version.id } });
    expect(await versionIn(principal, id, version.id, ended)).toMatchObject({
      state: 'CANCELLED',
      mixModel: { state: 'CANCELLED' },
    });
  });

  it('fail with the reason when folds leave too little to learn from', async () => {
    const principal = newPrincipal(40);
    const { id } = await create(principal, { backTest: { folds: 4, periods: 4 } });
    const version = await versionIn(principal, id, (await train(principal, id)).id, ended);
    expect(version).toMatchObject({ state: 'FAILED', error: expect.stringMatching('leave 24 of 40') });
    expect(await refusalOf(principal, onVersion('promoteModelVersion'), { id: version.id })).toMatchObject({
      code: 'CONFLICT',
    });
  });

  it.each<[string, Partial<CreateModelInput>]>([
    ['input.name', { name: '  ' }],
    ['input.backTest.folds', { backTest: { folds: 0 } }],
    ['input.backTest.periods', { backTest: { periods: 99 } }],
    ['input.training.to', { training: { ...short, to: '2001-01-01' } }],
  ])('refuse %s that cannot be used, naming it', async (field, changed) => {
    const input = { name: 'Revenue', training: short, ...changed };
    expect(await refusalOf(newPrincipal(), createText, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('belong to their organisation, have one name, and never mix generated with real data', async () => {
    const principal = newPrincipal();
    const { id } = await create(principal);
    expect(await refusalOf(principal, createText, { input: { name: 'revenue', training: short } })).toMatchObject({
      code: 'CONFLICT',
    });
    const mock = { id, training: { ...short, mock: true } };
    expect(await refusalOf(principal, trainText, mock)).toMatchObject({ field: 'training.mock' });
    const other = newPrincipal();
    expect(await answer(causal, showText, { runtime, principal: other, variables: { id } })).toEqual({ model: null });
    expect(await refusalOf(other, trainText, { id })).toMatchObject({ code: 'NOT_FOUND' });
    const retireText = 'mutation ($id: ID!) { retireModel(id: $id) { model { retiredAt } } }';
    expect(await refusalOf(other, retireText, { id })).toMatchObject({ code: 'NOT_FOUND' });
    await answer(causal, retireText, { runtime, principal, variables: { id } });
    expect(await refusalOf(principal, trainText, { id })).toMatchObject({ code: 'CONFLICT' });
    expect(await answer(causal, '{ models { edges { node { id } } } }', { runtime, principal })).toEqual({
      models: { edges: [] },
    });
  });

  it('are compared with what happened after a sync brought data', async () => {
    const principal = newPrincipal();
    const context = createContext({ runtime, principal });
    const { id } = await create(principal);
    await sql`update causal.model set champion_id = ${id}`.execute(context.db);
    await transaction(context, (tx) => emit(tx, { topic: 'sync.finished' }));
    const { rows } = await until(async () => {
      const found = await sql<{ payload: { modelIds: string[] } }>`
        select payload from runtime.job where type = 'causal.modelAccuracy'`.execute(context.db);
      return found.rows.length > 0 ? found : null;
    });
    expect(rows.map(({ payload }) => payload)).toEqual([{ modelIds: [id] }]);
  });
});
