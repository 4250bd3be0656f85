import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { reproduced, same } from '../reproduction/testing/reproduced.ts';
import type { Experiment, ExperimentInput, ObservationInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';

const comparisonText = `arm control estimate difference fixed { pValue adjustedPValue } conclusion
  sequential { pValue low high adjustedPValue } bayesian { chanceToWin riskOfTreatment }`;
const text = `id name state kind allowed salt startedOn endsOn abDesign { total days power } ab { arms { name share } mock }
  analysis { asOf days final stoppedEarly conclusion assumptions warnings problem { code field message }
    sampleRatio { mismatch } arms { arm n } inputs { rows dataHash sourceKinds } codeVersion
    metrics { metric primary decisiveSince timeline { day arm low high pValue } problem { code field }
      comparisons { ${comparisonText} } } }
  decision { verdict why by resultHash } calibrations { channel kpi kpiChange standardError spendChange origin originId }`;
const createText = `mutation ($input: ExperimentInput!) { done: createExperiment(input: $input) { experiment { ${text} } } }`;
const updateText = `mutation ($id: ID!, $input: ExperimentInput!) { done: updateExperiment(id: $id, input: $input) { experiment { ${text} } } }`;
const designText = `mutation ($id: ID!) { done: designExperiment(id: $id) { experiment { ${text} } } }`;
const startText = `mutation ($id: ID!, $startOn: Date, $days: Int) {
  done: startExperiment(id: $id, startOn: $startOn, days: $days) { experiment { ${text} } } }`;
const recordText = `mutation ($input: RecordObservationsInput!) {
  recordObservations(input: $input) { repeated experiment { ${text} } } }`;
const stopText = `mutation ($id: ID!) { done: stopExperiment(id: $id) { experiment { ${text} } } }`;
const completeText = `mutation ($id: ID!) { done: completeExperiment(id: $id) { experiment { ${text} } } }`;
const decideText = `mutation ($input: DecideExperimentInput!) { done: decideExperiment(input: $input) { experiment { ${text} } } }`;
const showText = `query ($id: ID!) { experiment(id: $id) { ${text} } }`;
const listText = `query ($state: ExperimentState) { experiments(state: $state) { edges { node { id state } } } }`;
const assignText = `query ($id: ID!, $units: [String!], $strata: [StratumUnitInput!]) {
  experimentAssignment(id: $id, units: $units, strata: $strata) { unit arm stratum bucket } }`;
const followText = `subscription ($id: ID) { experimentProgress(id: $id, after: 0) { sequence experiment { id state } } }`;

const planned: ExperimentInput = {
  name: 'Shorter form',
  hypothesis: 'Fewer fields, more orders.',
  ab: {
    metrics: [{ name: 'order rate' }, { name: 'revenue', kind: 'MEAN' }],
    arms: [{ name: 'old' }, { name: 'new' }],
    plan: { baseline: 0.1, effect: 0.1, unitsPerDay: 3000 },
  },
};
const [start, later] = ['2026-03-01', '2026-03-02'];

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal]);
});
afterAll(() => runtime.close());

const newPrincipal = (): Principal => testPrincipal(runtime.newOrganization());

async function change(principal: Principal, document: string, variables: object): Promise<Experiment> {
  const options = { runtime, principal, variables: { ...variables } };
  return (await answer<{ done: { experiment: Experiment } }>(causal, document, options)).done.experiment;
}

async function refusal(principal: Principal, document: string, variables: object): Promise<Record<string, unknown>> {
  const { errors } = await ask(causal, document, { runtime, principal, variables: { ...variables } });
  return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
}

async function running(principal: Principal, input: ExperimentInput = planned, days = 14): Promise<Experiment> {
  const { id } = await change(principal, createText, { input });
  await change(principal, designText, { id });
  return change(principal, startText, { id, startOn: start, days });
}

function rates(day: string, n: number, successes: readonly [number, number]): ObservationInput[] {
  return ['old', 'new'].map((arm, index) => ({ arm, day, n, successes: successes[index]! }));
}

async function record(principal: Principal, experimentId: string, batchId: string, observations: ObservationInput[]) {
  const options = { runtime, principal, variables: { input: { experimentId, batchId, observations } } };
  const data = await answer<{ recordObservations: { repeated: boolean; experiment: Experiment } }>(
    causal,
    recordText,
    options,
  );
  return data.recordObservations;
}

