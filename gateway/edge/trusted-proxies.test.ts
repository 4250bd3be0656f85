import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { trustedProxies } from './trusted-proxies.ts';

const proxies = trustedProxies(['10.0.0.0/8', '2001:db8::1']);
const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['who comes straight', '203.0.113.5', undefined, '203.0.113.5'],
  ['who lies about it', '203.0.113.5', '1.2.3.4', '203.0.113.5'],
  ['who comes through a proxy', '10.1.1.1', '203.0.113.5', '203.0.113.5'],
  ['who lies to the proxy', '10.1.1.1', '1.2.3.4, 203.0.113.5', '203.0.113.5'],
  ['who comes through two', '::ffff:10.1.1.1', '203.0.113.5, 10.2.2.2', '203.0.113.5'],
  ['a proxy itself', '10.1.1.1', undefined, '10.1.1.1'],
  ['nonsense', '10.1.1.1', 'unknown, <script>', '10.1.1.1'],
])('%s is known by the right address', (_title, remote, forwarded, client) => {
  expect(proxies.clientOf(from(remote, forwarded))).toBe(client);
});

test('without trusted proxies nobody is believed', () => {
  expect(trustedProxies().clientOf(from('127.0.0.1', '1.2.3.4'))).toBe('127.0.0.1');
});

test('what is no network is refused at the start', () => {
  expect(() => trustedProxies(['example.org'])).toThrow('"example.org"');
});
