import { json } from 'node:stream/consumers';
import type { Principal } from '@liftos/core/context.ts';
import type { Credentials, IdentityPort } from '@liftos/core/ports/ports.ts';
import { sendJson, type InternalRoute } from '@liftos/core/serve/internal-calls.ts';

/** The identity port for other processes. */
export function identityRoutes(port: IdentityPort): Record<string, InternalRoute> {
  const route =
    (answer: (argument: unknown) => Promise<unknown>): InternalRoute =>
    async (_, request, response) =>
      sendJson(response, 200, { value: await answer(await json(request)) });
  return {
    '/ports/identity/authenticate': route((credentials) => port.authenticate(credentials as Credentials)),
    '/ports/identity/stillValid': route((principal) => port.stillValid(principal as Principal)),
    '/ports/identity/firstSignIn': route(() => port.firstSignIn()),
  };
}