describe('an A/B experiment', () => {
  it('goes from plan to decision, and its result to the calibrations', async () => {
    const principal = newPrincipal();
    const draft = await change(principal, createText, { input: planned });
    expect(draft).toMatchObject({ state: 'DRAFT', kind: 'AB', allowed: ['UPDATE', 'DESIGN'], analysis: null });
    const designed = await change(principal, designText, { id: draft.id });
    expect(designed.state).toBe('DESIGNED');
    expect(designed.abDesign!.power).toBeCloseTo(0.8, 3);
    const { id } = await change(principal, startText, { id: draft.id, startOn: start, days: 14 });
    await record(principal, id, 'a', rates(start, 8000, [800, 900]));
    const { experiment } = await record(principal, id, 'b', rates(later, 16_000, [1600, 1900]));
    expect(experiment.analysis).toMatchObject({ asOf: later, days: 2, final: false, sampleRatio: { mismatch: false } });
    const [primary, revenue] = experiment.analysis!.metrics;
    expect(primary!.timeline).toHaveLength(2);
    expect(primary!.decisiveSince).toBe(later);
    expect(primary!.comparisons[0]!.conclusion).toMatch(/new raised order rate by 18.7 %/);
    expect(revenue).toMatchObject({ comparisons: [], problem: null, primary: false });
    const done = await change(principal, completeText, { id });
    expect(done).toMatchObject({ state: 'COMPLETED', allowed: ['RECORD', 'DECIDE'] });
    const calibration = { channel: 'Form', kpi: 'CONVERSIONS', currency: 'EUR', spend: 0, spendChange: 100 };
    const decision = { id, verdict: 'SHIP', why: 'It works.', calibration };
    const decided = await change(principal, decideText, { input: decision });
    expect(decided).toMatchObject({ state: 'DECIDED', allowed: [], decision: { verdict: 'SHIP', by: 'Test User' } });
    expect(decided.calibrations).toMatchObject([
      { channel: 'Form', origin: 'EXPERIMENT', originId: id, spendChange: 100 },
    ]);
    // 300 more of 16,000 in two days.
    expect(decided.calibrations[0]!.kpiChange).toBeCloseTo(150, 8);
    expect(await reproduced({ runtime, principal }, 'EXPERIMENT', id)).toEqual(same);
  });

  it('refuses what its state does not allow, saying what it allows', async () => {
    const principal = newPrincipal();
    const { id } = await change(principal, createText, { input: planned });
    const refused = await refusal(principal, startText, { id });
    expect(refused).toMatchObject({ code: 'CONFLICT', state: 'DRAFT', allowed: ['UPDATE', 'DESIGN'] });
    expect(refused.message).toBe('A draft experiment cannot be started. Allowed now: update, design.');
    await change(principal, designText, { id });
    expect(await change(principal, updateText, { id, input: planned })).toMatchObject({
      state: 'DRAFT',
      abDesign: null,
    });
    await change(principal, designText, { id });
    await change(principal, startText, { id, startOn: '2199-01-01', days: 5 });
    for (const document of [designText, completeText]) {
      expect(await refusal(principal, document, { id })).toMatchObject({ code: 'CONFLICT' });
    }
    const stopped = await change(principal, stopText, { id });
    expect(stopped).toMatchObject({
      state: 'STOPPED',
      analysis: { conclusion: 'No figures of all arms have arrived yet.' },
    });
    expect(await refusal(principal, stopText, { id })).toMatchObject({
      code: 'CONFLICT',
      allowed: ['RECORD', 'DECIDE'],
    });
  });

  it('takes a batch in once, and says which figures it cannot take', async () => {
    const principal = newPrincipal();
    const { id } = await running(principal);
    const figures = rates(later, 100, [10, 12]);
    expect((await record(principal, id, 'a', figures)).repeated).toBe(false);
    expect((await record(principal, id, 'a', figures)).repeated).toBe(true);
    const send = (batchId: string, observations: object[]) =>
      refusal(principal, recordText, { input: { experimentId: id, batchId, observations } });
    expect(await send('a', rates(later, 101, [10, 12]))).toMatchObject({ code: 'CONFLICT', field: 'input.batchId' });
    const one = figures[0]!;
    const wrong: [string, object][] = [
      ['input.observations.0.arm', { ...one, arm: 'third' }],
      ['input.observations.0.metric', { ...one, metric: 'clicks' }],
      ['input.observations.0.day', { ...one, day: '2026-02-01' }],
      ['input.observations.0.n', { ...one, n: -1 }],
      ['input.observations.0', { ...one, successes: 101 }],
      ['input.observations.0', { ...one, successes: null }],
      ['input.observations', { ...one, day: '2026-03-03', n: 50, successes: 2 }],
    ];
    for (const [index, [field, observation]] of wrong.entries()) {
      expect(await send(`w${index}`, [observation]), field).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
    const kept = await answer<{ experiment: Experiment }>(causal, showText, { runtime, principal, variables: { id } });
    expect(kept.experiment.analysis!.arms).toEqual([
      { arm: 'old', n: 100 },
      { arm: 'new', n: 100 },
    ]);
  });

  it('says that figures cannot answer instead of giving numbers', async () => {
    const principal = newPrincipal();
    const { id } = await running(principal);
    const { experiment } = await record(principal, id, 'a', rates(start, 1000, [0, 0]));
    expect(experiment.analysis).toMatchObject({
      problem: { code: expect.stringMatching(/OUT_OF_RANGE|ZERO_VARIANCE/) as string },
    });
    expect(experiment.analysis!.metrics[0]).toMatchObject({ comparisons: [], timeline: [] });
  });

  it('assigns units by their own hash, and evenly within strata', async () => {
    const principal = newPrincipal();
    const { id, salt } = await change(principal, createText, { input: planned });
    const units = Array.from({ length: 4000 }, (_, index) => `user-${index}`);
    type Assigned = { experimentAssignment: { unit: string; arm: string; bucket: number }[] };
    const options = { runtime, principal, variables: { id, units } };
    const { experimentAssignment: all } = await answer<Assigned>(causal, assignText, options);
    const { createHash } = await import('node:crypto');
    const digits = createHash('sha256').update(`${salt}:user-7`).digest('hex').slice(0, 13);
    expect(all[7]!.bucket).toBe(Number.parseInt(digits, 16) / 16 ** 13);
    expect(all[7]!.arm).toBe(all[7]!.bucket < 0.5 ? 'old' : 'new');
    const old = all.filter(({ arm }) => arm === 'old').length;
    expect(Math.abs(old - 2000)).toBeLessThan(150);
    const strata = units.slice(0, 30).map((unit, index) => ({ unit, stratum: index < 20 ? 'large' : 'small' }));
    const dealt = await answer<Assigned>(causal, assignText, { runtime, principal, variables: { id, strata } });
    expect(dealt.experimentAssignment.slice(0, 20).filter(({ arm }) => arm === 'new')).toHaveLength(10);
    expect(dealt.experimentAssignment.slice(20).filter(({ arm }) => arm === 'new')).toHaveLength(5);
  });

  it('belongs to its organisation alone, and is followed live', async () => {
    const principal = newPrincipal();
    const { id } = await running(principal);
    const events = await listenTo(causal, followText, { runtime, principal, variables: { id } });
    type Told = { value: { data: { experimentProgress: { experiment: { id: string } } } } };
    expect(((await events.next()) as Told).value.data.experimentProgress.experiment.id).toBe(id);
    await events.return?.(undefined);
    const other = newPrincipal();
    expect(await answer(causal, showText, { runtime, principal: other, variables: { id } })).toEqual({
      experiment: null,
    });
    expect(await answer(causal, listText, { runtime, principal: other })).toEqual({ experiments: { edges: [] } });
    expect(await refusal(other, stopText, { id })).toMatchObject({ code: 'NOT_FOUND' });
    const options = { runtime, principal, variables: { state: 'RUNNING' } };
    expect(await answer(causal, listText, options)).toEqual({
      experiments: { edges: [{ node: { id, state: 'RUNNING' } }] },
    });
  });

  it.each<[string, object]>([
    ['input.name', { ...planned, name: ' ' }],
    ['input.ab', { name: 'x' }],
    ['input.ab.arms', { ...planned, ab: { ...planned.ab, arms: [{ name: 'only' }] } }],
    ['input.ab.arms', { ...planned, ab: { ...planned.ab, arms: [{ name: 'a' }, { name: 'a' }] } }],
    ['input.ab.metrics', { ...planned, ab: { ...planned.ab, metrics: [] } }],
    ['input.ab.arms', { ...planned, ab: { ...planned.ab, metrics: [{ name: 'rate' }], source: 'CLICKS' } }],
    ['input.geo.channel', { name: 'x', geo: { channel: '', from: '2026-01-01' } }],
  ])('refuses %s that cannot be planned, naming it', async (field, input) => {
    expect(await refusal(newPrincipal(), createText, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
