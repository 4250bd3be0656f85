import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import type { MemoryPort, RecordFrame } from '@liftos/core/ports/memory.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { closePools } from '@liftos/core/worker-pool.ts';
import { recordsOfMix } from '../mix-model/testing/records-of-mix.ts';
import { simulateMix } from '../mix-model/testing/simulate-mix.pure.ts';
import type { MixExploration, Reproduction } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';
import { reproduced, reproduceText, same } from './testing/reproduced.ts';

const weeks = 80;
const { data } = simulateMix(6, weeks, [
  { name: 'search', decay: 0.3, rate: 3, strength: 40 },
  { name: 'social', decay: 0.5, rate: 3, strength: 20 },
]);
const exploreText = `mutation ($input: ExploreMixModelsInput!) { exploreMixModels(input: $input) { exploration { id } } }`;
const explorationText = 'query ($id: ID!) { mixExploration(id: $id) { state conclusion finishedAt } }';
const showText = 'query ($id: ID!) { reproduction(id: $id) { kind subjectId state error } }';
const listText = '{ reproductions { edges { node { id } } } }';
const cancelText = 'mutation ($id: ID!) { cancelReproduction(id: $id) { reproduction { state } } }';
const followText =
  'subscription ($id: ID!) { reproductionProgress(id: $id, after: 0) { reproduction { state identical } } }';

type Stored = () => Promise<Partial<RecordFrame>>;
const stored = new Map<string, Stored>();
const memory = { records: ({ organizationId }: Principal) => stored.get(organizationId)!() };

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal], { remotePorts: { memory: memory as unknown as MemoryPort } });
});
afterAll(async () => {
  await runtime.close();
  await closePools();
});

const exploration = async (principal: Principal, id: string) =>
  (await answer<{ mixExploration: MixExploration }>(causal, explorationText, { runtime, principal, variables: { id } }))
    .mixExploration;
const show = async (principal: Principal, id: string) =>
  (await answer<{ reproduction: Reproduction | null }>(causal, showText, { runtime, principal, variables: { id } }))
    .reproduction;

const records: Stored = () => Promise.resolve(recordsOfMix(data, weeks));

/** A new organisation with a search over mix models that was begun. */
async function exploring(read: Stored): Promise<{ principal: Principal; id: string }> {
  const principal = testPrincipal(runtime.newOrganization());
  stored.set(principal.organizationId, read);
  const input = { training: { from: '2023-01-01', to: '2026-01-01' }, candidates: 100 };
  const options = { runtime, principal, variables: { input } };
  const { exploreMixModels } = await answer<{ exploreMixModels: { exploration: { id: string } } }>(
    causal,
    exploreText,
    options,
  );
  return { principal, id: exploreMixModels.exploration.id };
}

/** The same once it has ended. */
async function explored(): Promise<{ principal: Principal; id: string }> {
  const { principal, id } = await exploring(records);
  await until(async () => (await exploration(principal, id)).state === 'SUCCEEDED');
  return { principal, id };
}

const refusal = async (principal: Principal, id: string) => {
  const variables = { kind: 'MIX_EXPLORATION', id };
  return (await ask(causal, reproduceText, { runtime, principal, variables })).errors?.[0]?.extensions.code;
};

async function started(principal: Principal, id: string): Promise<string> {
  const options = { runtime, principal, variables: { kind: 'MIX_EXPLORATION', id } };
  const { reproduce } = await answer<{ reproduce: { reproduction: { id: string } } }>(causal, reproduceText, options);
  return reproduce.reproduction.id;
}

describe('reproduce', () => {
  it('tells of every state up to the outcome, and leaves the stored result as it is', async () => {
    const { principal, id } = await explored();
    const before = await exploration(principal, id);
    const reproduction = await started(principal, id);
    const options = { runtime, principal, variables: { id: reproduction } };
    const states: string[] = [];
    for await (const { data: told } of await listenTo<{ reproductionProgress: { reproduction: Reproduction } }>(
      causal,
      followText,
      options,
    )) {
      const { state, identical } = told!.reproductionProgress.reproduction;
      states.push(state);
      if (state !== 'SUCCEEDED') continue;
      expect(identical).toBe(true);
      break;
    }
    expect(states.length).toBeGreaterThan(1);
    expect(await show(principal, reproduction)).toMatchObject({ kind: 'MIX_EXPLORATION', subjectId: id });
    expect(await answer(causal, listText, { runtime, principal })).toEqual({
      reproductions: { edges: [{ node: { id: reproduction } }] },
    });
    expect(await exploration(principal, id)).toEqual(before);
  });

  it('tells changed data from changed figures', async () => {
    const { principal, id } = await explored();
    expect(await reproduced({ runtime, principal }, 'MIX_EXPLORATION', id)).toEqual(same);
    const changed = { ...data, kpi: data.kpi.map((value, week) => (week === 40 ? value * 1.5 : value)) };
    stored.set(principal.organizationId, () => Promise.resolve(recordsOfMix(changed, weeks)));
    const outcome = await reproduced({ runtime, principal }, 'MIX_EXPLORATION', id);
    expect(outcome).toMatchObject({ identical: false, sameData: false });
    expect(outcome.largestDifference).toBeGreaterThan(0);
  });

  it('fails with the reason when the data can answer no more', async () => {
    const { principal, id } = await explored();
    stored.set(principal.organizationId, () => Promise.resolve(recordsOfMix(data, 20)));
    const reproduction = await started(principal, id);
    const ended = await until(async () => {
      const now = await show(principal, reproduction);
      return now?.state === 'FAILED' && now;
    });
    expect(ended.error).toMatch('at least 26');
  });

  it('stops when cancelled', async () => {
    const { principal, id } = await explored();
    const { promise: reading, reject } = Promise.withResolvers<never>();
    reading.catch(() => undefined);
    stored.set(principal.organizationId, () => reading);
    const reproduction = await started(principal, id);
    await until(async () => (await show(principal, reproduction))?.state === 'RUNNING');
    await answer(causal, cancelText, { runtime, principal, variables: { id: reproduction } });
    reject(new Error('The reading was given up.'));
    await until(async () => (await show(principal, reproduction))?.state === 'CANCELLED');
  });

  it('refuses what has no result, does not exist or belongs to others', async () => {
    const reading = Promise.withResolvers<Partial<RecordFrame>>();
    const { principal, id } = await exploring(() => reading.promise);
    expect(await refusal(principal, id)).toBe('CONFLICT');
    stored.set(principal.organizationId, records);
    reading.resolve(await records());
    await until(async () => (await exploration(principal, id)).state === 'SUCCEEDED');
    const reproduction = await started(principal, id);
    const stranger = testPrincipal(runtime.newOrganization());
    expect(await refusal(stranger, id)).toBe('NOT_FOUND');
    expect(await refusal(principal, runtime.newOrganization())).toBe('NOT_FOUND');
    expect(await refusal(principal, '../../etc')).toBe('NOT_FOUND');
    expect(await show(stranger, reproduction)).toBeNull();
    expect(await answer(causal, listText, { runtime, principal: stranger })).toEqual({ reproductions: { edges: [] } });
  });
});
