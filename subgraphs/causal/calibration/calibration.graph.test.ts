import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import type { Calibration, CalibrationPage, CreateCalibrationInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';

const text = `id channel region from to kpi basis currency spend spendChange kpiChange standardError
  perSpend { estimate low high } method origin originId retiredAt conclusion sourceKinds`;
const createText = `mutation ($input: CreateCalibrationInput!) { createCalibration(input: $input) { calibration { ${text} } } }`;
const listText = `query ($channel: String, $kpi: MixKpi, $all: Boolean, $first: Int, $after: String) {
  calibrations(channel: $channel, kpi: $kpi, includeRetired: $all, first: $first, after: $after) {
    edges { node { ${text} } } pageInfo { hasNextPage endCursor } } }`;
const retireText = `mutation ($id: ID!) { retireCalibration(id: $id) { calibration { ${text} } } }`;
const showText = `query ($id: ID!) { calibration(id: $id) { id } }`;

const holdout: CreateCalibrationInput = {
  channel: 'Search',
  from: '2026-03-01',
  to: '2026-03-28',
  currency: 'EUR',
  spend: 1000,
  spendChange: -500,
  kpiChange: -1500,
  standardError: 300,
  method: 'holdout of regions',
};

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal]);
});
afterAll(() => runtime.close());

const newPrincipal = (): Principal => testPrincipal(runtime.newOrganization());

async function create(principal: Principal, changed: Partial<CreateCalibrationInput> = {}): Promise<Calibration> {
  const options = { runtime, principal, variables: { input: { ...holdout, ...changed } } };
  const data = await answer<{ createCalibration: { calibration: Calibration } }>(causal, createText, options);
  return data.createCalibration.calibration;
}

async function list(principal: Principal, variables: Record<string, unknown> = {}): Promise<CalibrationPage> {
  return (await answer<{ calibrations: CalibrationPage }>(causal, listText, { runtime, principal, variables }))
    .calibrations;
}

describe('createCalibration', () => {
  it('keeps what an experiment found and says what a unit of spend brought', async () => {
    const principal = newPrincipal();
    const created = await create(principal);
    expect(created).toMatchObject({ ...holdout, kpi: 'REVENUE', basis: 'CLAIMED', origin: 'MANUAL', region: null });
    expect(created.perSpend.estimate).toBeCloseTo(3, 12);
    expect(created.perSpend.low).toBeCloseTo(3 - (1.6448536 * 300) / 500, 6);
    expect(created.conclusion).toBe(
      'From 2026-03-01 to 2026-03-28, each EUR spent on Search brought 3 EUR of revenue (90 % interval 2.013 to 3.987).',
    );
    expect((await list(principal)).edges.map(({ node }) => node)).toEqual([created]);
  });

  it.each<[string, Partial<CreateCalibrationInput>]>([
    ['input.channel', { channel: '  ' }],
    ['input.to', { to: '2026-02-01' }],
    ['input.currency', { currency: 'euro' }],
    ['input.spend', { spend: -1 }],
    ['input.spendChange', { spendChange: 0 }],
    ['input.spendChange', { spendChange: -1001 }],
    ['input.standardError', { standardError: 0 }],
    ['input.method', { method: '' }],
  ])('refuses %s that models cannot use, naming it', async (field, changed) => {
    const options = { runtime, principal: newPrincipal(), variables: { input: { ...holdout, ...changed } } };
    const { errors } = await ask(causal, createText, options);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('calibrations', () => {
  it('are listed by channel and KPI, in pages, to their organisation alone', async () => {
    const principal = newPrincipal();
    const first = await create(principal);
    const second = await create(principal, { channel: 'Social', kpi: 'CONVERSIONS' });
    expect((await list(principal, { channel: 'Search' })).edges.map(({ node }) => node.id)).toEqual([first.id]);
    expect((await list(principal, { kpi: 'CONVERSIONS' })).edges.map(({ node }) => node.id)).toEqual([second.id]);
    const page = await list(principal, { first: 1 });
    expect(page).toMatchObject({ edges: [{ node: { id: second.id } }], pageInfo: { hasNextPage: true } });
    const rest = await list(principal, { first: 1, after: page.pageInfo.endCursor });
    expect(rest).toMatchObject({ edges: [{ node: { id: first.id } }], pageInfo: { hasNextPage: false } });
    const other = newPrincipal();
    expect((await list(other)).edges).toEqual([]);
    const hidden = await answer(causal, showText, { runtime, principal: other, variables: { id: first.id } });
    expect(hidden).toEqual({ calibration: null });
    const refused = await ask(causal, retireText, { runtime, principal: other, variables: { id: first.id } });
    expect(refused.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('are no longer offered once taken back, and that only once', async () => {
    const principal = newPrincipal();
    const { id } = await create(principal);
    const options = { runtime, principal, variables: { id } };
    expect(await answer(causal, retireText, options)).toMatchObject({
      retireCalibration: { calibration: { retiredAt: expect.any(String) as string } },
    });
    expect((await list(principal)).edges).toEqual([]);
    expect((await list(principal, { all: true })).edges).toHaveLength(1);
    const { errors } = await ask(causal, retireText, options);
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
  });
});
