import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, type Api } from './testing/api.ts';
import { attribute, beginImport, expectPublished, finished, hasPathData, pathData } from './testing/pathdata.ts';
import { startProduct, type Product } from './testing/product.ts';

describe.skipIf(!hasPathData)('published customer paths, with an API key', () => {
  let product: Product;
  let partner: Api;
  beforeAll(async () => {
    product = await startProduct();
    const text = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
    const input = { name: 'partner', scopes: ['data:read', 'connections:write', 'causal:run'] };
    const { createApiKey } = await (await product.signIn()).ask<{ createApiKey: { secret: string } }>(text, { input });
    partner = api(product.address, `Bearer ${createApiKey.secret}`);
  });
  afterAll(() => product.dispose());

  it('give the published attribution in all seven models', async () => {
    const { syncRunId } = await beginImport(partner, pathData(), 'PathData.csv');
    expect(await finished(partner, syncRunId)).toMatchObject({
      state: 'SUCCEEDED',
      progress: { rowsAccepted: 10_000 },
    });
    const run = await attribute(partner);
    expect(run).toMatchObject({ state: 'SUCCEEDED', inputs: { conversions: 19_785, nulls: 68_602 } });
    expect(run.results).toHaveLength(7);
    expectPublished(run.results);
  });

  it('change nothing when they are imported again', async () => {
    const extent = () => partner.ask<{ dataExtent: { journeys: number } }>('{ dataExtent { journeys } }');
    const before = await extent();
    const { syncRunId } = await beginImport(partner, pathData(), 'PathData.csv');
    await finished(partner, syncRunId);
    const run = await attribute(partner, { models: ['MARKOV'] });
    expect(await extent()).toEqual(before);
    expect(run.inputs).toMatchObject({ conversions: 19_785, nulls: 68_602 });
  });
});
