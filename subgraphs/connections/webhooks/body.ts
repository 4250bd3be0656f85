import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Packs a body to be kept. */
export const pack: (body: Buffer) => Promise<Buffer> = promisify(gzip);

/** The body as it came. */
export const unpack: (content: Uint8Array) => Promise<Buffer> = promisify(gunzip);

/** JSON; undefined for anything else. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
