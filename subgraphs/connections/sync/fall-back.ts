import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { Connector } from '../platforms/connector.ts';
import { insertSlices } from './insert-slices.ts';
import type { Work } from './slice-state.ts';

/**
 * Puts generated data in place of a platform that could not be read, once in a run and over all its days. It keeps its
 * own label, so that it is never summed with what is real.
 */
export async function fallBackToMock(tx: Context, { run, connection }: Work, connector: Connector): Promise<void> {
  const { rows } = await sql<{ first: string | null; last: string | null; mocked: boolean }>`
    select min(first_day)::text as first, max(last_day)::text as last, bool_or(source = 'mock') as mocked
    from connections.sync_slice where run_id = ${run.id}`.execute(tx.db);
  const [range] = rows;
  if (!range?.first || !range.last || range.mocked) return;
  const streams = connector.streams.filter((stream) => stream.isOf?.(connection.settings) ?? true);
  const slices = streams.map(({ name }) => ({
    stream: name,
    from: range.first,
    to: range.last,
    source: 'mock' as const,
  }));
  await insertSlices(tx, run.id, connection.id, slices);
}
