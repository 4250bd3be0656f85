import { afterEach, describe, expect, it } from 'vitest';
import { until } from '@liftos/core/testing/until.ts';
import type { Api } from './testing/api.ts';
import { hasServices, newDatabase } from './testing/cluster.ts';
import { startProduct, type Product } from './testing/product.ts';

const products: Product[] = [];
afterEach(async () => {
  for (const product of products.splice(0)) await product.dispose();
});

async function start(env: Record<string, string> = {}): Promise<Product> {
  const product = await startProduct(env);
  products.push(product);
  return product;
}

const ended = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

interface Trained {
  id: string;
  state: string;
  inputs: { dataHash: string };
  channels: { name: string; roi: { mean: number; low: number } }[];
}

/** Brings in generated records of fixed days and trains a small mix model on them. */
async function train(api: Api): Promise<Trained> {
  const create = `mutation ($input: CreateMockConnectionInput!) {
    createMockConnection(input: $input) { connection { id } } }`;
  const input = { platform: 'zoho_crm', name: 'Generated', seed: 7, from: '2025-01-06' };
  const made = await api.ask<{ createMockConnection: { connection: { id: string } } }>(create, { input });
  const { startSync } = await api.ask<{ startSync: { syncRun: { id: string } } }>(
    'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }',
    { id: made.createMockConnection.connection.id },
  );
  await until(async () => {
    const text = 'query ($id: ID!) { syncRun(id: $id) { state } }';
    return (await api.ask<{ syncRun: { state: string } }>(text, startSync.syncRun)).syncRun.state === 'SUCCEEDED';
  }, 60_000);
  const training = { from: '2025-01-06', to: '2025-12-28', mock: true, chains: 2, draws: 300 };
  const { trainMixModel } = await api.ask<{ trainMixModel: { model: { id: string } } }>(
    'mutation ($input: TrainMixModelInput!) { trainMixModel(input: $input) { model { id } } }',
    { input: training },
  );
  const text =
    'query ($id: ID!) { mixModel(id: $id) { id state inputs { dataHash } channels { name roi { mean low } } } }';
  return until(async () => {
    const { mixModel } = await api.ask<{ mixModel: Trained }>(text, { id: trainMixModel.model.id });
    return mixModel.state === 'SUCCEEDED' && mixModel;
  }, 60_000);
}

describe('a stored mix model', () => {
  it('is trained again to the last digit after a restart', { timeout: 120_000 }, async () => {
    const first = await startProduct();
    const { id, channels } = await train(await first.signIn());
    expect(channels.length).toBeGreaterThan(0);
    first.child.kill('SIGTERM');
    await first.ended;
    const second = await start({ LIFTOS_DATA_DIR: first.dataDir });
    const api = await second.signIn();
    const { reproduce } = await api.ask<{ reproduce: { reproduction: { id: string } } }>(
      'mutation ($id: ID!) { reproduce(kind: MIX_MODEL, id: $id) { reproduction { id } } }',
      { id },
    );
    const text = 'query ($id: ID!) { reproduction(id: $id) { state identical sameData largestDifference } }';
    const outcome = await until(async () => {
      const { reproduction } = await api.ask<{ reproduction: { state: string } }>(text, reproduce.reproduction);
      return ended.includes(reproduction.state) && reproduction;
    }, 60_000);
    expect(outcome).toEqual({ state: 'SUCCEEDED', identical: true, sameData: true, largestDifference: 0 });
  });

  it.skipIf(!hasServices)('is the same on PostgreSQL as on the embedded database', { timeout: 120_000 }, async () => {
    const [embedded, server] = [await start(), await start({ DATABASE_URL: await newDatabase() })];
    const [a, b] = [await train(await embedded.signIn()), await train(await server.signIn())];
    expect(b.inputs.dataHash).toBe(a.inputs.dataHash);
    expect(b.channels).toEqual(a.channels);
  });
});
