import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { emit } from '@liftos/core/events/events.ts';

/** Keeps that a platform no longer lets a connection in, and tells about it the first time. */
export async function markBroken(tx: Context, connectionId: string, message: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    update connections.connection set auth_state = 'BROKEN', auth_message = ${message}
    where id = ${connectionId} and auth_state <> 'BROKEN' returning name`.execute(tx.db);
  if (!rows[0]) return;
  await emit(tx, {
    topic: 'connection.broken',
    audit: true,
    subjectKind: 'connection',
    subjectId: connectionId,
    summary: `${rows[0].name} is not let in any more: ${message}`,
  });
}
