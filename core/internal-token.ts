import { jwtVerify, SignJWT } from 'jose';
import { AppError } from './errors.ts';
import type { Principal } from './context.ts';

/** What one process of an installation tells another about a request. */
export interface InternalCall {
  principal: Principal;
  correlationId: string;
}

/** Signs and verifies calls between the processes of an installation. */
export interface InternalTokens {
  sign(call: InternalCall): Promise<string>;
  /** Throws UNAUTHENTICATED for a token that is missing, was not made here or is too old. */
  verify(token: string | undefined): Promise<InternalCall>;
}

const lifetime = '60s';
const audience = 'liftos-internal';

/** Tokens under the installation's shared secret (HS256, one minute). */
export function internalTokens(secret: string): InternalTokens {
  const key = new TextEncoder().encode(secret);
  return {
    sign: ({ principal, correlationId }) =>
      new SignJWT({ principal, correlationId })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(key),
    async verify(token) {
      try {
        const options = { audience, algorithms: ['HS256'] };
        return (await jwtVerify<InternalCall & Record<string, unknown>>(token ?? '', key, options)).payload;
      } catch (cause) {
        throw new AppError('UNAUTHENTICATED', 'Internal calls carry a signed token.', {}, { cause });
      }
    },
  };
}
