import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { checkTests } from '../mock/check-regions.pure.ts';
import type { MockRegions } from '../mock/regional-world.pure.ts';
import { worldOf } from '../mock/worlds.pure.ts';
import { findConnector } from '../platforms/registry.ts';
import type { MockTestInput, UpdateConnectionInput } from '../schema.generated.ts';
import { lockConnection } from '../sync/sync.service.ts';
import type { ConnectionsTables, ConnectionTable, LiveSettings, MockSettings } from '../tables.ts';
import { checkName, nextRun } from './connection.service.ts';
import { selectAccounts } from './let-in.ts';

/** Throws NOT_FOUND or BAD_USER_INPUT naming the field. */
export function updateConnection(context: Context, input: UpdateConnectionInput): Promise<string> {
  return transaction(context, async (tx) => {
    const connection = await lockConnection(tx, input.id);
    const schedule = input.schedule == null ? connection.schedule : input.schedule || null;
    if (schedule && connection.mode === 'FILE') throw badInput('input.schedule', 'A file has nothing to fetch.');
    if (schedule && connection.platform === 'webhook') throw badInput('input.schedule', 'Webhooks come by themselves.');
    const name = input.name == null ? connection.name : checkName(input.name);
    await tables<ConnectionsTables>(tx)
      .updateTable('connections.connection')
      .set({
        name,
        schedule,
        next_run_at: nextRun(tx, schedule, connection.time_zone),
        mode: await checkMode(tx, connection, input.mode),
        retention_days: checkRetention(connection, input.retentionDays),
        ...settingsOf(tx, connection, input),
      })
      .where('id', '=', connection.id)
      .execute();
    if (input.accounts) await selectAccounts(tx, connection.id, input.accounts);
    await emit(tx, {
      topic: 'connection.updated',
      audit: true,
      subjectKind: 'connection',
      subjectId: connection.id,
      summary: `${tx.principal.name} changed the connection ${name}.`,
    });
    return connection.id;
  });
}

async function checkMode(
  context: Context,
  connection: ConnectionTable,
  mode: UpdateConnectionInput['mode'],
): Promise<ConnectionTable['mode']> {
  if (mode == null || mode === connection.mode) return connection.mode;
  const connector = await findConnector(context, connection.platform);
  const fits = connection.mode !== 'FILE' && mode !== 'FILE' && connector?.modes.includes(mode);
  if (!fits) throw badInput('input.mode', 'This connection cannot be read in this mode.');
  const { method } = connection.settings as Partial<LiveSettings>;
  if (mode !== 'MOCK' && method === undefined)
    throw badInput('input.mode', 'This connection holds generated data only. Add one that is let in.');
  return mode;
}

function checkRetention({ retention_days: before }: ConnectionTable, days: number | null | undefined): number | null {
  if (days == null) return before;
  if (days === 0) return null;
  if (days < 30 || days > 3650) throw badInput('input.retentionDays', 'Data is kept 30 to 3650 days, or 0 for always.');
  return days;
}

/** Settings when they change. */
function settingsOf(
  context: Context,
  connection: ConnectionTable,
  { from, regionTests }: UpdateConnectionInput,
): { settings?: string } {
  if (from == null && regionTests == null) return {};
  const settings = connection.settings as LiveSettings;
  return {
    settings: JSON.stringify({
      ...settings,
      ...(from == null ? {} : { from: checkFrom(context, connection, from) }),
      ...(regionTests == null ? {} : { regions: withTests(connection, regionTests) }),
    }),
  };
}

function withTests({ mode, platform, settings }: ConnectionTable, tests: readonly MockTestInput[]): MockRegions {
  const { regions } = settings as Partial<MockSettings>;
  if (mode !== 'MOCK' || !regions) throw badInput('input.regionTests', 'This connection has no generated markets.');
  return { ...regions, tests: checkTests(worldOf(platform)!, regions.count, tests, 'input.regionTests') };
}

function checkFrom(context: Context, { mode }: ConnectionTable, from: string): string {
  if (mode === 'FILE') throw badInput('input.from', 'A file has the days that it has.');
  const day = new Date(`${from}T00:00:00Z`);
  const age = context.now().getTime() - day.getTime();
  if (!(age > 0)) throw badInput('input.from', 'The first day must lie in the past.');
  if (age > 3653 * 86_400_000) throw badInput('input.from', 'The first day is more than ten years ago.');
  return from;
}
