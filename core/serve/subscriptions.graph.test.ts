import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Context } from '../context.ts';
import { internalTokens } from '../internal-token.ts';
import { testPrincipal, testRuntime } from '../testing/runtime.ts';
import { serveSubscriptions } from './subscriptions.ts';

test('a subscription ends at once when it is left, while others on the same socket go on', async () => {
  const runtime = await testRuntime([]);
  const tokens = internalTokens('a secret for tests that is long enough');
  const open = new Set<string>();
  const schema = buildSchema('type Query { nothing: Int } type Subscription { silence(name: String!): Int }');
  Object.assign(schema.getSubscriptionType()?.getFields().silence ?? {}, {
    async *subscribe(_: unknown, { name }: { name: string }, { signal }: Context) {
      open.add(name);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      open.delete(name);
      yield* [];
    },
  });
  const server = createServer();
  const served = serveSubscriptions(server, schema, runtime, tokens);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const principal = testPrincipal(runtime.newOrganization());
  const token = await tokens.sign({ principal, correlationId: 'test' });
  const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
  const follow = (name: string): (() => void) =>
    client.subscribe({ query: `subscription { silence(name: "${name}") }`, extensions: { token } }, sink);
  follow('kept');
  const leave = follow('left');
  await vi.waitFor(() => expect([...open].sort()).toEqual(['kept', 'left']));
  leave();
  await vi.waitFor(() => expect([...open]).toEqual(['kept']));
  await client.dispose();
  await vi.waitFor(() => expect([...open]).toEqual([]));
  await served.dispose();
  server.close();
  await runtime.close();
});
