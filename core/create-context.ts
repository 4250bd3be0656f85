import DataLoader from 'dataloader';
import { AppError } from './errors.ts';
import type { Context, Principal, SessionCookie } from './context.ts';
import { insideTransaction } from './database/dialect.ts';
import type { AnyTables } from './database/database.ts';
import type { Kysely } from 'kysely';
import { newId } from './ids.ts';
import type { Runtime } from './runtime.ts';

export interface ContextOptions {
  runtime: Runtime;
  principal: Principal;
  correlationId?: string;
  signal?: AbortSignal;
  session?: SessionCookie;
}

const noSession: SessionCookie = { setRefreshToken: () => undefined };
const never = new AbortController().signal;

/** A context for one request, job or event. */
export function createContext(options: ContextOptions): Context {
  const { runtime, principal } = options;
  const correlationId = options.correlationId ?? newId();
  const loaders = new Map<string, DataLoader<unknown, unknown>>();
  let db: Kysely<AnyTables> | undefined;
  return {
    principal,
    organizationId: principal.organizationId,
    correlationId,
    get db() {
      if (!principal.organizationId) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
      return (db ??= runtime.database.for(principal.organizationId));
    },
    log: runtime.log.child({ correlationId, organizationId: principal.organizationId || undefined }),
    ports: runtime.ports,
    runtime,
    signal: options.signal ?? never,
    session: options.session ?? noSession,
    now: runtime.now,
    newId,
    loader<K, V>(name: string, batch: (keys: readonly K[]) => Promise<readonly V[]>): DataLoader<K, V> {
      const known = loaders.get(name) as DataLoader<K, V> | undefined;
      const loader = known ?? new DataLoader<K, V>(batch);
      if (!known) loaders.set(name, loader);
      return loader;
    },
    afterCommit: (work) => work(),
  };
}

/**
 * Runs `work` in one transaction of the caller's organisation. The context it is given must be used for everything
 * inside; calling `transaction` on that context joins the same one. What `afterCommit` was given runs after the commit.
 */
export async function transaction<T>(context: Context, work: (tx: Context) => Promise<T>): Promise<T> {
  if (context.db.isTransaction) return work(context);
  const after: (() => void)[] = [];
  const result = await context.db.transaction().execute((db) => {
    const tx: Context = Object.create(context, {
      db: { value: db },
      afterCommit: { value: (done: () => void) => void after.push(done) },
    });
    return insideTransaction.run(true, () => work(tx));
  });
  for (const done of after) done();
  return result;
}

/** The same request in another name, with loaders of its own. */
export function contextFor(context: Context, principal: Principal): Context {
  const { runtime, correlationId, signal, session } = context;
  return createContext({ runtime, principal, correlationId, signal, session });
}
