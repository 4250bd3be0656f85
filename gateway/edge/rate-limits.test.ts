import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { addressKey, createRateLimits, type RateLimits } from './rate-limits.ts';

const ada: Principal = { kind: 'user', id: `u${Date.now()}`, name: 'Ada', organizationId: 'o1', scopes: [] };

async function passed(limits: RateLimits, count: number): Promise<number> {
  const all = await Promise.allSettled(Array.from({ length: count }, () => limits.operation(ada)));
  return all.filter(({ status }) => status === 'fulfilled').length;
}

describe('limits', () => {
  test('hold when two hundred come at once', async () => {
    expect(await passed(createRateLimits({ operationsPerMinute: 30, attemptsPerMinute: 1 }), 200)).toBe(30);
  });

  test('say how many seconds to wait', async () => {
    const limits = createRateLimits({ operationsPerMinute: 1, attemptsPerMinute: 1 });
    await limits.operation(ada);
    await expect(limits.operation(ada)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfter: expect.any(Number) },
    });
  });

  test('hold in this process when Redis cannot be reached', async () => {
    const redis = new Redis({ port: 1, host: '127.0.0.1', enableOfflineQueue: false, retryStrategy: null });
    redis.on('error', () => undefined);
    const limits = createRateLimits({ operationsPerMinute: 30, attemptsPerMinute: 1, redis });
    expect(await passed(limits, 50)).toBe(30);
    redis.disconnect();
  });
});

const redisUrl = process.env.LIFTOS_TEST_REDIS;

describe.skipIf(!redisUrl)('limits shared through Redis (skipped without LIFTOS_TEST_REDIS)', () => {
  test('count for all gateways together, and in each process while Redis is away', async () => {
    const proxy = await proxyTo(new URL(redisUrl!));
    const options = { port: proxy.port, host: '127.0.0.1', enableOfflineQueue: false, retryStrategy: () => 20 };
    const clients = [new Redis(options), new Redis(options)];
    clients.forEach((client) => client.on('error', () => undefined));
    await vi.waitFor(() => expect(clients.map(({ status }) => status)).toEqual(['ready', 'ready']));
    const [one, other] = clients.map((redis) =>
      createRateLimits({ operationsPerMinute: 30, attemptsPerMinute: 1, redis }),
    );
    expect(await passed(one!, 20)).toBe(20);
    expect(await passed(other!, 20)).toBe(10);
    proxy.cut();
    await vi.waitFor(() => expect(clients[0]!.status).not.toBe('ready'));
    expect(await passed(one!, 40)).toBeGreaterThan(0);
    clients.forEach((client) => client.disconnect());
  });
});

/** A way to Redis that can be cut. */
async function proxyTo(target: URL): Promise<{ port: number; cut(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const one of [socket, upstream]) sockets.add(one.on('error', () => undefined));
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:0DB8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('the address %s counts as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key);
});
