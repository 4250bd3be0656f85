import { createHash, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import type { Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { Refusal } from '../kit/tokens.ts';
import type { WarehouseState } from '../warehouse/state.ts';

export const snowflakeUser = 'LIFTOS_READER';
const longestLife = 3600;

let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

/** Made when it is first needed. */
function keyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
}

/** The half of the key that a user types in. */
export function privateKeyPem(): string {
  return keyPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

interface Claims {
  iss?: string;
  sub?: string;
  iat?: number;
  exp?: number;
}

/** Why a JWT is refused: its signature, whom it is from, or its time; null when it is good. */
export function jwtProblem(token: string, request: DoubleRequest, { clock }: Running<WarehouseState>): Refusal | null {
  const [header = '', body = '', signature = ''] = token.split('.');
  const { publicKey } = keyPair();
  if (!verify('sha256', Buffer.from(`${header}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
    return 'unknown';
  const { iss, sub, iat = 0, exp = 0 } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const subject = `${request.url.hostname.split('.')[0]!.toUpperCase()}.${snowflakeUser}`;
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const fingerprint = `SHA256:${createHash('sha256').update(der).digest('base64')}`;
  if (sub !== subject || iss !== `${subject}.${fingerprint}`) return 'unknown';
  // While the clock of the double stands still, clients go by that of the machine.
  const times = clock.isFixed ? [clock.seconds(), Math.floor(Date.now() / 1000)] : [clock.seconds()];
  return times.some((now) => exp > now && exp - iat <= longestLife && iat <= now + 60) ? null : 'expired';
}
