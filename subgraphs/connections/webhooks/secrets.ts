import type { Context } from '@liftos/core/context.ts';

/** A secret as it is stored. */
export function sealSecret(_: Context, endpointId: string, secret: string): Promise<string> {
  return Promise.resolve(Buffer.from(`${endpointId}|${secret}`).toString('base64'));
}

/** The opposite of `sealSecret`. */
export function openSecret(_: Context, endpointId: string, sealed: string): Promise<string> {
  return Promise.resolve(
    Buffer.from(sealed, 'base64')
      .toString()
      .slice(endpointId.length + 1),
  );
}
