import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import { sql } from 'kysely';
import type { Principal } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

const algorithm = 'EdDSA';
const issuer = 'liftos';
const audience = 'liftos-api';

/** Minutes an access token lasts. */
export const accessMinutes = 10;

/** Claims beyond the registered ones. */
interface Claims {
  org: string;
  role: string;
  sid: string;
  name: string;
}

/** Signs and verifies access tokens with the installation's key. */
export interface AccessTokens {
  sign(claims: Claims & { sub: string }, now: Date): Promise<{ token: string; expiresAt: Date }>;
  /** Throws UNAUTHENTICATED for a token that is not ours, changed or expired. */
  verify(token: string): Promise<Claims & { sub: string }>;
}

const known = new WeakMap<Runtime, Promise<AccessTokens>>();

/** The installation's tokens; the key is made at the first use and shared by all processes. */
export function accessTokens(runtime: Runtime): Promise<AccessTokens> {
  const existing = known.get(runtime) ?? open(runtime);
  known.set(runtime, existing);
  return existing;
}

async function open(runtime: Runtime): Promise<AccessTokens> {
  const { privateKey, publicKey, kid } = await loadKeys(runtime);
  return {
    async sign(claims, now) {
      const expiresAt = new Date(now.getTime() + accessMinutes * 60_000);
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: algorithm, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(privateKey);
      return { token, expiresAt };
    },
    async verify(token) {
      try {
        const options = { issuer, audience, algorithms: [algorithm], currentDate: runtime.now() };
        const { payload, protectedHeader } = await jwtVerify<Claims>(token, publicKey, options);
        if (protectedHeader.kid !== kid || !payload.sub) throw new Error('another key');
        return { ...payload, sub: payload.sub };
      } catch (cause) {
        throw new AppError('UNAUTHENTICATED', 'The access token is not valid or has expired.', {}, { cause });
      }
    },
  };
}

async function loadKeys(runtime: Runtime): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey; kid: string }> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const fresh = { ...(await exportJWK(pair.privateKey)), kid: crypto.randomUUID() };
  const { system } = runtime.database;
  await sql`insert into runtime.setting (name, value) values ('identity.access-key', ${JSON.stringify(fresh)})
    on conflict do nothing`.execute(system);
  const { rows } = await sql<{ value: JWK }>`
    select value from runtime.setting where name = 'identity.access-key'`.execute(system);
  const jwk = rows[0]!.value;
  const { d: _, ...open } = jwk;
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, algorithm), importJWK(open, algorithm)]);
  return { privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey, kid: String(jwk.kid) };
}

export function principalOf(claims: Claims & { sub: string }, scopes: readonly string[]): Principal {
  return {
    kind: 'user',
    id: claims.sub,
    name: claims.name,
    organizationId: claims.org,
    role: claims.role,
    sessionId: claims.sid,
    scopes,
  };
}
