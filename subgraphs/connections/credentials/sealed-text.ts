import type { Context } from '@liftos/core/context.ts';
import { open, seal, type Place } from './envelope.ts';
import { keyRing } from './key-ring.ts';

/** A secret sealed as one text: key id, wrapped data key and content, separated by dots. */
export function sealText(context: Context, place: Omit<Place, 'organizationId'>, text: string): string {
  const { organizationId } = context;
  const sealed = seal(keyRing(context.runtime), { organizationId, ...place }, text);
  return [sealed.key_id, base64(sealed.wrapped_key), base64(sealed.ciphertext)].join('.');
}

/** The opposite of `sealText`. Throws INTERNAL naming the key when it is missing or a wrong one. */
export function openText(context: Context, place: Omit<Place, 'organizationId'>, sealed: string): string {
  const [keyId = '', wrapped = '', content = ''] = sealed.split('.');
  const columns = {
    key_id: keyId,
    wrapped_key: Buffer.from(wrapped, 'base64'),
    ciphertext: Buffer.from(content, 'base64'),
  };
  return open(keyRing(context.runtime), { organizationId: context.organizationId, ...place }, columns);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
