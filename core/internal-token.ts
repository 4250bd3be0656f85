import { createHmac, timingSafeEqual } from 'node:crypto';
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

const lifetimeSeconds = 60;
const audience = 'liftos-internal';
const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

interface Claims extends InternalCall {
  aud: string;
  iat: number;
  exp: number;
}

/**
 * Tokens under the installation's shared secret: JSON Web Tokens (HS256, one minute). Signed and checked by Node's
 * own HMAC: a call is made for every part of every query, and Web Crypto takes forty times as long for so few bytes.
 */
export function internalTokens(secret: string, now: () => number = Date.now): InternalTokens {
  const signatureOf = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const seconds = (): number => Math.floor(now() / 1000);
  return {
    sign: ({ principal, correlationId }) => {
      const claims: Claims = {
        principal,
        correlationId,
        aud: audience,
        iat: seconds(),
        exp: seconds() + lifetimeSeconds,
      };
      const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      return Promise.resolve(`${text}.${signatureOf(text)}`);
    },
    verify: async (token = '') => {
      const [head, body = '', signature = '', ...more] = token.split('.');
      // Only the one algorithm; what the header of a foreign token says is of no interest.
      const isOurs = head === header && more.length === 0 && same(signature, signatureOf(`${head}.${body}`));
      const claims = isOurs ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims) : undefined;
      if (!claims || claims.aud !== audience || claims.exp <= seconds()) {
        throw new AppError('UNAUTHENTICATED', 'Internal calls carry a signed token.');
      }
      return { principal: claims.principal, correlationId: claims.correlationId };
    },
  };
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
