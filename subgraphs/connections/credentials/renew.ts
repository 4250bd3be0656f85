import { setTimeout as pause } from 'node:timers/promises';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import { renewedCredential, type TokenCall } from '../oauth/request-token.ts';
import type { Credential, MintMethod, OAuth2Method } from '../platforms/auth-method.ts';
import { markBroken } from '../sync/mark-broken.ts';
import type { ConnectionsTables } from '../tables.ts';
import {
  lease,
  noteFailure,
  readCredential,
  release,
  replaceCredential,
  type OpenCredential,
} from './credential-store.ts';
import { needsRenewal, stillWorks } from './needs-renewal.pure.ts';

export type RenewCall = TokenCall<OAuth2Method | MintMethod>;

export interface Wish {
  /** The access token that the platform just rejected. */
  refused?: string | undefined;
  /** Renew although it would last; keeps tokens alive that die unused. */
  always?: boolean;
}

/** Longer than a token call may take. */
const leaseSeconds = 45;
const giveUpMs = 60_000;
const coolDownMs = 30_000;
const mostAMinute = 5;

/**
 * Renews a credential, one caller at a time across all processes; the others get what it brought. The token call runs
 * under a lease and outside of transactions. Throws PLATFORM_AUTH when somebody has to log in again, RATE_LIMITED when
 * it is renewed over and over, PLATFORM_UNAVAILABLE when the platform gives no tokens at the moment.
 */
export async function renew(context: Context, connectionId: string, call: RenewCall, wish: Wish): Promise<Credential> {
  const owner = context.newId();
  const seen = (await readCredential(context, connectionId)).row.version;
  const end = performance.now() + giveUpMs;
  while (performance.now() < end) {
    const held = await lease(context, connectionId, owner, leaseSeconds);
    if (held) {
      try {
        const credential = await renewHeld(context, held, call, {
          ...wish,
          always: wish.always === true && held.row.version === seen,
        });
        if (credential) return credential;
      } finally {
        await release(context, connectionId, owner);
      }
    } else {
      await pause(50 + Math.random() * 100);
      const { credential, row } = await readCredential(context, connectionId);
      const done = row.version !== seen && !needsRenewal(call.method, credential, context.now(), wish.refused);
      if (done) return credential;
    }
  }
  throw new AppError('PLATFORM_UNAVAILABLE', 'Another process has been renewing this connection for too long.');
}

/** Null when another one was stored meanwhile and has to be looked at. */
async function renewHeld(context: Context, held: OpenCredential, call: RenewCall, wish: Wish) {
  const { row, credential } = held;
  if (!wish.always && !needsRenewal(call.method, credential, context.now(), wish.refused)) return credential;
  const spare = stillWorks(credential, context.now(), wish.refused) ? credential : null;
  const obstacle = obstacleTo(context, held);
  if (obstacle) {
    if (spare) return spare;
    throw (await brokenOf(context, row.connection_id)) ?? obstacle;
  }
  let renewed: Credential;
  try {
    renewed = await renewedCredential(context, call, credential);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'PLATFORM_AUTH') return dead(context, held, call, error);
    await noteFailure(context, row, error.message);
    if (spare) return spare;
    throw error;
  }
  return (await keep(context, held, renewed)) ? renewed : null;
}

/** Why it may not be renewed right now. */
function obstacleTo(context: Context, { row }: OpenCredential): AppError | null {
  const now = context.now().getTime();
  const wait = row.failed_at ? row.failed_at.getTime() + coolDownMs - now : 0;
  if (wait > 0 && wait <= coolDownMs) {
    const seconds = Math.ceil(wait / 1000);
    const message =
      `The token could not be renewed; the next try is in ${seconds} seconds. ${row.failure ?? ''}`.trim();
    return new AppError('PLATFORM_UNAVAILABLE', message, { retryAfter: seconds });
  }
  const recent = row.renewals.filter((at) => now - at.getTime() < 60_000);
  if (recent.length < mostAMinute) return null;
  const message = `The token was renewed ${recent.length} times within a minute and is refused again and again.`;
  return new AppError('RATE_LIMITED', message, { retryAfter: 60 });
}

/** A refusal that nobody has repaired yet; waiting would not help. */
async function brokenOf(context: Context, connectionId: string): Promise<AppError | null> {
  const row = await tables<ConnectionsTables>(context)
    .selectFrom('connections.connection')
    .select(['auth_state', 'auth_message'])
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (row?.auth_state !== 'BROKEN') return null;
  return new AppError('PLATFORM_AUTH', row.auth_message ?? 'Connect it again.', { connectionId });
}

/** A token that was given out may have ended its predecessor, so that a short failure of the database must not lose it. */
async function keep(context: Context, { row }: OpenCredential, renewed: Credential): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await replaceCredential(context, row, renewed);
    } catch (error) {
      if (attempt === 5) throw error;
      await pause(200 * attempt);
    }
  }
}

/** The platform says no for good, unless somebody else renewed it meanwhile. */
async function dead(context: Context, { row }: OpenCredential, { connector }: RenewCall, error: AppError) {
  const { row: now } = await readCredential(context, row.connection_id);
  if (now.version !== row.version) return null;
  await noteFailure(context, row, error.message);
  const message = `${connector.name} does not renew the access any more. Connect it again. (${error.message})`;
  await transaction(context, (tx) => markBroken(tx, row.connection_id, message));
  throw new AppError('PLATFORM_AUTH', message, { connectionId: row.connection_id }, { cause: error });
}
