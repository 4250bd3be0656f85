import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '@liftos/core/testing/until.ts';
import type { Api } from './testing/api.ts';
import { createMock, followSync, replaySync, startSync } from './testing/follow-sync.ts';
import { finished } from './testing/pathdata.ts';
import { startProduct, type Product } from './testing/product.ts';

let product: Product | undefined;
afterEach(async () => {
  await product?.dispose();
  product = undefined;
});

interface Coverage {
  records: number;
  journeys: number;
}

async function coverage(api: Api, id: string): Promise<Coverage> {
  const text = 'query ($id: ID!) { connection(id: $id) { coverage { records journeys } } }';
  return (await api.ask<{ connection: { coverage: Coverage } }>(text, { id })).connection.coverage;
}

describe('a socket that breaks in the middle of a sync', () => {
  it('loses and doubles no event', async () => {
    product = await startProduct();
    const owner = await product.signIn();
    const connectionId = await createMock(owner, '2026-01-01');
    const seen = await followSync(owner, connectionId);
    const all = await replaySync(owner, connectionId);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.map((event) => event.sequence)).toEqual(all.map((event) => event.sequence));
  });
});

describe('a process that is killed in the middle of a sync', () => {
  it('goes on after the restart and ends with the same data as an undisturbed one', async () => {
    product = await startProduct();
    let owner = await product.signIn();
    const from = '2025-06-01';
    const calm = await createMock(owner, from, 7);
    await finished(owner, await startSync(owner, calm));
    const expected = await coverage(owner, calm);

    const disturbed = await createMock(owner, from, 7);
    const run = await startSync(owner, disturbed);
    for (const wait of [60, 250, 500]) {
      await delay(wait);
      product.child.kill('SIGKILL');
      await product.ended;
      product = await startProduct({ LIFTOS_DATA_DIR: product.dataDir });
      owner = await product.signIn();
    }
    expect(await finished(owner, run)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await coverage(owner, disturbed)).toEqual(expected);
  });
});

describe('SIGTERM behind a load balancer', () => {
  it('is not ready at once, and answers on for the time that was set', async () => {
    product = await startProduct({ LIFTOS_DRAIN_SECONDS: '2' });
    const owner = await product.signIn();
    const ready = async () => (await fetch(`${product!.address}/health/ready`)).status;
    expect(await ready()).toBe(200);
    product.child.kill('SIGTERM');
    await until(async () => (await ready()) === 503);
    expect((await owner.ask<{ viewer: { role: string } }>('{ viewer { role } }')).viewer.role).toBe('OWNER');
    expect(await product.ended).toBe(0);
  });
});

describe('SIGTERM under load', () => {
  it('fails no request that was taken, and ends with 0', async () => {
    product = await startProduct();
    const owner = await product.signIn();
    const outcomes: string[] = [];
    const client = async (): Promise<void> => {
      for (;;) {
        const outcome = await owner.send('{ viewer { role } connections { totalCount } }').then(
          ({ errors }) => (errors ? `error ${JSON.stringify(errors)}` : 'ok'),
          (error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.message,
        );
        outcomes.push(outcome);
        if (outcome === 'ECONNREFUSED') return;
      }
    };
    const clients = Array.from({ length: 10 }, client);
    await until(() => outcomes.length > 100);
    product.child.kill('SIGTERM');
    expect(await product.ended).toBe(0);
    await Promise.all(clients);
    // A connection that was kept alive may be closed between two requests; a request that was taken is answered.
    const accepted = ['ok', 'ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'];
    expect(outcomes.filter((outcome) => !accepted.includes(outcome) && !outcome.includes('UNAVAILABLE'))).toEqual([]);
  });
});
