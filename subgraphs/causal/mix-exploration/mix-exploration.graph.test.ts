import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { recordsOfMix } from '../mix-model/testing/records-of-mix.ts';
import { simulateMix } from '../mix-model/testing/simulate-mix.pure.ts';
import { reproduced, same } from '../reproduction/testing/reproduced.ts';
import type { ExploreMixModelsInput, MixExploration } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';

const { data } = simulateMix(6, 80, [
  { name: 'search', decay: 0.3, rate: 3, strength: 40 },
  { name: 'social', decay: 0.5, rate: 3, strength: 20 },
]);
const fields = `id state error conclusion candidates settings inputs { channels } others { error distance }
  front { number error distance channels { name decay roi } priors { key channel kind parameters } }`;
const exploreText = `mutation ($input: ExploreMixModelsInput!) { exploreMixModels(input: $input) { exploration { ${fields} } } }`;
const showText = `query ($id: ID!) { mixExploration(id: $id) { ${fields} } }`;
const trainText = 'mutation ($input: TrainMixModelInput!) { trainMixModel(input: $input) { model { id state } } }';
const training = { from: '2023-01-01', to: '2026-01-01' };

let runtime: TestRuntime;
beforeAll(async () => {
  const memory = { records: () => Promise.resolve(recordsOfMix(data, 80)) };
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

const start = (principal: Principal, input: ExploreMixModelsInput) =>
  answer<{ exploreMixModels: { exploration: MixExploration } }>(causal, exploreText, {
    runtime,
    principal,
    variables: { input },
  });

describe('exploreMixModels', () => {
  it('keeps the candidates no other beats, whose shapes a training takes, and finds them again', async () => {
    const principal = testPrincipal(runtime.newOrganization());
    const { id } = (await start(principal, { training, candidates: 600 })).exploreMixModels.exploration;
    const options = { runtime, principal, variables: { id } };
    const found = await until(async () => {
      const { mixExploration } = await answer<{ mixExploration: MixExploration }>(causal, showText, options);
      return mixExploration.state === 'SUCCEEDED' ? mixExploration : null;
    });
    const settings = { choice: training, model: { trend: { kind: 'piecewise', knots: 2 } } };
    expect(found).toMatchObject({ candidates: 600, settings, inputs: { channels: ['search', 'social'] } });
    expect(found.conclusion).toContain(`${found.front.length} are beaten by no other`);
    expect(found.others.length).toBeLessThanOrEqual(500);
    found.front.forEach(({ error, distance }, index) => {
      if (index === 0) return;
      expect(error).toBeGreaterThanOrEqual(found.front[index - 1]!.error);
      expect(distance).toBeLessThan(found.front[index - 1]!.distance);
    });
    expect(await reproduced({ runtime, principal }, 'MIX_EXPLORATION', id)).toEqual(same);
    const { priors } = found.front[0]!;
    const input = { ...training, saturation: 'HILL', priors };
    const queued = await ask(causal, trainText, { runtime, principal, variables: { input } });
    expect(queued.errors).toBeUndefined();
  });

  it.each([
    ['input.candidates', { training, candidates: 7 }],
    ['input.training.to', { training: { ...training, to: '2020-01-01' } }],
    ['input.training.geo', { training: { ...training, geo: 'REGION' } }],
  ] as const)('refuses %s that cannot be used, naming it', async (field, input) => {
    const options = { runtime, principal: testPrincipal(runtime.newOrganization()), variables: { input } };
    const { errors } = await ask(causal, exploreText, options);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
