import type { RequestContext } from '../sources/data-source.ts';

/** A request of a signed-in caller who may do everything, for tests. */
export function testRequest(change: Partial<RequestContext> = {}): RequestContext {
  return {
    principal: { kind: 'user', id: 'u1', name: 'Ada', organizationId: 'o1', scopes: ['*'], sessionId: 's1' },
    correlationId: 'test',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    session: { setRefreshToken: () => undefined },
    signal: new AbortController().signal,
    ...change,
  };
}
