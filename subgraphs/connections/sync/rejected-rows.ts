import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { keptErrors, type RowError } from '../csv/row-errors.pure.ts';

/** Keeps refused rows with their reasons, the first thousand of a run. The same rows again change nothing. */
export async function keepRejected(
  tx: Context,
  runId: string,
  slicePosition: number,
  refused: readonly RowError[],
): Promise<void> {
  if (refused.length === 0) return;
  await sql`
    insert into connections.rejected_row
      (organization_id, run_id, slice_position, line, column_name, code, message, value)
    select ${tx.organizationId}, ${runId}, ${slicePosition}::int, line, column_name, code, message, value
    from unnest(${refused.map(({ line }) => line)}::int[], ${refused.map(({ column }) => column ?? '')}::text[],
      ${refused.map(({ code }) => code)}::text[], ${refused.map(({ message }) => message)}::text[],
      ${refused.map(({ value }) => value)}::text[]) as row (line, column_name, code, message, value)
    limit greatest(0, ${keptErrors} - (select count(*) from connections.rejected_row where run_id = ${runId}))
    on conflict do nothing`.execute(tx.db);
}
