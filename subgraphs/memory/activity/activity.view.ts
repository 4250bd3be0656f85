import { tables, type Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { storedEvent, type EventTables, type StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import type { QueryActivityArgs } from '../schema.generated.ts';

/** What happened, newest first. Events without a sentence for people are not part of it. */
export async function activityPage(context: Context, args: QueryActivityArgs): Promise<Page<StoredEvent>> {
  const size = pageSize(args.first, 30);
  const before = decodeCursor(context.organizationId, args.after);
  if (before !== undefined && !/^\d+$/.test(before)) throw badInput('after', 'This cursor belongs to another list.');
  let events = tables<EventTables>(context).selectFrom('runtime.event').selectAll().where('summary', 'is not', null);
  if (before !== undefined) events = events.where('sequence', '<', Number(before));
  const rows = await events
    .orderBy('sequence', 'desc')
    .limit(size + 1)
    .execute();
  return page(context.organizationId, rows.map(storedEvent), size, ({ sequence }) => String(sequence));
}

/** The same, as it happens; with `after`, what was missed comes first. */
export async function* liveActivity(context: Context, after: number | null | undefined) {
  if (after != null && after < 0) throw badInput('after', 'Sequence numbers begin at 0.');
  for await (const event of liveEvents(context, { after, filter: ({ summary }) => summary !== null })) {
    yield { activityFeed: event };
  }
}
