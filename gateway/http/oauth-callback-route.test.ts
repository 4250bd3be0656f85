import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anonymous } from '@liftos/core/context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createRateLimits } from '../edge/rate-limits.ts';
import { oauthCallbackRoutes } from './oauth-callback-route.ts';

let app: FastifyInstance;
let path = '/connections/1?connected=1';
const seen: unknown[] = [];
beforeAll(async () => {
  app = Fastify();
  oauthCallbackRoutes(app, {
    callers: { returning: () => Promise.resolve(anonymous) },
    rateLimits: createRateLimits({ operationsPerMinute: 100, attemptsPerMinute: 100 }),
    log: createLog('silent'),
    sink: {
      finish(parameters) {
        seen.push(parameters);
        return path === '' ? Promise.reject(new Error('broken')) : Promise.resolve({ path });
      },
      grant(platform, body) {
        seen.push({ platform, body });
        return platform === 'woocommerce' ? Promise.resolve() : Promise.reject(notFound('platform'));
      },
    },
  });
  await app.ready();
});
afterAll(() => app.close());

async function back(): Promise<string | undefined> {
  const { statusCode, headers } = await app.inject('/oauth/callback?state=s&code=c&code=d');
  expect(statusCode).toBe(303);
  expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  return headers.location;
}

test('a login ends in the client, without the code in the address', async () => {
  expect(await back()).toBe('/connections/1?connected=1');
  expect(seen).toEqual([{ state: 's', code: 'c' }]);
});

test('nobody is sent to another site, and a failure inside is told', async () => {
  for (path of ['//evil.example', 'https://evil.example/connections', '/connections/\\evil', '/connectionsevil']) {
    expect(await back()).toBe('/connections');
  }
  path = '';
  expect(await back()).toBe('/connections?error=internal');
});

test('keys of shops come as JSON or a form', async () => {
  const json = { method: 'POST', url: '/oauth/grant/woocommerce', payload: { user_id: 's' } } as const;
  expect((await app.inject(json)).statusCode).toBe(200);
  const form = { ...json, payload: 'user_id=s', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  expect((await app.inject(form)).statusCode).toBe(200);
  expect(seen.slice(-2)).toEqual([1, 2].map(() => ({ platform: 'woocommerce', body: { user_id: 's' } })));
  expect((await app.inject({ ...json, url: '/oauth/grant/other' })).statusCode).toBe(404);
  expect((await app.inject({ ...json, payload: '[]' })).statusCode).toBe(400);
});
