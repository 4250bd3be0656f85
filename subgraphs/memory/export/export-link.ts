import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Principal } from '@liftos/core/context.ts';
import { isId } from '@liftos/core/subgraph.ts';

const lifetimeMillis = 600_000;

/** What a link opens. */
export interface LinkTarget {
  exportId: string;
  file: string;
  /** Known to this export alone. */
  key: string;
}

interface Claims {
  organizationId: string;
  kind: Principal['kind'];
  id: string;
  name: string;
  expires: number;
}

function signature(payload: string, { exportId, file, key }: LinkTarget): string {
  return createHmac('sha256', key).update(`${payload}\n${exportId}\n${file}`).digest('base64url');
}

/** A token that opens one file in the name of somebody, for ten minutes. */
export function signLink(target: LinkTarget, { organizationId, kind, id, name }: Principal, now: Date): string {
  const claims: Claims = { organizationId, kind, id, name, expires: now.getTime() + lifetimeMillis };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${signature(payload, target)}`;
}

/** In whose name a token says it was made. Means nothing before `linkHolds`; undefined for what is no token. */
export function bearerOfLink(token: string): Principal | undefined {
  const claims = readClaims(token);
  if (!claims || typeof claims.organizationId !== 'string' || !isId(claims.organizationId)) return undefined;
  const { organizationId, kind, id, name } = claims;
  return { organizationId, kind, id, name, scopes: ['data:read'] };
}

/** Whether a token was made for this very file and its time is not over. */
export function linkHolds(token: string, target: LinkTarget, now: Date): boolean {
  const [payload = '', given = '', ...more] = token.split('.');
  const [one, other] = [Buffer.from(given), Buffer.from(signature(payload, target))];
  if (more.length > 0 || one.length !== other.length || !timingSafeEqual(one, other)) return false;
  return readClaims(token)!.expires > now.getTime();
}

function readClaims(token: string): Claims | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Claims | null;
    return claims ?? undefined;
  } catch {
    return undefined;
  }
}
