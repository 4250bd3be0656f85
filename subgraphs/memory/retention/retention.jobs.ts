import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { defineJob } from '@liftos/core/jobs/define-job.ts';
import type { MemoryTables } from '../tables.ts';
import { removeItems } from './remove-items.ts';
import {
  currentLimit,
  removeFacts,
  removeJourneys,
  removeLineage,
  staleConnections,
  tidyConnection,
  withLimit,
  type Step,
} from './remove-old.service.ts';

interface Removed {
  items: number;
  records: number;
  journeys: number;
  batches: number;
}

/**
 * Removes what is older than the organisation keeps, in many short transactions: cut off anywhere, the next attempt
 * finds the rest. Tells with `records.expired` when something went.
 */
export const retentionJob = defineJob<Record<string, never>>({
  type: 'memory.retention',
  concurrency: 1,
  timeoutSeconds: 6 * 3600,
  async handler(context) {
    const keptFrom = await currentLimit(context);
    if (keptFrom === undefined) return;
    const items = await repeat(context, removeItems);
    context.progress(0.3);
    const records = await repeat(context, removeFacts);
    context.progress(0.6);
    const journeys = await repeat(context, removeJourneys);
    context.progress(0.9);
    const batches = await repeat(context, removeLineage);
    for (const id of await staleConnections(context, keptFrom)) await tidyConnection(context, id);
    context.logLine('info', `Removed ${records} records, ${items} items, ${journeys} journeys and ${batches} batches.`);
    await conclude(context, { items, records, journeys, batches });
  },
});

async function repeat(
  context: Context,
  step: (tx: Context, keptFrom: string, after: string) => Promise<Step>,
): Promise<number> {
  let removed = 0;
  let after: string | null = '';
  while (after !== null) {
    context.signal.throwIfAborted();
    const from: string = after;
    const done: Step = await withLimit(context, (tx, keptFrom) => step(tx, keptFrom, from));
    removed += done.removed;
    after = done.after;
  }
  return removed;
}

function conclude(context: Context, removed: Removed): Promise<void> {
  return transaction(context, async (tx) => {
    await tables<MemoryTables>(tx).updateTable('memory.retention').set({ last_run_at: tx.now() }).execute();
    const { items, records, journeys, batches } = removed;
    if (items + records + journeys + batches === 0) return;
    await emit(tx, {
      topic: 'records.expired',
      subjectKind: 'organization',
      subjectId: tx.organizationId,
      summary: `Removed ${count(records, 'record')}, ${count(items, 'item')} and ${count(journeys, 'journey')} that were too old to be kept.`,
      payload: { ...removed },
      audit: true,
    });
  });
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
