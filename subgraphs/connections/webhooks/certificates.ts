import type { Context } from '@liftos/core/context.ts';
import { platformHttp } from '../engine/platform-http.ts';
import { certificateHosts } from './schemes/paypal.pure.ts';

/** Certificates by address; there are few, and they stay the same for months. */
const known = new Map<string, { pem: string; at: number }>();
const keptMs = 86_400_000;
const most = 50;

/** The certificate at an address of PayPal, in PEM; undefined when there is none. Throws PLATFORM_UNAVAILABLE. */
export async function paypalCertificate(context: Context, url: string): Promise<string | undefined> {
  const now = context.now().getTime();
  const place = platformHttp(context.runtime).address(url);
  const found = known.get(place);
  if (found && now - found.at < keptMs) return found.pem;
  const { status, bytes } = await platformHttp(context.runtime).send({
    method: 'GET',
    url: new URL(url),
    headers: { accept: 'application/x-pem-file' },
    hosts: certificateHosts,
    timeoutMs: 4000,
    maxBytes: 64 * 1024,
    signal: context.signal,
  });
  const pem = bytes.toString('latin1');
  if (status !== 200 || !pem.includes('-----BEGIN CERTIFICATE-----')) return undefined;
  if (known.size >= most) known.clear();
  known.set(place, { pem, at: now });
  return pem;
}
