import type { Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import type { AuthMethod, Values } from '../platforms/auth-method.ts';
import type { Connector, LiveConnector } from '../platforms/connector.ts';
import { findConnector } from '../platforms/registry.ts';
import type { DataMode, FieldValueInput } from '../schema.generated.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import type { LiveSettings } from '../tables.ts';
import { checkFields } from './check-fields.pure.ts';
import { checkCurrency, checkName, checkTimeZone, nextRun, type NewConnection } from './connection.service.ts';

/** Days that are read when no first day is given, and at the most. */
const usualDays = 365;
const mostDays = 3653;

export interface DraftInput {
  name?: string | null | undefined;
  mode?: DataMode | null | undefined;
  settings?: readonly FieldValueInput[] | null | undefined;
  currency?: string | null | undefined;
  timeZone?: string | null | undefined;
  from?: string | null | undefined;
  schedule?: string | null | undefined;
}

/** A platform that is read itself. */
export type LivePlatform = Connector & { live: LiveConnector };

/** Throws BAD_USER_INPUT for platforms that are not read live. */
export async function livePlatform(context: Context, platform: string): Promise<LivePlatform> {
  const connector = await findConnector(context, platform);
  if (!connector?.live) throw badInput('input.platform', 'There is no such platform that can be connected.');
  return connector as LivePlatform;
}

/** What a new connection will be. Throws BAD_USER_INPUT naming the field. */
export function draftOf(
  context: Context,
  connector: LivePlatform,
  method: AuthMethod,
  input: DraftInput,
): NewConnection & { settings: LiveSettings } {
  const wanted = input.mode ?? 'AUTO';
  // Where nothing can be generated, the best there is can only be the platform itself.
  const mode = wanted === 'AUTO' && !connector.modes.includes('AUTO') ? 'LIVE' : wanted;
  if (!connector.modes.includes(mode) || mode === 'FILE')
    throw badInput('input.mode', `${connector.name} cannot be read in this mode.`);
  const timeZone = checkTimeZone(input.timeZone ?? 'UTC');
  const schedule = input.schedule || null;
  nextRun(context, schedule, timeZone);
  const values: Values = checkFields(connector.live.settings, input.settings ?? [], 'input.settings');
  return {
    name: checkName(input.name ?? connector.name),
    platform: connector.id,
    mode,
    settings: { from: firstDay(context, input.from, timeZone), seed: 1, values, method: method.id },
    currency: checkCurrency(input.currency ?? 'EUR'),
    time_zone: timeZone,
    schedule,
  };
}

function firstDay(context: Context, given: string | null | undefined, timeZone: string): string {
  const today = dayIn(context.now(), timeZone);
  const from = given ?? addDays(today, -usualDays);
  if (from >= today) throw badInput('input.from', 'The first day must lie in the past.');
  if (from < addDays(today, -mostDays)) throw badInput('input.from', 'The first day is more than ten years ago.');
  return from;
}
