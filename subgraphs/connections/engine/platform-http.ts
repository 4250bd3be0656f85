import type { Runtime } from '@liftos/core/runtime.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

const clients = new WeakMap<Runtime, HttpClient>();

/** The process's way out to platforms; opened when first asked for. */
export function platformHttp(runtime: Runtime): HttpClient {
  const known = clients.get(runtime);
  if (known) return known;
  const client = createHttpClient(runtime.config.LIFTOS_PLATFORMS_URL);
  clients.set(runtime, client);
  return client;
}

/** Closes what `platformHttp` opened. */
export async function closePlatformHttp(runtime: Runtime): Promise<void> {
  await clients.get(runtime)?.close();
  clients.delete(runtime);
}
