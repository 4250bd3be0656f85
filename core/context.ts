import type DataLoader from 'dataloader';
import type { Kysely } from 'kysely';
import type { AnyTables } from './database/database.ts';
import type { Logger } from './telemetry/log.ts';
import type { Ports } from './ports/ports.ts';
import type { Runtime } from './runtime.ts';

/** Who asks, as the edge has verified it. */
export interface Principal {
  kind: 'user' | 'key' | 'system' | 'anonymous';
  id: string;
  /** A name for people and the audit log. */
  name: string;
  /** Empty for anonymous callers. */
  organizationId: string;
  role?: string;
  scopes: readonly string[];
  sessionId?: string;
  ip?: string;
  userAgent?: string;
}

/** The refresh cookie of the request, for sign-in operations; the edge turns what is set into `Set-Cookie`. */
export interface SessionCookie {
  readonly refreshToken?: string;
  setRefreshToken(token: string | null): void;
}

/** What every resolver, service and job is given. */
export interface Context {
  readonly principal: Principal;
  readonly organizationId: string;
  readonly correlationId: string;
  /** The caller's organisation only; inside `transaction`, the transaction. */
  readonly db: Kysely<AnyTables>;
  readonly log: Logger;
  readonly ports: Ports;
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  readonly session: SessionCookie;
  now(): Date;
  /** A UUIDv7: sorts by time of creation. */
  newId(): string;
  /** The loader of that name in this request, made on first use. Batches keys of one tick. */
  loader<K, V>(name: string, batch: (keys: readonly K[]) => Promise<readonly V[]>): DataLoader<K, V>;
  /** Runs once the surrounding transaction has been committed; at once outside of one. */
  afterCommit(work: () => void): void;
}

/** Types the context's database with the tables of a subgraph. */
export function tables<T>(context: Context): Kysely<T> {
  return context.db as Kysely<T>;
}

export const anonymous: Principal = { kind: 'anonymous', id: '', name: 'anonymous', organizationId: '', scopes: [] };

/** The runtime itself, working for an organisation. It may do everything within it. */
export function systemPrincipal(organizationId: string): Principal {
  return { kind: 'system', id: 'system', name: 'LiftOS', organizationId, scopes: ['*'] };
}
