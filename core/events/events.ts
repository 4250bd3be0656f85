import { sql, type Kysely } from 'kysely';
import type { Context, Principal } from '../context.ts';
import { channel } from './channel.ts';

/** Something that happened, to be kept. */
export interface NewEvent {
  /** e.g. `sync.finished`. */
  topic: string;
  subjectKind?: string;
  subjectId?: string;
  /** One sentence for the activity feed; an event without one does not appear there. */
  summary?: string;
  payload?: Record<string, unknown>;
  /** Set for state that somebody changed and for access to credentials: the audit log keeps these. */
  audit?: boolean;
}

export interface StoredEvent {
  organizationId: string;
  /** Gap-free per organisation, in the order of commits. */
  sequence: number;
  at: Date;
  topic: string;
  subjectKind: string | null;
  subjectId: string | null;
  summary: string | null;
  actor: Pick<Principal, 'kind' | 'id' | 'name' | 'ip'>;
  correlationId: string | null;
  payload: Record<string, unknown>;
  audited: boolean;
}

export interface EventTables {
  'runtime.event': {
    organization_id: string;
    sequence: number;
    at: Date;
    topic: string;
    subject_kind: string | null;
    subject_id: string | null;
    summary: string | null;
    actor: StoredEvent['actor'];
    correlation_id: string | null;
    payload: Record<string, unknown>;
    audited: boolean;
  };
}

/**
 * Records an event in the caller's transaction and tells live subscribers once it is committed. Emit last in a
 * transaction: from here until the commit, other writers of the same organisation wait for their number.
 */
export async function emit(tx: Context, event: NewEvent): Promise<void> {
  const { kind, id, name, ip } = tx.principal;
  const { rows } = await sql<Row>`
    with number as (
      insert into runtime.event_sequence (organization_id, last) values (${tx.organizationId}, 1)
      on conflict (organization_id) do update set last = event_sequence.last + 1
      returning last
    )
    insert into runtime.event
      (organization_id, sequence, at, topic, subject_kind, subject_id, summary, actor, correlation_id, payload, audited)
    select ${tx.organizationId}, last, ${tx.now()}, ${event.topic}, ${event.subjectKind ?? null},
      ${event.subjectId ?? null}, ${event.summary ?? null}, ${JSON.stringify({ kind, id, name, ...(ip ? { ip } : {}) })},
      ${tx.correlationId}, ${JSON.stringify(event.payload ?? {})}, ${event.audit ?? false}::boolean
    from number
    returning *`.execute(tx.db);
  const stored = storedEvent(rows[0]!);
  tx.afterCommit(() => {
    tx.runtime.bus.publish(channel.events(tx.organizationId), stored);
    tx.runtime.bus.publish(channel.anyEvent(), tx.organizationId);
  });
}

type Row = EventTables['runtime.event'];

/** Events after a number, oldest first. */
export async function eventsAfter(db: Kysely<EventTables>, after: number, limit: number): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('runtime.event')
    .selectAll()
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute();
  return rows.map(storedEvent);
}

/** The number of the newest event of the caller's organisation; 0 before the first. */
export async function lastSequence(context: Context): Promise<number> {
  const { rows } = await sql<{ last: number }>`select last from runtime.event_sequence`.execute(context.db);
  return rows[0]?.last ?? 0;
}

export function storedEvent(row: Row): StoredEvent {
  return {
    organizationId: row.organization_id,
    sequence: row.sequence,
    at: row.at,
    topic: row.topic,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    summary: row.summary,
    actor: row.actor,
    correlationId: row.correlation_id,
    payload: row.payload,
    audited: row.audited,
  };
}

/** Reads an event back after it travelled as JSON. */
export function reviveEvent(message: unknown): StoredEvent {
  const event = message as StoredEvent;
  return { ...event, at: new Date(event.at) };
}
