import { randomUUID } from 'node:crypto';
import { oauth1Header, type Signer } from '../../oauth/oauth1.pure.ts';
import type { AuthMethod, Outgoing } from '../auth-method.ts';

/** Signs a request; each signature is good once and for a few minutes. */
function sign(request: Outgoing, keys: Omit<Signer, 'nonce' | 'timestamp'>): void {
  const once = { nonce: randomUUID().replaceAll('-', ''), timestamp: Math.floor(Date.now() / 1000) };
  request.headers['authorization'] = oauth1Header(request, { ...keys, ...once });
}

export const xAuth: readonly AuthMethod[] = [
  {
    id: 'oauth',
    kind: 'oauth1',
    title: 'Log in with X',
    hint: 'Your app must be approved for the Ads API. Choose a user who can see the ad accounts.',
    fields: [],
    requestTokenUrl: 'https://api.twitter.com/oauth/request_token',
    authorizeUrl: 'https://api.twitter.com/oauth/authorize',
    accessTokenUrl: 'https://api.twitter.com/oauth/access_token',
    apply: (request, { accessToken = '', extra }, app) =>
      sign(request, {
        consumerKey: app?.clientId ?? '',
        consumerSecret: app?.clientSecret ?? '',
        token: accessToken,
        tokenSecret: extra['tokenSecret'] ?? '',
      }),
  },
  {
    id: 'keys',
    kind: 'key',
    title: 'Keys and tokens of an own app',
    hint: 'From the developer portal of X, section Keys and tokens. They do not expire.',
    fields: [
      { name: 'consumerKey', label: 'API key' },
      { name: 'consumerSecret', label: 'API key secret', secret: true },
      { name: 'token', label: 'Access token', secret: true },
      { name: 'tokenSecret', label: 'Access token secret', secret: true },
    ],
    apply: (request, { values }) =>
      sign(request, {
        consumerKey: values['consumerKey'] ?? '',
        consumerSecret: values['consumerSecret'] ?? '',
        token: values['token'] ?? '',
        tokenSecret: values['tokenSecret'] ?? '',
      }),
  },
];
