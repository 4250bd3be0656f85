import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { causal } from '@liftos/causal/subgraph.ts';
import { connections } from '@liftos/connections/subgraph.ts';
import { memory } from '@liftos/memory/subgraph.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([connections, memory, causal]);
});
afterAll(() => runtime.close());

interface Truth {
  journeys: { channels: { channel: string; removalEffect: number; attributionShare: number }[] };
}

interface Result {
  model: string;
  credits: { key: string; share: number; removalEffect: number | null }[];
}

/** Connects a platform with a year of generated data, syncs it and attributes its conversions. */
async function measure(platform: string): Promise<{ truth: Truth; results: Result[] }> {
  const principal = testPrincipal(runtime.newOrganization());
  const options = (variables: Record<string, unknown>) => ({ runtime, principal, variables });
  const create = `mutation ($input: CreateMockConnectionInput!) {
    createMockConnection(input: $input) { connection { id knownTruth } } }`;
  const from = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
  const input = { platform, name: platform, seed: 11, from };
  const made = await answer<{ createMockConnection: { connection: { id: string; knownTruth: Truth } } }>(
    connections,
    create,
    options({ input }),
  );
  const { id, knownTruth } = made.createMockConnection.connection;
  const start = 'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }';
  const started = await answer<{ startSync: { syncRun: { id: string } } }>(connections, start, options({ id }));
  await until(async () => {
    const text = 'query ($id: ID!) { syncRun(id: $id) { state } }';
    const variables = { id: started.startSync.syncRun.id };
    return (
      (await answer<{ syncRun: { state: string } }>(connections, text, options(variables))).syncRun.state ===
      'SUCCEEDED'
    );
  }, 100_000);
  const run = 'mutation ($input: RunAttributionInput!) { runAttribution(input: $input) { run { id } } }';
  const asked = await answer<{ runAttribution: { run: { id: string } } }>(
    causal,
    run,
    options({ input: { mock: true, connectionIds: [id] } }),
  );
  const results = await until(async () => {
    const text = `query ($id: ID!) { attributionRun(id: $id) { state results { model credits { key share removalEffect } } } }`;
    const variables = { id: asked.runAttribution.run.id };
    const { attributionRun } = await answer<{ attributionRun: { state: string; results: Result[] } }>(
      causal,
      text,
      options(variables),
    );
    return attributionRun.state === 'SUCCEEDED' && attributionRun.results;
  }, 60_000);
  return { truth: knownTruth, results };
}

/** The share of credit that would have to move for a model to say the truth. */
function sharesMoved({ journeys }: Truth, result: Result): number {
  const share = (channel: string) => result.credits.find((credit) => credit.key === channel)?.share ?? 0;
  return (
    journeys.channels.reduce(
      (sum, { channel, attributionShare }) => sum + Math.abs(share(channel) - attributionShare),
      0,
    ) / 2
  );
}

describe.each(['meta_business', 'google_ads', 'klaviyo'])('generated journeys of %s', (platform) => {
  it('give back their true removal effects within 0.02, and rule models stay further away', async () => {
    const { truth, results } = await measure(platform);
    const of = (model: string) => results.find((result) => result.model === model)!;
    for (const { channel, removalEffect } of truth.journeys.channels) {
      const found = of('MARKOV').credits.find((credit) => credit.key === channel)?.removalEffect ?? Number.NaN;
      expect(Math.abs(found - removalEffect), channel).toBeLessThan(0.02);
    }
    const markov = sharesMoved(truth, of('MARKOV'));
    expect(markov).toBeLessThan(0.02);
    for (const model of ['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR'])
      expect(sharesMoved(truth, of(model))).toBeGreaterThan(markov);
  }, 120_000);
});
