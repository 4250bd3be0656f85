import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import type { Consumer } from '@liftos/core/events/consumers.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import type { AuditFilter, QueryAuditLogArgs } from '../schema.generated.ts';
import type { AuditRow, IdentityTables } from '../tables.ts';
import { chainStart, hashEntry, type AuditContent } from './hash-entry.pure.ts';

/** Writes what is worth auditing into the organisation's hash chain, in the order in which it was committed. */
export const auditConsumer: Consumer = {
  name: 'identity.audit',
  topics: ['*'],
  async handle(tx, event) {
    if (!event.audited) return;
    const last = await tables<IdentityTables>(tx)
      .selectFrom('identity.audit_entry')
      .select(['sequence', 'hash'])
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    const content: AuditContent = {
      organization_id: event.organizationId,
      sequence: (last?.sequence ?? 0) + 1,
      event_sequence: event.sequence,
      at: event.at,
      action: event.topic,
      actor_kind: event.actor.kind,
      actor_id: event.actor.id || null,
      actor_name: event.actor.name,
      target_kind: event.subjectKind,
      target_id: event.subjectId,
      details: event.payload,
      ip: event.actor.ip ?? null,
      correlation_id: event.correlationId,
    };
    const hash = hashEntry(last?.hash ?? chainStart, content);
    const row = { ...content, details: JSON.stringify(content.details), hash };
    await tables<IdentityTables>(tx).insertInto('identity.audit_entry').values(row).execute();
  },
};

function filtered(context: Context, filter: AuditFilter) {
  let query = tables<IdentityTables>(context).selectFrom('identity.audit_entry').selectAll();
  if (filter.action) query = query.where('action', '=', filter.action);
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId);
  if (filter.targetId) query = query.where('target_id', '=', filter.targetId);
  if (filter.from) query = query.where('at', '>=', filter.from);
  if (filter.to) query = query.where('at', '<', filter.to);
  return query;
}

/** Entries of the organisation, newest first. */
export async function listAudit(
  context: Context,
  { filter, first, after }: QueryAuditLogArgs,
): Promise<Page<AuditRow>> {
  const size = pageSize(first);
  const before = decodeCursor(context.organizationId, after);
  let query = filtered(context, filter ?? {});
  if (before) query = query.where('sequence', '<', Number(before));
  const rows = await query
    .orderBy('sequence', 'desc')
    .limit(size + 1)
    .execute();
  return page(context.organizationId, rows, size, (row) => String(row.sequence));
}

const chunk = 1000;

/** Walks the whole chain and names the first entry whose hash does not fit. */
export async function verifyAudit(context: Context) {
  let previous = chainStart;
  let sequence = 0;
  for (;;) {
    const { rows } = await sql<AuditRow>`select * from identity.audit_entry
      where sequence > ${sequence} order by sequence limit ${chunk}`.execute(context.db);
    for (const { hash, ...content } of rows) {
      if (content.sequence !== sequence + 1 || hashEntry(previous, content) !== hash) {
        return { intact: false, entries: sequence, firstBadSequence: sequence + 1 };
      }
      previous = hash;
      sequence = content.sequence;
    }
    if (rows.length < chunk) return { intact: true, entries: sequence, firstBadSequence: null };
  }
}
