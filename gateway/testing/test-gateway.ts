import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymous, type Principal } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credentials } from '@liftos/core/ports/ports.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createMetrics, type Metrics } from '@liftos/core/telemetry/metrics.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway.ts';
import type { Sources } from '../sources/data-source.ts';

/** Callers that tests may be: `Bearer ada` and so on. */
export const callers: Record<string, Principal> = {
  ada: { kind: 'user', id: 'u1', name: 'Ada', organizationId: 'o1', scopes: ['*'], sessionId: 's1' },
  bob: { kind: 'user', id: 'u4', name: 'Bob', organizationId: 'o1', scopes: ['*'], sessionId: 's4' },
  eve: { kind: 'user', id: 'u2', name: 'Eve', organizationId: 'o2', scopes: ['*'], sessionId: 's2' },
  reader: { kind: 'user', id: 'u3', name: 'Reader', organizationId: 'o1', scopes: ['data:read'], sessionId: 's3' },
  root: { kind: 'key', id: 'k1', name: 'Program', organizationId: 'o1', scopes: ['admin', 'root'] },
};

export interface TestGateway {
  gateway: Gateway;
  url: string;
  socketUrl: string;
  supergraphPath: string;
  metrics: Metrics;
  /** Sessions that have been ended. */
  revoked: Set<string>;
  /** Sends one operation; `as` names a caller. */
  ask(query: string, options?: AskOptions): Promise<AskResult>;
  close(): Promise<void>;
}

export interface AskOptions {
  variables?: unknown;
  as?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface AskResult {
  status: number;
  headers: Headers;
  // Answers are as different as the questions of the tests.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** Starts a gateway on a free port of this machine. */
export async function startGateway(
  supergraph: string,
  sources: Sources,
  change: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'liftos-gateway-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphPath, supergraph);
  const revoked = new Set<string>();
  const metrics = createMetrics();
  const { config, ...others } = change;
  const gateway = await createGateway({
    supergraphPath,
    sources,
    authenticator: {
      authenticate: async (credentials) => principalOf(credentials, revoked),
      stillValid: async ({ sessionId = '' }) => !revoked.has(sessionId),
    },
    uploads: { receive: () => Promise.reject(new AppError('UNAVAILABLE', 'No uploads here.')) },
    config: {
      LIFTOS_FETCH_TIMEOUT: 1,
      LIFTOS_OPERATION_TIMEOUT: 2,
      LIFTOS_RATE_LIMIT: 100_000,
      LIFTOS_UPLOAD_MAX_BYTES: 10_000_000,
      ...config,
    },
    log: createLog('silent'),
    metrics,
    recheckMillis: 50,
    attemptsPerMinute: 1000,
    ...others,
  });
  const port = await gateway.listen(0);
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    gateway,
    url,
    socketUrl: url.replace('http', 'ws'),
    supergraphPath,
    metrics,
    revoked,
    ask: (query, options) => ask(url, query, options),
    close: () => gateway.close(),
  };
}

function principalOf({ authorization, apiKey }: Credentials, revoked: Set<string>): Principal {
  const name = authorization?.replace(/^Bearer /, '') ?? apiKey;
  if (!name) return anonymous;
  const principal = callers[name];
  if (!principal || revoked.has(principal.sessionId ?? '')) throw new AppError('UNAUTHENTICATED', 'Sign in again.');
  return principal;
}

async function ask(url: string, query: string, options: AskOptions = {}): Promise<AskResult> {
  const { variables, as, headers, signal } = options;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(as ? { authorization: `Bearer ${as}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}
