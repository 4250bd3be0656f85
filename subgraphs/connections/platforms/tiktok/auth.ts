import { AppError } from '@liftos/core/errors.ts';
import { z } from 'zod';
import type { AuthMethod, OAuthApp, Outgoing, TokenAnswer } from '../auth-method.ts';

const tokenBody = z.object({
  code: z.literal(0),
  data: z.object({ access_token: z.string(), scope: z.array(z.union([z.number(), z.string()])).default([]) }),
});

/** Errors come with status 200 here too. Throws PLATFORM_AUTH with what TikTok said. */
function readToken(answer: Record<string, unknown>): TokenAnswer {
  const parsed = tokenBody.safeParse(answer);
  if (!parsed.success)
    throw new AppError('PLATFORM_AUTH', `TikTok: ${String(answer['message'] ?? 'no token in the answer')}`);
  const { access_token: accessToken, scope } = parsed.data.data;
  return { accessToken, scopes: scope.map(String) };
}

/** The token has a header of its own; the list of advertisers also wants to know the application. */
function letIn(request: Outgoing, token: string, app: OAuthApp | undefined): void {
  request.headers['access-token'] = token;
  if (!request.url.pathname.endsWith('/oauth2/advertiser/get/')) return;
  request.url.searchParams.set('app_id', app?.clientId ?? '');
  request.url.searchParams.set('secret', app?.clientSecret ?? '');
}

export const tiktokAuth: readonly AuthMethod[] = [
  {
    id: 'oauth',
    kind: 'oauth2',
    title: 'Log in with TikTok for Business',
    hint: 'Choose all advertisers that you want to see here. Advertisers added later need a new login.',
    fields: [],
    authorizeUrl: () => 'https://business-api.tiktok.com/portal/auth',
    tokenUrl: () => 'https://business-api.tiktok.com/open_api/v1.3/oauth2/access_token/',
    scopes: [],
    scopeSeparator: ',',
    pkce: false,
    clientAuth: 'body',
    tokenEncoding: 'json',
    names: { clientId: 'app_id', clientSecret: 'secret', code: 'auth_code' },
    // Tokens live until they are revoked.
    renewal: 'none',
    usualLifeSeconds: null,
    renewAheadSeconds: 0,
    readAnswer: readToken,
    apply: (request, { accessToken = '' }, app) => letIn(request, accessToken, app),
  },
  {
    id: 'token',
    kind: 'key',
    title: 'Access token of an own app',
    hint: 'From the portal of TikTok for Business, with id and secret of the app it was made for.',
    fields: [
      { name: 'token', label: 'Access token', secret: true },
      { name: 'appId', label: 'App id' },
      { name: 'appSecret', label: 'Secret', secret: true },
    ],
    apply: (request, { values }) =>
      letIn(request, values['token'] ?? '', {
        clientId: values['appId'] ?? '',
        clientSecret: values['appSecret'] ?? '',
      }),
  },
];
