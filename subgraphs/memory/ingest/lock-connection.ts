import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';

/** Makes whoever changes the data of a connection wait for the others who do, until the end of the transaction. */
export async function lockConnectionData(tx: Context, connectionId: string): Promise<void> {
  const lock = `${tx.organizationId}/${connectionId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(tx.db);
}
