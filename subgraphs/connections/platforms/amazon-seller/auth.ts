import type { Credential, MintMethod, OAuth2Method, Outgoing } from '../auth-method.ts';
import { consentPage } from './regions.pure.ts';

const tokenUrl = 'https://api.amazon.com/auth/o2/token';
const hourSeconds = 3600;

function apply(request: Outgoing, { accessToken = '' }: Credential): void {
  request.headers['x-amz-access-token'] = accessToken;
}

/** Login with Amazon. The application has two names: its application ID on the page, its client ID for tokens. */
export const oauth: OAuth2Method = {
  id: 'oauth',
  kind: 'oauth2',
  title: 'Log in with Seller Central',
  hint: 'Log in as the main user of the seller account. Amazon wants the consent to be renewed every year.',
  fields: [],
  authorizeUrl: consentPage,
  tokenUrl: () => tokenUrl,
  scopes: [],
  scopeSeparator: ' ',
  pkce: false,
  clientAuth: 'body',
  names: { callbackCode: 'spapi_oauth_code' },
  renewal: 'refresh_token',
  usualLifeSeconds: hourSeconds,
  renewAheadSeconds: 300,
  consentDays: 365,
  apply,
};

/** The refresh token that a seller makes for his own private app. */
export const selfAuthorised: MintMethod = {
  id: 'refresh_token',
  kind: 'mint',
  title: 'Refresh token of an own app',
  hint: 'Seller Central, Apps and Services, Develop Apps: authorise your own app there, and again every year.',
  fields: [
    { name: 'clientId', label: 'LWA client ID', placeholder: 'amzn1.application-oa2-client.…' },
    { name: 'clientSecret', label: 'LWA client secret', secret: true },
    { name: 'refreshToken', label: 'Refresh token', secret: true, pattern: 'Atzr\\|.+', placeholder: 'Atzr|…' },
  ],
  async mint({ values }, post) {
    const { clientId = '', clientSecret = '', refreshToken = '' } = values;
    const body = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    };
    const answer = await post({ url: tokenUrl, body });
    return {
      accessToken: String(answer['access_token'] ?? ''),
      expiresInSeconds: Number(answer['expires_in'] ?? hourSeconds),
    };
  },
  apply,
};
