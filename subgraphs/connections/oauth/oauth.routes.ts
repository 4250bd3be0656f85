import { json } from 'node:stream/consumers';
import { AppError } from '@liftos/core/errors.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { sendJson, type InternalRoute } from '@liftos/core/serve/internal-calls.ts';
import type { Principal } from '@liftos/core/context.ts';
import { loginPort } from './finish-login.ts';

/** What a gateway in another process reaches beside the graph: the end of logins at platforms. */
export function oauthRoutes(runtime: Runtime): Readonly<Record<string, InternalRoute>> {
  const port = loginPort(runtime);
  return {
    '/ports/logins/finish': async ({ principal }, request, response) => {
      sendJson(response, 200, await port.finish((await json(request)) as Record<string, string>, principal));
    },
    '/ports/logins/grant': async ({ principal }, request, response) => {
      checkGateway(principal);
      const { platform, body } = (await json(request)) as { platform: string; body: Record<string, unknown> };
      await port.grant(platform, body);
      sendJson(response, 200, {});
    },
  };
}

function checkGateway({ kind }: Principal): void {
  if (kind !== 'system') throw new AppError('FORBIDDEN', 'Only the gateway may do this.');
}
