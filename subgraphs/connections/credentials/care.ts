import { sql } from 'kysely';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { announcedDays } from '../connection/let-in.ts';
import type { ConnectionTable } from '../tables.ts';
import { credentialFor } from './credential.service.ts';

const pauseMs = 3_600_000;
/** Some platforms end refresh tokens that nobody uses, the strictest after some weeks. */
const idleDays = 7;
const dayMs = 86_400_000;
const atOnce = 200;

/** Looks after credentials now and every hour until the returned function is called. */
export function startCredentialCare(runtime: Runtime): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  const tick = (): void => {
    round = round
      .then(() => careForCredentials(runtime))
      .catch((error: unknown) => runtime.log.error({ error }, 'Credentials could not be looked after.'));
  };
  const timer = setInterval(tick, pauseMs);
  tick();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

/** Removes logins that are over, announces consents that end, and renews tokens that nobody has used for long. */
export async function careForCredentials(runtime: Runtime): Promise<void> {
  const now = runtime.now();
  await sql`delete from connections.oauth_state where expires_at < ${new Date(now.getTime() - dayMs)}`.execute(
    runtime.database.system,
  );
  await announceEnds(runtime, now);
  await keepAlive(runtime, now);
}

async function announceEnds(runtime: Runtime, now: Date): Promise<void> {
  const until = new Date(now.getTime() + announcedDays * dayMs);
  const { rows } = await sql<{ organization_id: string; id: string; ends: Date }>`
    select connection.organization_id, connection.id, consent_ends_at as ends
    from connections.credential credential join connections.connection connection
      on connection.organization_id = credential.organization_id and connection.id = credential.connection_id
    where consent_ends_at < ${until} and auth_state in ('OK', 'NONE')`.execute(runtime.database.system);
  for (const { organization_id: organizationId, id, ends } of rows) {
    const context = createContext({ runtime, principal: systemPrincipal(organizationId) });
    const message = `The consent ends on ${ends.toISOString().slice(0, 10)}. Connect it again before.`;
    await transaction(context, async (tx) => {
      const changed = await sql<{ name: string }>`
        update connections.connection set auth_state = 'EXPIRING', auth_message = ${message}
        where id = ${id} and auth_state in ('OK', 'NONE') returning name`.execute(tx.db);
      if (!changed.rows[0]) return;
      await emit(tx, {
        topic: 'connection.expiring',
        audit: true,
        subjectKind: 'connection',
        subjectId: id,
        summary: `${changed.rows[0].name}: ${message}`,
      });
    });
  }
}

async function keepAlive(runtime: Runtime, now: Date): Promise<void> {
  const before = new Date(now.getTime() - idleDays * dayMs);
  const { rows } = await sql<ConnectionTable>`
    select connection.* from connections.credential credential join connections.connection connection
      on connection.organization_id = credential.organization_id and connection.id = credential.connection_id
    where expires_at is not null and renewed_at < ${before} and auth_state <> 'BROKEN'
      and (failed_at is null or failed_at < ${new Date(now.getTime() - dayMs)})
    order by renewed_at limit ${atOnce}`.execute(runtime.database.system);
  for (const connection of rows) {
    const context = createContext({ runtime, principal: systemPrincipal(connection.organization_id) });
    await credentialFor(context, connection, { always: true }).catch((error: unknown) => {
      // What a person should know of it stands at the connection.
      if (!isAppError(error)) throw error;
    });
  }
}
