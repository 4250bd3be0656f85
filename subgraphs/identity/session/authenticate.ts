import { sql } from 'kysely';
import { anonymous, type Principal } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credentials, IdentityPort } from '@liftos/core/ports/ports.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { Role } from '../schema.generated.ts';
import { isWellFormedKey } from '../api-keys/key-format.pure.ts';
import { scopesOf } from '../members/role-scopes.pure.ts';
import type { ApiKeyRow, MemberRow } from '../tables.ts';
import { accessTokens, principalOf } from './access-token.ts';
import { firstSignIn } from './first-owner.ts';
import { hashSecret } from './secrets.ts';
import { accountsOf, leewaySeconds } from './session.service.ts';

/** How long a session or key that was found good is not looked up again: revoking takes effect within this. */
const trustMillis = 2000;

/** Says who a request comes from, by access token, API key or the cookie of a session. */
export function createIdentityPort(runtime: Runtime): IdentityPort {
  const checks = new RecentChecks(runtime);
  return {
    async authenticate({ ip, userAgent, ...given }: Credentials): Promise<Principal> {
      const client = { ...(ip ? { ip } : {}), ...(userAgent ? { userAgent } : {}) };
      return { ...(await whoIs(runtime, checks, given)), ...client };
    },
    stillValid: (principal) => checks.isValid(principal),
    firstSignIn: () => firstSignIn(runtime),
  };
}

async function whoIs(
  runtime: Runtime,
  checks: RecentChecks,
  { authorization, apiKey, refreshToken }: Credentials,
): Promise<Principal> {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  if (authorization && scheme.toLowerCase() !== 'bearer') throw refused('Use the scheme Bearer.');
  const token = apiKey ?? value;
  if (!token) return refreshToken ? byCookie(runtime, refreshToken) : anonymous;
  if (token.startsWith('lift_')) return byKey(runtime, token);
  const claims = await (await accessTokens(runtime)).verify(token);
  const principal = principalOf(claims, scopesOf(claims.role as Role));
  if (!(await checks.isValid(principal))) throw refused('The session has ended. Sign in again.');
  return principal;
}

function refused(message: string): AppError {
  return new AppError('UNAUTHENTICATED', message);
}

/** Who a session belongs to now; the token stays as it is. */
async function byCookie(runtime: Runtime, refreshToken: string): Promise<Principal> {
  const [id = '', secret = ''] = refreshToken.split('.');
  if (!isId(id)) throw refused('This is no session.');
  const now = runtime.now();
  const hash = hashSecret(secret);
  const { rows } = await sql<MemberRow>`
    select m.* from identity.session s join identity.member m using (organization_id, account_id)
    where s.id = ${id} and s.ended_at is null and s.expires_at > ${now} and (s.refresh_hash = ${hash}
      or (s.previous_hash = ${hash} and s.rotated_at >= ${new Date(now.getTime() - leewaySeconds * 1000)}))
    `.execute(runtime.database.system);
  const member = rows[0];
  if (!member) throw refused('The session has ended. Sign in again.');
  const { account_id: sub, organization_id: org, role, name } = member;
  return principalOf({ sub, org, role, sid: id, name }, scopesOf(role));
}

async function byKey(runtime: Runtime, key: string): Promise<Principal> {
  if (!isWellFormedKey(key)) throw refused('This is no API key.');
  const query = accountsOf(runtime).selectFrom('identity.api_key').selectAll();
  const row = await query.where('secret_hash', '=', hashSecret(key)).executeTakeFirst();
  if (!row || !isLive(row, runtime.now())) throw refused('The API key is unknown, expired or revoked.');
  await noteUse(runtime, row);
  return { kind: 'key', id: row.id, name: row.name, organizationId: row.organization_id, scopes: row.scopes };
}

function isLive(row: Pick<ApiKeyRow, 'revoked_at' | 'expires_at'>, now: Date): boolean {
  return !row.revoked_at && (row.expires_at === null || row.expires_at > now);
}

/** Written at most once a minute. */
async function noteUse(runtime: Runtime, { id, last_used_at }: ApiKeyRow): Promise<void> {
  const now = runtime.now();
  if (last_used_at && now.getTime() - last_used_at.getTime() < 60_000) return;
  await accountsOf(runtime).updateTable('identity.api_key').set({ last_used_at: now }).where('id', '=', id).execute();
}

/** Remembers for a moment which sessions and keys were found good, so that a burst of requests asks once. */
class RecentChecks {
  readonly #runtime: Runtime;
  readonly #good = new Map<string, number>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  async isValid(principal: Principal): Promise<boolean> {
    const key = principal.sessionId ?? principal.id;
    if ((this.#good.get(key) ?? 0) > performance.now()) return true;
    this.#good.delete(key);
    if (!(await this.#lookUp(principal))) return false;
    if (this.#good.size > 10_000) this.#good.clear();
    this.#good.set(key, performance.now() + trustMillis);
    return true;
  }

  async #lookUp({ kind, id, sessionId, organizationId, role }: Principal): Promise<boolean> {
    const now = this.#runtime.now();
    if (kind === 'key') {
      const query = accountsOf(this.#runtime).selectFrom('identity.api_key').select(['revoked_at', 'expires_at']);
      const row = await query.where('organization_id', '=', organizationId).where('id', '=', id).executeTakeFirst();
      return row !== undefined && isLive(row, now);
    }
    if (kind !== 'user' || !sessionId) return kind === 'system';
    const { rows } = await sql`
      select 1 from identity.session s join identity.member m using (organization_id, account_id)
      where s.organization_id = ${organizationId} and s.id = ${sessionId} and s.account_id = ${id}
        and s.ended_at is null and s.expires_at > ${now} and m.role = ${role}`.execute(this.#runtime.database.system);
    return rows.length > 0;
  }
}
