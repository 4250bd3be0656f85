import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { api } from './testing/api.ts';
import { startProduct, startProgram, type Product } from './testing/product.ts';

let product: Product | undefined;
afterEach(async () => {
  await product?.dispose();
  product = undefined;
});

describe('the first start', () => {
  it('prints a one-time sign-in, with no password anywhere', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'liftos-e2e-'));
    const program = startProgram('gateway/main.ts', { PORT: '0', LIFTOS_DATA_DIR: dataDir });
    const [, link = ''] = await program.printed(/Sign in once with\s+(http\S+)/);
    const { origin, searchParams } = new URL(link);
    const text = 'mutation ($input: RedeemSignInLinkInput!) { redeemSignInLink(input: $input) { viewer { role } } }';
    const input = { token: searchParams.get('token'), password: 'a fine long secret' };
    const first = await api(origin).send(text, { input });
    expect(first.data).toEqual({ redeemSignInLink: { viewer: { role: 'OWNER' } } });
    expect((await api(origin).send(text, { input })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    await rm(dataDir, { recursive: true });
  });
});

describe('a second process on the same data', () => {
  it('is refused by name of the first, and starts once the first was killed', async () => {
    product = await startProduct();
    const second = startProgram('gateway/main.ts', { PORT: '0', LIFTOS_DATA_DIR: product.dataDir });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`Process ${product.child.pid} already uses the data folder`);
    product.child.kill('SIGKILL');
    await product.ended;
    product = await startProduct({ LIFTOS_DATA_DIR: product.dataDir });
    expect((await (await product.signIn()).ask<{ viewer: { role: string } }>('{ viewer { role } }')).viewer.role).toBe(
      'OWNER',
    );
  });
});

describe('a wrong configuration', () => {
  it('stops the start and names every variable', async () => {
    const program = startProgram('gateway/main.ts', { PORT: 'many', LIFTOS_RATE_LIMIT: '-1', LIFTOS_COLOUR: 'red' });
    expect(await program.ended).toBe(1);
    for (const name of ['PORT', 'LIFTOS_RATE_LIMIT', 'LIFTOS_COLOUR']) expect(program.output()).toContain(name);
  });
});

describe('what a start needs and does not get', () => {
  const refusal = async (settings: Record<string, string>): Promise<string> => {
    const program = startProgram('gateway/main.ts', { PORT: '0', ...settings });
    expect(await program.ended).toBe(1);
    return program.output();
  };

  it('is named with the setting to change', async () => {
    product = await startProduct();
    const { port } = new URL(product.address);
    const folder = await mkdtemp(join(tmpdir(), 'liftos-e2e-'));
    expect(await refusal({ PORT: port, LIFTOS_DATA_DIR: folder })).toContain(
      `Port ${port} is taken by another program`,
    );
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await refusal({ LIFTOS_DATA_DIR: file })).toContain('Set LIFTOS_DATA_DIR to another one');
    const nowhere = { LIFTOS_DATA_DIR: folder, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
    expect(await refusal(nowhere)).toContain('The server of DATABASE_URL cannot be used: connect ECONNREFUSED');
    await rm(folder, { recursive: true });
  });
});

describe('health', () => {
  it('answers without credentials, and metrics are exposed', async () => {
    product = await startProduct();
    for (const path of ['/health/live', '/health/ready']) {
      expect((await fetch(product.address + path)).status).toBe(200);
    }
    expect(await (await fetch(`${product.address}/metrics`)).text()).toContain('liftos_graphql_operation_seconds');
  });
});
