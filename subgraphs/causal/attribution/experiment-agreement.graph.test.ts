import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { AttributionRun } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { buildJourneys } from './testing/build-journeys.pure.ts';
import { createMemoryDouble } from './testing/memory-double.ts';

const memory = createMemoryDouble();
let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(() => runtime.close());

const runText = `mutation { runAttribution(input: { models: [FIRST_TOUCH, LAST_TOUCH] }) { run { id } } }`;
const showText = `query ($id: ID!) { attributionRun(id: $id) { state calibrationAgreement { channel conclusion
  calibration { channel kpi } models { model perSpend agrees } } } }`;
const createText = `mutation ($input: CreateCalibrationInput!) { createCalibration(input: $input) { calibration { id } } }`;

describe('an attribution run', () => {
  it('stands beside the experiments on its channels', async () => {
    const principal = testPrincipal(runtime.newOrganization());
    memory.put(
      principal.organizationId,
      buildJourneys([{ path: ['Search', 'Social'], ages: [3, 1], conversions: 10, value: 1000 }]),
    );
    const spent = { currency: 'EUR', revenue: 0, conversions: 0 };
    memory.putSpend(principal.organizationId, [
      { key: 'Search', spend: 500, ...spent },
      { key: 'Social', spend: 100, ...spent },
    ]);
    const found = { from: '2026-01-01', to: '2026-01-28', spend: 50, spendChange: 10, kpiChange: 20, standardError: 1 };
    for (const [channel, currency] of [
      ['search', 'EUR'],
      ['Social', 'USD'],
      ['Radio', 'EUR'],
    ]) {
      const input = { ...found, channel, currency, method: 'geo test' };
      await answer(causal, createText, { runtime, principal, variables: { input } });
    }
    type Started = { runAttribution: { run: { id: string } } };
    const { id } = (await answer<Started>(causal, runText, { runtime, principal })).runAttribution.run;
    const run = await until(async () => {
      const options = { runtime, principal, variables: { id } };
      const { attributionRun } = await answer<{ attributionRun: AttributionRun }>(causal, showText, options);
      return attributionRun.state === 'SUCCEEDED' ? attributionRun : null;
    });
    const byChannel = new Map(run.calibrationAgreement.map((one) => [one.channel, one]));
    expect([...byChannel.keys()].toSorted()).toEqual(['Social', 'search']);
    expect(byChannel.get('search')!.models).toEqual([
      { model: 'FIRST_TOUCH', perSpend: 2, agrees: true },
      { model: 'LAST_TOUCH', perSpend: 0, agrees: false },
    ]);
    expect(byChannel.get('search')!.conclusion).toMatch(
      '1 of 2 models agree, 0 credit more than it brought and 1 less.',
    );
    expect(byChannel.get('Social')!.models[0]).toMatchObject({ perSpend: null, agrees: null });
  });
});
