import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { removeItems } from './remove-items.ts';
import { removeFacts, removeJourneys, removeLineage, tidyConnection, type Step } from './remove-old.service.ts';

/**
 * Removes what a connection brought in of days before `day`, in many short transactions: cut off anywhere, the next call
 * finds the rest. Gives the number of rows that went, and tells with `records.expired` when it is more than none.
 */
export async function forgetBefore(context: Context, connectionId: string, day: string): Promise<number> {
  let removed = 0;
  for (const step of [removeItems, removeFacts, removeJourneys])
    removed += await repeat(context, step, connectionId, day);
  await repeat(context, removeLineage, connectionId, day);
  if (removed === 0) return 0;
  await tidyConnection(context, connectionId);
  await transaction(context, (tx) =>
    emit(tx, {
      topic: 'records.expired',
      subjectKind: 'connection',
      subjectId: connectionId,
      summary: `Removed ${removed.toLocaleString('en')} rows of a connection that were from before ${day}.`,
      payload: { removed, day },
      audit: true,
    }),
  );
  return removed;
}

async function repeat(
  context: Context,
  step: (tx: Context, keptFrom: string, after: string, connectionId: string) => Promise<Step>,
  connectionId: string,
  day: string,
): Promise<number> {
  let removed = 0;
  let after: string | null = '';
  while (after !== null) {
    context.signal.throwIfAborted();
    const from: string = after;
    const done: Step = await transaction(context, (tx) => step(tx, day, from, connectionId));
    removed += done.removed;
    after = done.after;
  }
  return removed;
}
