import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { golden } from '@liftos/core/testing/golden.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { reproduceText, reproduced, same } from '../reproduction/testing/reproduced.ts';
import type { BudgetAnswer, BudgetPlan, BudgetPlanInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { concaveChannel, storeModel, type StoredChannel } from './testing/stored-models.ts';

const answerText = `settings { goal total horizonDays carryOver lower upper bounds { channel lower upper } }
  kpi currency conclusion assumptions warnings codeVersion probabilityOfGain unspent
  planned { spend response { mean low high } } unchanged { spend response { mean } } gain { mean low high }
  limits { leastSpend mostSpend leastKpi mostKpi }
  channels { name current spend lower upper response { mean } currentMarginalReturn marginalReturn activeBound extrapolated }
  inputs { modelId modelCodeVersion dataHash mock sourceKinds firstDate }`;
const planText = `query ($input: BudgetPlanInput!) { budgetPlan(input: $input) { ${answerText} } }`;
const keptText = `id name modelId createdBy acceptance { by note } answer { ${answerText} }`;
const keepText = `mutation ($name: String!, $input: BudgetPlanInput!) {
  saveBudgetPlan(name: $name, input: $input) { plan { ${keptText} } } }`;
const acceptText = `mutation ($id: ID!, $note: String) { acceptBudgetPlan(id: $id, note: $note) { plan { ${keptText} } } }`;
const compareText = `query ($ids: [ID!]!) {
  compareBudgetPlans(ids: $ids) { plans { id } channels { name spends } warnings conclusion } }`;

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal]);
});
afterAll(() => runtime.close());

const newPrincipal = (): Principal => testPrincipal(runtime.newOrganization());
const two = [concaveChannel('search', 52_000, 300_000), concaveChannel('social', 26_000, 40_000)];

async function plan(principal: Principal, input: BudgetPlanInput): Promise<BudgetAnswer> {
  const options = { runtime, principal, variables: { input } };
  return (await answer<{ budgetPlan: BudgetAnswer }>(causal, planText, options)).budgetPlan;
}

async function keep(principal: Principal, name: string, input: BudgetPlanInput): Promise<BudgetPlan> {
  const options = { runtime, principal, variables: { name, input } };
  return (await answer<{ saveBudgetPlan: { plan: BudgetPlan } }>(causal, keepText, options)).saveBudgetPlan.plan;
}

async function refusalOf(principal: Principal, text: string, variables: Record<string, unknown>): Promise<unknown> {
  const { errors } = await ask(causal, text, { runtime, principal, variables });
  return errors?.[0]?.extensions;
}

interface Published {
  non_optimised_spend: Record<string, number>;
  total: number;
  optimal_spend_millions: { values: Record<string, number>; tolerance: number };
  optimal_incremental: { value: number; tolerance: number };
}
const published = readExpected<Published>('causal/meridian_budget/expected.json');
const curves = golden('causal/meridian_budget/response_curves.csv.gz');

/** The published curves, which have no draws: their mean twice. */
function publishedChannels(path: string, { non_optimised_spend: now }: Published): StoredChannel[] {
  const rows = gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return Object.entries(now).map(([name, spend]) => {
    const own = rows.filter((row) => row[0] === name);
    const column = (index: number): number[] => own.map((row) => Number(row[index]));
    const curve = { spend: column(1), mean: column(2), low: column(3), high: column(4), seenUpTo: spend };
    const halfLife = { mean: 1, low: 1, high: 1 };
    return { name, spend, halfLife, curve: { ...curve, draws: [...curve.mean, ...curve.mean] } };
  });
}

describe.skipIf(!published || !curves)('budgetPlan on the published Meridian curves (golden)', () => {
  it('gives the published split and response for the whole time of the model', async () => {
    const principal = newPrincipal();
    const modelId = await storeModel(runtime, principal, publishedChannels(curves!, published!));
    const found = await plan(principal, { modelId, horizonDays: 364, total: published!.total });
    const { values, tolerance } = published!.optimal_spend_millions;
    for (const { name, spend } of found.channels) expect(Math.abs(spend / 1e6 - values[name]!)).toBeLessThan(tolerance);
    const { optimal_incremental: after } = published!;
    expect(Math.abs(found.planned.response.mean - after.value)).toBeLessThan(after.tolerance);
  });
});

