import { sql } from 'kysely';
import { systemPrincipal, tables, type Context } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { newId } from '@liftos/core/ids.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { AccountRow, IdentityTables } from '../tables.ts';
import { addMember } from '../members/members.service.ts';
import { checkPassword, hashPassword } from './password.ts';
import { accountsOf } from './session.service.ts';
import { createSignInLink } from './sign-in-link.service.ts';

const defaultEmail = 'owner@localhost';

/** One number for the creation of the first organisation, to hold an advisory lock under. */
const lockKey = 7_203_418;

/**
 * Creates the first organisation with its owner, unless there is one. The owner's e-mail and password come from the
 * configuration; without a password the owner signs in with a one-time link.
 */
export async function ensureFirstOwner(runtime: Runtime): Promise<void> {
  const { config } = runtime;
  const email = config.LIFTOS_OWNER_EMAIL ?? defaultEmail;
  if (config.LIFTOS_OWNER_PASSWORD) checkPassword('LIFTOS_OWNER_PASSWORD', config.LIFTOS_OWNER_PASSWORD, email);
  if (await anyOrganization(runtime)) return;
  const password_hash = config.LIFTOS_OWNER_PASSWORD ? await hashPassword(config.LIFTOS_OWNER_PASSWORD) : null;
  const account: AccountRow = {
    id: newId(),
    email,
    name: email.split('@')[0]!,
    password_hash,
    created_at: runtime.now(),
  };
  const session = await runtime.database.driver.begin(null);
  try {
    await session.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const { rows } = await session.query('select 1 from identity.organization limit 1', []);
    if (rows.length === 0) {
      await session.query(
        'insert into identity.account (id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5)',
        [account.id, account.email, account.name, account.password_hash, account.created_at],
      );
      await session.query(
        'insert into identity.organization (organization_id, name, currency, time_zone, created_at) values ($1, $2, $3, $4, $5)',
        [newId(), config.LIFTOS_ORGANIZATION, 'EUR', 'UTC', runtime.now()],
      );
    }
    await session.commit();
  } catch (error) {
    await session.rollback();
    throw error;
  }
  await ensureMembership(runtime, email);
}

async function anyOrganization(runtime: Runtime): Promise<boolean> {
  const { rows } = await sql`select 1 from identity.member limit 1`.execute(runtime.database.system);
  return rows.length > 0;
}

async function ensureMembership(runtime: Runtime, email: string): Promise<void> {
  const accounts = accountsOf(runtime);
  const organization = await accounts.selectFrom('identity.organization').selectAll().executeTakeFirstOrThrow();
  const account = await accounts
    .selectFrom('identity.account')
    .selectAll()
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  await transaction(systemContext(runtime, organization.organization_id), async (tx) => {
    const known = await tables<IdentityTables>(tx).selectFrom('identity.member').select('id').executeTakeFirst();
    if (known) return;
    await addMember(tx, account, 'OWNER');
    await emit(tx, {
      topic: 'organization.created',
      subjectKind: 'organization',
      subjectId: organization.organization_id,
      summary: `${organization.name} was created`,
      audit: true,
    });
  });
}

function systemContext(runtime: Runtime, organizationId: string): Context {
  return createContext({ runtime, principal: systemPrincipal(organizationId) });
}

/** A fresh sign-in token for the first owner while the account has no password yet; null afterwards. */
export async function firstSignIn(runtime: Runtime): Promise<string | null> {
  const owner = await accountsOf(runtime)
    .selectFrom('identity.member as m')
    .innerJoin('identity.account as a', 'a.id', 'm.account_id')
    .select(['m.organization_id', 'a.id', 'a.password_hash'])
    .where('m.role', '=', 'OWNER')
    .orderBy('m.joined_at')
    .executeTakeFirst();
  if (!owner || owner.password_hash) return null;
  return createSignInLink(systemContext(runtime, owner.organization_id), owner.id);
}
