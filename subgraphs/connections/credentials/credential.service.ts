import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { Credential, MintMethod, OAuth2Method } from '../platforms/auth-method.ts';
import { findConnector } from '../platforms/registry.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import { readCredential } from './credential-store.ts';
import { isRenewable, needsRenewal } from './needs-renewal.pure.ts';
import { renew, type RenewCall, type Wish } from './renew.ts';

export { storeCredential } from './credential-store.ts';

/** Renewals that are under way in this process. */
const flights = new WeakMap<Runtime, Map<string, Promise<Credential>>>();

/**
 * What a connection is let in with, renewed ahead of its end. Not to be called inside a transaction.
 * @param options `refused` is the access token that the platform just rejected: renewed unless another one is stored
 * by now; `always` renews a token that would last
 * Throws PLATFORM_AUTH, RATE_LIMITED or PLATFORM_UNAVAILABLE, and INTERNAL naming the key when it cannot be opened.
 */
export async function credentialFor(
  context: Context,
  connection: ConnectionTable,
  options: Wish = {},
): Promise<Credential> {
  const { credential } = await readCredential(context, connection.id);
  const call = await callOf(context, connection);
  if (!isRenewable(call.method)) return credential;
  const renewable = { ...call, method: call.method as OAuth2Method | MintMethod };
  if (!options.always && !needsRenewal(call.method, credential, context.now(), options.refused)) return credential;
  return inOneFlight(context, connection.id, renewable, options);
}

async function callOf(context: Context, connection: ConnectionTable) {
  const connector = await findConnector(context, connection.platform);
  const { method: wanted, values } = connection.settings as LiveSettings;
  const method = connector?.live?.auth.find(({ id }) => id === wanted);
  if (!connector || !method)
    throw new AppError('PLATFORM_AUTH', 'The way in of this connection is not offered any more.');
  return { connector, method, settings: values };
}

async function inOneFlight(context: Context, id: string, call: RenewCall, wish: Wish): Promise<Credential> {
  const own = flights.get(context.runtime) ?? new Map<string, Promise<Credential>>();
  flights.set(context.runtime, own);
  const key = `${context.organizationId}/${id}`;
  const known = own.get(key);
  if (known) {
    const credential = await known;
    if (!needsRenewal(call.method, credential, context.now(), wish.refused)) return credential;
    return inOneFlight(context, id, call, { refused: wish.refused });
  }
  const flight = renew(context, id, call, wish).finally(() => own.delete(key));
  own.set(key, flight);
  return flight;
}

/** Keeps in the audit log that a credential is opened; once for a run or a person's wish, not for each request. */
export function auditAccess(context: Context, { id, name }: ConnectionTable, why: string): Promise<void> {
  return transaction(context, (tx) =>
    emit(tx, {
      topic: 'credential.opened',
      audit: true,
      subjectKind: 'connection',
      subjectId: id,
      summary: `${tx.principal.name} used the access of ${name} ${why}.`,
    }),
  );
}