describe('budgetPlan', () => {
  it('moves the money of no change to where it brings more, with the chance that it does', async () => {
    const principal = newPrincipal();
    const modelId = await storeModel(runtime, principal, two, { warnings: ['something'] });
    const found = await plan(principal, { modelId, horizonDays: 91 });
    expect(found.unchanged.spend).toBeCloseTo(19_500, 6);
    expect(found.planned.spend).toBeCloseTo(19_500, 3);
    expect(found.channels).toMatchObject([
      { name: 'search', current: 13_000, activeBound: null },
      { name: 'social', current: 6500, activeBound: 'LOWER', spend: 4550 },
    ]);
    expect(found.gain.mean).toBeGreaterThan(0);
    expect(found.gain.low!).toBeLessThan(found.gain.mean);
    expect(found.probabilityOfGain).toBeGreaterThan(0.9);
    expect(found.limits).toMatchObject({ leastSpend: 13_650, mostSpend: 25_350 });
    expect(found.conclusion).toMatch(/^Over 91 days, 19,500 EUR .* 90 % interval .* probability of \d+ %\.$/);
    expect(found.assumptions.length).toBeGreaterThan(3);
    expect(found.warnings).toContainEqual(expect.stringMatching('a warning of its own'));
    expect(found.inputs).toMatchObject({
      modelId,
      modelCodeVersion: 'test-mix.1',
      mock: false,
      firstDate: '2025-01-06',
    });
    expect(found.inputs.dataHash).toHaveLength(64);
  });

  it('finds the least money for a KPI, and spends to a marginal return', async () => {
    const principal = newPrincipal();
    const modelId = await storeModel(runtime, principal, two);
    const wide = { modelId, horizonDays: 364, lower: 0, upper: 2.5 };
    const least = await plan(principal, { ...wide, goal: 'MINIMISE_BUDGET', kpiGoal: 150_000 });
    expect(least.planned.response.mean).toBeCloseTo(150_000, -1);
    expect(least.planned.spend).toBeLessThan(52_000);
    const priced = await plan(principal, { ...wide, goal: 'TARGET_MARGINAL_RETURN', marginalReturn: 1 });
    for (const { activeBound, marginalReturn } of priced.channels) {
      if (activeBound === null) expect(marginalReturn).toBeCloseTo(1, 1);
    }
    expect(priced.warnings).toContainEqual(expect.stringMatching(/^search: .* beyond/));
  });

  it('counts less when the effect after the last day does not count', async () => {
    const principal = newPrincipal();
    const modelId = await storeModel(runtime, principal, two);
    const whole = await plan(principal, { modelId, horizonDays: 28 });
    const within = await plan(principal, { modelId, horizonDays: 28, carryOver: 'WITHIN' });
    const share = within.unchanged.response.mean / whole.unchanged.response.mean;
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.8);
  });

  it.each<[string, Partial<BudgetPlanInput>, RegExp]>([
    ['input.bounds', { bounds: [{ channel: 'search', lower: 1.2, upper: 0.8 }] }, /lower bound lies above/],
    [
      'input.bounds',
      { bounds: [{ channel: 'radio', lower: 1, upper: 1 }] },
      /no channel “radio”; it has search, social/,
    ],
    ['input.bounds', { bounds: [{ channel: 'search', lower: -1, upper: 1 }] }, /cannot be negative/],
    ['input.bounds', { bounds: [{ channel: 'search', lower: 0, upper: 9 }] }, /known up to 2.5 times/],
    ['input.lower', { lower: 1.5 }, /above the upper one/],
    ['input.total', { total: 5 }, /allow a budget from 13,500 to 25,071/],
    ['input.total', { total: -5 }, /from 0 on/],
    ['input.kpiGoal', { goal: 'MINIMISE_BUDGET', kpiGoal: 9e6 }, /yield from/],
    ['input.total', { goal: 'MINIMISE_BUDGET', total: 100 }, /does not use this/],
    ['input.horizonDays', { horizonDays: 0 }, /1 to 730/],
    ['input.mock', { mock: true }, /real data/],
  ])('refuses %s that cannot be used, naming it', async (field, changed, message) => {
    const principal = newPrincipal();
    const modelId = await storeModel(runtime, principal, two);
    const variables = { input: { modelId, ...changed } };
    const { errors } = await ask(causal, planText, { runtime, principal, variables });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(message),
      extensions: { code: 'BAD_USER_INPUT', field },
    });
  });

  it('refuses models without a result, refused ones, generated ones not asked for, and those of others', async () => {
    const principal = newPrincipal();
    const running = await storeModel(runtime, principal, two, { state: 'RUNNING' });
    const refused = await storeModel(runtime, principal, two, { refusals: ['The chains do not agree.'] });
    const mock = await storeModel(runtime, principal, two, { mock: true });
    const refusal = (modelId: string, who = principal) => refusalOf(who, planText, { input: { modelId } });
    const badModel = { code: 'BAD_USER_INPUT', field: 'input.modelId' };
    expect(await refusal(running)).toMatchObject(badModel);
    expect(await refusal(refused)).toMatchObject(badModel);
    expect(await refusal(mock)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.mock' });
    expect(await refusal('nothing')).toMatchObject({ code: 'NOT_FOUND' });
    const model = await storeModel(runtime, principal, two);
    await plan(principal, { modelId: model });
    expect(await refusal(model, newPrincipal())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('answers for twenty channels in less than 100 ms of computing', async () => {
    const principal = newPrincipal();
    const many = Array.from({ length: 20 }, (_, index) =>
      concaveChannel(`channel ${index}`, 1000 * (index + 1), 9000 * (1 + (index % 5))),
    );
    const modelId = await storeModel(runtime, principal, many);
    await plan(principal, { modelId });
    const begin = process.cpuUsage();
    const answers = 5;
    for (let count = 1; count <= answers; count++) await plan(principal, { modelId, total: 50_000 + 100 * count });
    expect(process.cpuUsage(begin).user / 1000 / answers).toBeLessThan(100);
  });
});

describe('planModels', () => {
  it('lists what plans can be made on, neither refused models nor those of others', async () => {
    const principal = newPrincipal();
    await storeModel(runtime, principal, two, { refusals: ['The chains do not agree.'] });
    await storeModel(runtime, principal, two, { state: 'FAILED' });
    const modelId = await storeModel(runtime, principal, two, { mock: true });
    const listText = '{ planModels { modelId promoted kpi currency channels mock name } }';
    expect(await answer(causal, listText, { runtime, principal })).toEqual({
      planModels: [
        {
          modelId,
          promoted: false,
          kpi: 'REVENUE',
          currency: 'EUR',
          channels: ['search', 'social'],
          mock: true,
          name: null,
        },
      ],
    });
    expect(await answer(causal, listText, { runtime, principal: newPrincipal() })).toEqual({ planModels: [] });
  });
});

describe('kept plans', () => {
  it('are stored, compared, accepted once with a note, told of, and computed again the same', async () => {
    const principal = newPrincipal();
    const modelId = await storeModel(runtime, principal, two);
    const careful = await keep(principal, ' Careful ', { modelId });
    const bold = await keep(principal, 'Bold', { modelId, lower: 0.3, upper: 2, horizonDays: 60 });
    expect(careful).toMatchObject({ name: 'Careful', modelId, acceptance: null, answer: { kpi: 'REVENUE' } });
    const show = { runtime, principal, variables: { ids: [careful.id, bold.id] } };
    const { compareBudgetPlans: compared } = await answer<{ compareBudgetPlans: Record<string, unknown> }>(
      causal,
      compareText,
      show,
    );
    expect(compared).toMatchObject({
      channels: [{ name: 'search' }, { name: 'social' }],
      warnings: ['The plans cover different numbers of days.'],
      conclusion: expect.stringMatching(/gains most/),
    });
    const accept = { runtime, principal, variables: { id: bold.id, note: 'Agreed in the review.' } };
    const { acceptBudgetPlan } = await answer<{ acceptBudgetPlan: { plan: BudgetPlan } }>(causal, acceptText, accept);
    expect(acceptBudgetPlan.plan.acceptance).toEqual({ by: principal.name, note: 'Agreed in the review.' });
    expect(await refusalOf(principal, acceptText, { id: bold.id })).toMatchObject({ code: 'CONFLICT' });
    const listText = '{ acceptedBudgetPlan { id } budgetPlans { edges { node { name } } } }';
    expect(await answer(causal, listText, { runtime, principal })).toEqual({
      acceptedBudgetPlan: { id: bold.id },
      budgetPlans: { edges: [{ node: { name: 'Bold' } }, { node: { name: 'Careful' } }] },
    });
    expect(await reproduced({ runtime, principal }, 'BUDGET_PLAN', bold.id)).toEqual(same);
    const followText = 'subscription { budgetPlanChanges(after: 0) { sequence plan { name } } }';
    const events = await listenTo(causal, followText, { runtime, principal });
    const { value } = (await events.next()) as { value: { data: unknown } };
    await events.return?.(undefined);
    expect(value.data).toMatchObject({ budgetPlanChanges: { plan: { name: 'Careful' } } });
  });

  it('belong to their organisation, and do not mix generated with real data', async () => {
    const principal = newPrincipal();
    const real = await keep(principal, 'Real', { modelId: await storeModel(runtime, principal, two) });
    const mockModel = await storeModel(runtime, principal, two, { mock: true });
    const mock = await keep(principal, 'Mock', { modelId: mockModel, mock: true });
    expect(mock.answer.inputs).toMatchObject({ mock: true, sourceKinds: ['mock'] });
    expect(await refusalOf(principal, compareText, { ids: [real.id, mock.id] })).toMatchObject({ field: 'ids' });
    expect(await refusalOf(principal, compareText, { ids: [real.id, real.id] })).toMatchObject({ field: 'ids' });
    const other = newPrincipal();
    expect(await refusalOf(other, acceptText, { id: real.id })).toMatchObject({ code: 'NOT_FOUND' });
    const again = { kind: 'BUDGET_PLAN', id: real.id };
    expect(await refusalOf(other, reproduceText, again)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await answer(causal, '{ acceptedBudgetPlan { id } }', { runtime, principal: other })).toEqual({
      acceptedBudgetPlan: null,
    });
    expect(await refusalOf(principal, keepText, { name: ' ', input: { modelId: real.modelId } })).toMatchObject({
      field: 'name',
    });
  });
});
