import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { defineJob } from '@liftos/core/jobs/define-job.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { rewrap, type Place } from './envelope.ts';
import { addKey, dropKey, keyRing } from './key-ring.ts';

const atOnce = 500;

/** Where something sealed is kept; base64 of data keys goes in and out. */
interface Shelf {
  table: string;
  subject: string;
  purpose: Place['purpose'];
  keyId: RawBuilder<string>;
  /** How a row is told to be still as it was read, and what it becomes; `next` are the values of a change. */
  isSame: RawBuilder<boolean>;
  change: RawBuilder<unknown>;
  wrapped: RawBuilder<string>;
}

function shelf(table: string, subject: string, purpose: Place['purpose']): Shelf {
  return {
    table,
    subject,
    purpose,
    keyId: sql`key_id`,
    wrapped: sql`translate(encode(wrapped_key, 'base64'), chr(10), '')`,
    isSame: sql`wrapped_key = decode(next.old_key, 'base64')`,
    change: sql`wrapped_key = decode(next.new_key, 'base64'), key_id = next.key_id`,
  };
}

const shelves: readonly Shelf[] = [
  shelf('connections.credential', 'connection_id', 'credential'),
  shelf('connections.oauth_app', 'platform', 'oauth_app'),
  shelf('connections.oauth_state', 'state_hash', 'oauth_state'),
  {
    table: 'connections.webhook_secret',
    subject: 'endpoint_id',
    purpose: 'webhook',
    keyId: sql`split_part(sealed, '.', 1)`,
    wrapped: sql`split_part(sealed, '.', 2)`,
    isSame: sql`split_part(sealed, '.', 2) = next.old_key`,
    change: sql`sealed = next.key_id || '.' || next.new_key || '.' || split_part(sealed, '.', 3)`,
  },
];

interface SealedRow {
  organization_id: string;
  subject: string;
  key_id: string;
  wrapped: string;
}

/** Wraps every data key with the newest key; rows that change meanwhile are sealed with it anyway. */
export const rotateJob = defineJob<Record<string, never>>({
  type: 'connections.rotate-keys',
  maxAttempts: 10,
  handler: async (context) => {
    await rewrapAll(context.runtime, context.signal);
  },
});

/** Throws INTERNAL naming the key when one is missing; everything else is wrapped by then. Gives how many it wrapped. */
export async function rewrapAll(runtime: Runtime, signal: AbortSignal): Promise<number> {
  let done = 0;
  let problem: unknown;
  for (const place of shelves) {
    let after: SealedRow | undefined;
    for (;;) {
      signal.throwIfAborted();
      const rows = await oldRows(runtime, place, after);
      if (rows.length === 0) break;
      after = rows.at(-1);
      const outcome = await rewrapRows(runtime, place, rows);
      done += outcome.done;
      problem ??= outcome.problem;
    }
  }
  if (problem) throw problem;
  return done;
}

async function oldRows(runtime: Runtime, place: Shelf, after?: SealedRow): Promise<SealedRow[]> {
  const subject = sql`${sql.ref(place.subject)}::text`;
  const behind = after
    ? sql`and (organization_id::text, ${subject}, ${place.wrapped}) > (${after.organization_id}, ${after.subject}, ${after.wrapped})`
    : sql``;
  const { rows } = await sql<SealedRow>`
    select organization_id::text, ${subject} as subject, ${place.keyId} as key_id, ${place.wrapped} as wrapped
    from ${sql.table(place.table)}
    where ${place.keyId} <> ${keyRing(runtime).newest.id} ${behind}
    order by organization_id::text, ${subject}, ${place.wrapped} limit ${atOnce}`.execute(runtime.database.system);
  return rows;
}

async function rewrapRows(runtime: Runtime, place: Shelf, rows: readonly SealedRow[]) {
  const ring = keyRing(runtime);
  const next: (SealedRow & { newKey: string; newId: string })[] = [];
  let problem: unknown;
  for (const row of rows) {
    const at: Place = { organizationId: row.organization_id, subject: row.subject, purpose: place.purpose };
    try {
      const wrapped_key = Buffer.from(row.wrapped, 'base64');
      const fresh = rewrap(ring, at, { wrapped_key, key_id: row.key_id });
      next.push({ ...row, newKey: Buffer.from(fresh.wrapped_key).toString('base64'), newId: fresh.key_id });
    } catch (error) {
      problem ??= error;
    }
  }
  const column = (read: (row: (typeof next)[number]) => string): string[] => next.map((row) => read(row));
  const { numAffectedRows = 0n } = await sql`
    update ${sql.table(place.table)} as kept set ${place.change}
    from unnest(${column((row) => row.organization_id)}::uuid[], ${column((row) => row.subject)}::text[],
      ${column((row) => row.wrapped)}::text[], ${column((row) => row.newKey)}::text[],
      ${column((row) => row.newId)}::text[]) as next (organization_id, subject, old_key, new_key, key_id)
    where kept.organization_id = next.organization_id and kept.${sql.ref(place.subject)}::text = next.subject
      and ${sql`${place.isSame}`}`.execute(runtime.database.system);
  return { done: Number(numAffectedRows), problem };
}

export interface KeyUse {
  id: string;
  newest: boolean;
  known: boolean;
  /** Secrets under it, of all organisations. */
  secrets: number;
}

/** The keys of the ring and those that something is still sealed with. */
export async function keyUse(runtime: Runtime): Promise<KeyUse[]> {
  const ring = keyRing(runtime);
  const counts = new Map<string, number>(ring.ids().map((id) => [id, 0]));
  for (const { table, keyId } of shelves) {
    const { rows } = await sql<{ id: string; secrets: number }>`
      select ${keyId} as id, count(*) as secrets from ${sql.table(table)} group by 1`.execute(runtime.database.system);
    for (const { id, secrets } of rows) counts.set(id, (counts.get(id) ?? 0) + Number(secrets));
  }
  const newest = ring.newest.id;
  return [...counts].map(([id, secrets]) => ({
    id,
    newest: id === newest,
    known: ring.find(id) !== undefined,
    secrets,
  }));
}

/** Begins to wrap everything with the newest key; a new one when LiftOS keeps the keys itself. */
export async function rotateKeys(context: Context): Promise<KeyUse[]> {
  const { runtime } = context;
  if (keyRing(runtime).inFile) addKey(runtime);
  await transaction(context, async (tx) => {
    await enqueue(tx, rotateJob, {}, {});
    await emit(tx, {
      topic: 'keys.rotated',
      audit: true,
      summary: `${tx.principal.name} changed the encryption key to ${keyRing(runtime).newest.id}.`,
    });
  });
  return keyUse(runtime);
}

/** Takes keys out of the file that nothing is sealed with any more. Those of the environment are removed there. */
export async function removeOldKeys(context: Context): Promise<KeyUse[]> {
  const { runtime } = context;
  if (!keyRing(runtime).inFile) return keyUse(runtime);
  const unused = (await keyUse(runtime)).filter(({ newest, secrets }) => !newest && secrets === 0);
  for (const { id } of unused) dropKey(runtime, id);
  await transaction(context, (tx) =>
    emit(tx, {
      topic: 'keys.removed',
      audit: true,
      summary: `${tx.principal.name} removed ${unused.length} encryption keys that nothing is under.`,
    }),
  );
  return keyUse(runtime);
}
