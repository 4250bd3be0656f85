import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { badInput } from '@liftos/core/errors.ts';

const derive = promisify(argon2);

/** Argon2id with the parameters OWASP gives as a minimum: 19 MiB, two passes, one lane. */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

async function tag(password: string, nonce: Buffer): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...parameters });
}

/** Hashes a password for storing. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await tag(password, nonce);
  return `argon2id$${nonce.toString('base64')}$${hash.toString('base64')}`;
}

const nobody = `argon2id$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(tagLength).toString('base64')}`;

/** Compares in constant time. Takes as long for an account that does not exist or has no password. */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const [, nonce = '', hash = ''] = (stored ?? nobody).split('$');
  const computed = await tag(password, Buffer.from(nonce, 'base64'));
  return timingSafeEqual(computed, Buffer.from(hash, 'base64')) && stored !== null && stored !== undefined;
}

/** The passwords that are tried first everywhere. */
const common = ['password', '1234567890', 'qwertyuiop', 'liftosliftos', 'letmeinletmein', 'iloveyou', 'administrator'];

/** Throws BAD_USER_INPUT unless a password is long enough and not a usual one. */
export function checkPassword(field: string, password: string, email: string): void {
  if (password.length < 10) throw badInput(field, 'A password has at least ten characters.');
  if (password.length > 200) throw badInput(field, 'A password has at most two hundred characters.');
  const plain = password.toLowerCase().replaceAll(/[^a-z]/g, '');
  const name = email.split('@')[0]!.toLowerCase();
  const guessable = common.some(
    (word) => password.toLowerCase() === word || plain === word || /^(.)\1+$/.test(password),
  );
  if (guessable || (name.length > 3 && plain === name)) throw badInput(field, 'This password is too easy to guess.');
}
