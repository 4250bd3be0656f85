import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import type { MemoryPort, RecordFrame } from '@liftos/core/ports/memory.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { reproduced, same } from '../reproduction/testing/reproduced.ts';
import type { CreateCalibrationInput, MixModel, MixPreview, TrainMixModelInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { recordsOfMix } from './testing/records-of-mix.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';

const weeks = 80;
const simulated = simulateMix(6, weeks, [
  { name: 'search', decay: 0.3, rate: 3, strength: 40 },
  { name: 'social', decay: 0.5, rate: 3, strength: 20 },
]);

const modelText = `id state conclusion assumptions sourceKinds seed
  fit { actual mean low high } priors { key channel sentence } experiments { channel measured predicted { mean } agrees }
  progress error codeVersion warnings settings dates
  inputs { periods events sources { records sourceKind } channels currency firstDate lastDate dataHash }
  diagnosis { worstRHat smallestEss refusals inSample { rSquared } outOfSample { periods weightedError } }
  channels { name spend roi { mean low high } marginalRoi { mean } curve { spend mean seenUpTo } }
  series { name kind mean total { mean } } parameters { name mean rHat bulkEss prior { mean } shift }`;
const previewText = `query ($input: TrainMixModelInput!) { mixModelPreview(input: $input) {
  periods currency channels { name activeDays } events priors { key channel sentence } warnings problems { code field message } } }`;
const trainText = `mutation ($input: TrainMixModelInput!) { trainMixModel(input: $input) { model { ${modelText} } } }`;
const showText = `query ($id: ID!) { mixModel(id: $id) { ${modelText} } }`;
const cancelText = 'mutation ($id: ID!) { cancelMixModel(id: $id) { model { state } } }';
const followText = `subscription ($id: ID) { mixModelProgress(id: $id, after: 0) { sequence model { id state progress } } }`;

const stored = new Map<string, Partial<RecordFrame>>();
const memory = {
  calendar: () => Promise.resolve([{ date: '2023-12-25', name: 'Christmas', isPublic: true }]),
  records: ({ organizationId }: Principal) => Promise.resolve(structuredClone(stored.get(organizationId))),
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
  from: '2023-01-01',
  to: '2026-01-01',
  chains: 2,
  draws: 700,
  holdout: 8,
  trendKnots: 0,
};

function newPrincipal(count = weeks): Principal {
  const principal = testPrincipal(runtime.newOrganization());
  stored.set(principal.organizationId, recordsOfMix(simulated.data, count));
  return principal;
}

async function start(principal: Principal, changed: Partial<TrainMixModelInput> = {}): Promise<MixModel> {
  const options = { runtime, principal, variables: { input: { ...short, ...changed } } };
  return (await answer<{ trainMixModel: { model: MixModel } }>(causal, trainText, options)).trainMixModel.model;
}

function stateOf(principal: Principal, id: string, states: string[]): Promise<MixModel> {
  return until(async () => {
    const options = { runtime, principal, variables: { id } };
    const { mixModel } = await answer<{ mixModel: MixModel | null }>(causal, showText, options);
    return mixModel && states.includes(mixModel.state) ? mixModel : null;
  });
}

const ended = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

const calibrateText =
  'mutation ($input: CreateCalibrationInput!) { createCalibration(input: $input) { calibration { id } } }';

/** Writes in a holdout of the channel “social”. */
async function calibrate(principal: Principal, changed: Partial<CreateCalibrationInput> = {}): Promise<string> {
  const [from, to, channel] = ['2024-01-01', '2024-01-28', 'social'];
  const figures = { spend: 10, spendChange: -10, kpiChange: -3, standardError: 2 };
  const input = { channel, from, to, currency: 'EUR', method: 'holdout', ...figures, ...changed };
  const options = { runtime, principal, variables: { input } };
  const data = await answer<{ createCalibration: { calibration: { id: string } } }>(causal, calibrateText, options);
  return data.createCalibration.calibration.id;
}

describe('trainMixModel', () => {
  it('trains on the records of memory, stores all of it, and gives the same when trained again', async () => {
    const principal = newPrincipal();
    const queued = await start(principal);
    expect(queued).toMatchObject({ state: 'QUEUED', progress: 0, channels: [], inputs: null, diagnosis: null });
    const model = await stateOf(principal, queued.id, ended);
    expect(model).toMatchObject({ state: 'SUCCEEDED', progress: 1, error: null });
    expect(model.inputs).toMatchObject({ periods: weeks, channels: ['search', 'social'], currency: 'EUR' });
    expect(model.diagnosis).toMatchObject({ refusals: [], outOfSample: { periods: 8 } });
    expect(model.dates).toHaveLength(weeks);
    expect(model.conclusion).toMatch(/^Media brought \d+ % of the revenue \(90 % interval .* per EUR spent/);
    expect(model.fit!.actual[3]).toBeCloseTo(simulated.data.kpi[3]!, 4);
    expect(model).toMatchObject({ sourceKinds: ['file'], seed: 1, experiments: [] });
    expect(model.priors.find(({ channel, key }) => channel === 'search' && key === 'carryOver.rate')).toBeTruthy();
    model.channels.forEach(({ roi, spend, curve }, index) => {
      const truth = simulated.contributions[index]! / spend;
      expect(roi.low).toBeLessThan(truth);
      expect(roi.high).toBeGreaterThan(truth);
      expect(curve.mean).toHaveLength(curve.spend.length);
    });
    expect(model.series.map(({ name }) => name)).toEqual(['intercept', 'trend', 'seasonality', 'search', 'social']);
    expect(await reproduced({ runtime, principal }, 'MIX_MODEL', model.id)).toEqual(same);
  });

  it('tells of every state, and shows a model to its organisation alone', async () => {
    const principal = newPrincipal();
    const { id } = await start(principal, { draws: 100 });
    await stateOf(principal, id, ended);
    const events = await listenTo(causal, followText, { runtime, principal, variables: { id } });
    const { value } = (await events.next()) as { value: { data: { mixModelProgress: { model: { id: string } } } } };
    await events.return?.(undefined);
    expect(value.data.mixModelProgress.model.id).toBe(id);
    const options = { runtime, principal: newPrincipal(), variables: { id } };
    expect(await answer(causal, showText, options)).toEqual({ mixModel: null });
  });

  it('stops when cancelled', async () => {
    const principal = newPrincipal();
    const { id } = await start(principal, { draws: 5000, chains: 8 });
    await stateOf(principal, id, ['RUNNING']);
    await answer(causal, cancelText, { runtime, principal, variables: { id } });
    expect(await stateOf(principal, id, ended)).toMatchObject({ state: 'CANCELLED', channels: [] });
  });

  it('fails with the reason when the records cannot answer', async () => {
    const principal = newPrincipal(20);
    const model = await stateOf(principal, (await start(principal)).id, ended);
    expect(model).toMatchObject({ state: 'FAILED', error: expect.stringMatching('at least 26') });
  });

  it('takes holidays, events, priors and experiments, and says how they agree', async () => {
    const changed: Partial<TrainMixModelInput> = {
      holidays: { region: 'DE' },
      events: [{ name: 'sale', dates: ['2023-03-06', '2024-03-04'] }],
      priors: [{ key: 'roi', channel: 'search', kind: 'LOG_NORMAL', parameters: [0.2, 0.5] }],
      lift: [{ channel: 'social', spend: 100, spendChange: 50, kpiChange: 2, standardError: 1 }],
      saturation: 'HILL',
      channels: [{ channel: 'social', carryOver: 'WEIBULL_PDF', saturation: 'MICHAELIS_MENTEN' }],
    };
    const principal = newPrincipal();
    const trained = await stateOf(principal, (await start(principal, changed)).id, ended);
    expect(trained).toMatchObject({ state: 'SUCCEEDED', inputs: { events: ['other holidays', 'sale'] } });
    expect(trained.experiments).toMatchObject([{ channel: 'social', measured: 2 }]);
    const names = trained.parameters.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['search: saturation slope', 'social: carry-over shape', 'social: saturation half']),
    );
  });

  it('fails for the result of an experiment in another currency, and says which', async () => {
    const principal = newPrincipal();
    const calibrationIds = [await calibrate(principal, { currency: 'USD' })];
    const model = await stateOf(principal, (await start(principal, { calibrationIds })).id, ended);
    expect(model).toMatchObject({ state: 'FAILED', inputs: null, channels: [] });
    expect(model.error).toMatch(
      /^The experiment on social \(holdout\) is in USD, the records of this model are in EUR/,
    );
  });

  it.each([
    ['input.to', { to: '2022-01-01' }],
    ['input.draws', { draws: 7 }],
    ['input.roiPriors', { roiPriors: [{ channel: 'search', median: 0 }] }],
    ['input.priors', { priors: [{ key: 'noise', kind: 'BETA', parameters: [1, 1] }] }],
    ['input.controls', { controls: [{ name: 'price', dates: ['2023-01-01'] }] }],
    ['input.calibrationIds', { calibrationIds: ['00000000-0000-7000-8000-000000000009'] }],
    ['input.connectionIds', { connectionIds: ['../../etc'] }],
  ])('refuses %s that cannot be used, naming it', async (field, changed) => {
    const options = { runtime, principal: newPrincipal(), variables: { input: { ...short, ...changed } } };
    const { errors } = await ask(causal, trainText, options);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('mixModelPreview', () => {
  const preview = async (principal: Principal, changed: Partial<TrainMixModelInput> = {}) => {
    const options = { runtime, principal, variables: { input: { ...short, ...changed } } };
    return (await answer<{ mixModelPreview: MixPreview }>(causal, previewText, options)).mixModelPreview;
  };

  it('tells what a training would read, with every prior in a sentence', async () => {
    const found = await preview(newPrincipal());
    expect(found).toMatchObject({ periods: weeks, currency: 'EUR', problems: [] });
    expect(found.channels.map(({ name }) => name)).toEqual(expect.arrayContaining(['search', 'social', 'shop']));
    expect(found.priors.every(({ sentence }) => sentence.endsWith('.'))).toBe(true);
    const text = '{ mixModelDefaults(saturation: HILL, geo: REGION) { key sentence } }';
    const options = { runtime, principal: newPrincipal() };
    const { mixModelDefaults } = await answer<{ mixModelDefaults: { key: string }[] }>(causal, text, options);
    expect(mixModelDefaults.map(({ key }) => key)).toEqual(expect.arrayContaining(['saturation.slope', 'geoSpread']));
  });

  it('tells what keeps a model from being trained, with code and field', async () => {
    expect((await preview(newPrincipal(20))).problems).toMatchObject([{ code: 'TOO_FEW', field: 'from' }]);
    expect((await preview(newPrincipal(), { geo: 'REGION' })).problems).toMatchObject([
      { code: 'TOO_FEW', field: 'geo' },
    ]);
    expect((await preview(newPrincipal(), { draws: 7 })).problems).toMatchObject([{ field: 'draws' }]);
  });

  it('holds results of experiments against the currency of the records and the spend that was seen', async () => {
    const principal = newPrincipal();
    const other = await preview(principal, { calibrationIds: [await calibrate(principal, { currency: 'USD' })] });
    expect(other.problems).toMatchObject([{ code: 'SHAPE', field: 'calibrationIds' }]);
    const near = await preview(principal, { calibrationIds: [await calibrate(principal)] });
    expect(near).toMatchObject({ problems: [], warnings: [] });
    const far = { spend: 1e4, spendChange: 1e4 };
    const { problems, warnings } = await preview(principal, { calibrationIds: [await calibrate(principal, far)] });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^The experiment on social .* up to 140,000 EUR a week/)]);
  });
});
