import type { Context } from '@liftos/core/context.ts';
import { openText, sealText } from '../credentials/sealed-text.ts';

/** A secret as it is stored. */
export function sealSecret(context: Context, endpointId: string, secret: string): Promise<string> {
  return Promise.resolve(sealText(context, { subject: endpointId, purpose: 'webhook' }, secret));
}

/** The opposite of `sealSecret`. Throws INTERNAL naming the key when it is missing or a wrong one. */
export function openSecret(context: Context, endpointId: string, sealed: string): Promise<string> {
  return Promise.resolve(openText(context, { subject: endpointId, purpose: 'webhook' }, sealed));
}
