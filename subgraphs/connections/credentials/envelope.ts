import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@liftos/core/errors.ts';
import type { SealedColumns } from './credential-tables.ts';
import type { KeyRing, RingKey } from './key-ring.ts';

/** What a sealed value belongs to; it opens nowhere else. */
export interface Place {
  organizationId: string;
  /** e.g. the id of the connection. */
  subject: string;
  purpose: 'credential' | 'oauth_app' | 'oauth_state' | 'webhook';
}

type WrappedKey = Omit<SealedColumns, 'ciphertext'>;

/** Seals a text with a data key of its own and wraps that with the newest key of the ring. */
export function seal(ring: KeyRing, place: Place, text: string): SealedColumns {
  const dataKey = randomBytes(32);
  const ciphertext = encrypt(dataKey, Buffer.from(text), described(place));
  return { ciphertext, wrapped_key: wrap(ring.newest, place, dataKey), key_id: ring.newest.id };
}

/** The opposite of `seal`. Throws INTERNAL naming the key when it is missing or a wrong one, and nothing secret. */
export function open(ring: KeyRing, place: Place, sealed: SealedColumns): string {
  const dataKey = unwrap(ring, place, sealed);
  try {
    return decrypt(dataKey, Buffer.from(sealed.ciphertext), described(place)).toString();
  } catch (cause) {
    throw new AppError('INTERNAL', 'What is stored encrypted was changed or belongs elsewhere.', {}, { cause });
  }
}

/** Wraps a data key with the newest key of the ring; what it seals stays as it is. */
export function rewrap(ring: KeyRing, place: Place, sealed: WrappedKey): WrappedKey {
  return { wrapped_key: wrap(ring.newest, place, unwrap(ring, place, sealed)), key_id: ring.newest.id };
}

function wrap(key: RingKey, place: Place, dataKey: Buffer): Buffer {
  return encrypt(key.bytes, dataKey, `${described(place)}/${key.id}`);
}

function unwrap(ring: KeyRing, place: Place, sealed: WrappedKey): Buffer {
  const { key_id: keyId } = sealed;
  const key = ring.find(keyId);
  if (!key) throw new AppError('INTERNAL', `The encryption key ${keyId} is missing; put it back into the key ring.`);
  try {
    return decrypt(key.bytes, Buffer.from(sealed.wrapped_key), `${described(place)}/${keyId}`);
  } catch (cause) {
    throw new AppError('INTERNAL', `The encryption key ${keyId} is not the one that was used.`, {}, { cause });
  }
}

function described({ organizationId, subject, purpose }: Place): string {
  return `${organizationId}/${subject}/${purpose}`;
}

/** Nonce of 96 bits, tag of 128 bits, content. */
function encrypt(key: Buffer, content: Buffer, additional: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(additional));
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

function decrypt(key: Buffer, packed: Buffer, additional: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, packed.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(additional))
    .setAuthTag(packed.subarray(12, 28));
  return Buffer.concat([decipher.update(packed.subarray(28)), decipher.final()]);
}
