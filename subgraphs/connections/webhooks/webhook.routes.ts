import { buffer } from 'node:stream/consumers';
import { AppError } from '@liftos/core/errors.ts';
import { unpackWebhook } from '@liftos/core/ports/webhook-frame.pure.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { sendJson, type InternalRoute } from '@liftos/core/serve/internal-calls.ts';
import { webhookPort } from './receive.ts';

/** What a gateway in another process reaches beside the graph: the way for webhooks. */
export function webhookRoutes(runtime: Runtime): Readonly<Record<string, InternalRoute>> {
  const port = webhookPort(runtime);
  return {
    '/ports/webhooks/receive': async ({ principal }, request, response) => {
      if (principal.kind !== 'system') throw new AppError('FORBIDDEN', 'Only the gateway may do this.');
      sendJson(response, 200, await port.receive(unpackWebhook(await buffer(request))));
    },
  };
}
