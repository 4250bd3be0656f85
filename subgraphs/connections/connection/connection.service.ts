import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { defineJob } from '@liftos/core/jobs/define-job.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { isCurrencyCode } from '../csv/currency.pure.ts';
import { checkRegions } from '../mock/check-regions.pure.ts';
import { worldOf } from '../mock/worlds.pure.ts';
import type { CreateMockConnectionInput } from '../schema.generated.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import { cancelJobs, lockConnection } from '../sync/sync.service.ts';
import type { ConnectionsTables, ConnectionTable, MockSettings } from '../tables.ts';
import type { ConnectionRow } from './connection.view.ts';
import { nextRuns } from './schedule.pure.ts';

/** Days of generated data when no first day is given, and at the most. */
const usualDays = 365;
const mostDays = 3653;
const usualMarkets = 40;

/** Creates a connection of generated data. Throws BAD_USER_INPUT naming the field. */
export function createMockConnection(context: Context, input: CreateMockConnectionInput): Promise<ConnectionRow> {
  const world = worldOf(input.platform);
  if (!world) throw badInput('input.platform', 'There is no generated data for this platform.');
  const timeZone = checkTimeZone(input.timeZone ?? 'UTC');
  const today = dayIn(context.now(), timeZone);
  const from = input.from ?? addDays(today, -usualDays);
  if (from >= today) throw badInput('input.from', 'The first day must lie in the past.');
  if (from < addDays(today, -mostDays)) throw badInput('input.from', 'The first day is more than ten years ago.');
  const { count, tests } = input.regions ?? {};
  const regions = input.regions && checkRegions(world, count ?? usualMarkets, tests ?? [], 'input.regions');
  const settings: MockSettings = { seed: input.seed ?? 1, from, ...(regions ? { regions } : {}) };
  return transaction(context, (tx) =>
    insertConnection(tx, {
      name: checkName(input.name),
      platform: input.platform,
      mode: 'MOCK',
      settings,
      currency: checkCurrency(input.currency ?? 'EUR'),
      time_zone: timeZone,
      schedule: input.schedule || null,
    }),
  );
}

export type NewConnection = Pick<
  ConnectionTable,
  'name' | 'platform' | 'mode' | 'settings' | 'currency' | 'time_zone' | 'schedule'
>;

/**
 * Stores a connection and tells about it. Last in a transaction unless its sync follows.
 * @param before runs before it is told, e.g. to store what belongs to the connection
 */
export async function insertConnection(
  tx: Context,
  connection: NewConnection,
  before?: (id: string) => Promise<void>,
): Promise<ConnectionRow> {
  const row = await tables<ConnectionsTables>(tx)
    .insertInto('connections.connection')
    .values({
      ...connection,
      settings: JSON.stringify(connection.settings),
      organization_id: tx.organizationId,
      id: tx.newId(),
      next_run_at: nextRun(tx, connection.schedule, connection.time_zone),
      last_result: 'NEVER',
      last_sync_at: null,
      auth_state: 'NONE',
      auth_message: null,
      retention_days: null,
      created_at: tx.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await before?.(row.id);
  await emit(tx, {
    topic: 'connection.created',
    audit: true,
    subjectKind: 'connection',
    subjectId: row.id,
    summary: `${tx.principal.name} added the connection ${row.name}.`,
  });
  return { ...row, active_state: null };
}

/** Removes from memory what a deleted connection had brought in. */
export const forgetJob = defineJob<{ connectionId: string }>({
  type: 'connections.forget',
  maxAttempts: 20,
  handler: (context, { connectionId }) => context.ports.memory.forgetConnection(context, connectionId),
});

/** Deletes a connection, its runs, and by a job that cannot be lost what it brought in. Throws NOT_FOUND. */
export async function deleteConnection(context: Context, id: string): Promise<string> {
  if (!isId(id)) throw notFound('connection');
  const runs = await transaction(context, async (tx) => {
    const active = await lockActiveRuns(tx, id);
    const { name } = await lockConnection(tx, id);
    await tables<ConnectionsTables>(tx).deleteFrom('connections.connection').where('id', '=', id).execute();
    await enqueue(tx, forgetJob, { connectionId: id }, { subjectKind: 'connection', subjectId: id });
    await emit(tx, {
      topic: 'connection.deleted',
      audit: true,
      subjectKind: 'connection',
      subjectId: id,
      summary: `${tx.principal.name} deleted the connection ${name} and its data.`,
    });
    return active;
  });
  for (const runId of runs) await cancelJobs(context, runId);
  return id;
}

/**
 * Locks in the order in which a slice that stores a page does: slices, run, connection. The other way round the two
 * would wait for each other.
 */
async function lockActiveRuns(tx: Context, connectionId: string): Promise<string[]> {
  const active = ['QUEUED', 'RUNNING'] as const;
  await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_slice')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('state', 'in', active)
    .orderBy('id')
    .forUpdate()
    .execute();
  const runs = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_run')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('state', 'in', active)
    .forUpdate()
    .execute();
  return runs.map((run) => run.id);
}

/** When a schedule next comes due. Throws BAD_USER_INPUT when it never does. */
export function nextRun(tx: Context, schedule: string | null, timeZone: string): Date | null {
  if (!schedule) return null;
  try {
    const next = nextRuns(schedule, timeZone, tx.now(), 1)[0];
    if (next) return next;
  } catch {
    // What the parser says helps nobody who does not know its grammar.
  }
  throw badInput('input.schedule', 'This is no cron expression of five parts that ever comes due, e.g. 0 6 * * *.');
}

/** A name without space around it. Throws BAD_USER_INPUT. */
export function checkName(name: string, field = 'input.name'): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 200) throw badInput(field, 'A name has 1 to 200 characters.');
  if (trimmed.includes('\u0000') || !trimmed.isWellFormed()) throw badInput(field, 'The name is no text.');
  return trimmed;
}

export function checkCurrency(currency: string): string {
  if (!isCurrencyCode(currency)) throw badInput('input.currency', 'This is no ISO 4217 currency code, e.g. EUR.');
  return currency;
}

/** The time zone under its usual name. Throws BAD_USER_INPUT. */
export function checkTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw badInput('input.timeZone', 'There is no such time zone, e.g. Europe/Berlin.');
  }
}
