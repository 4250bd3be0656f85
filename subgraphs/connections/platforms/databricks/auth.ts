import { AppError } from '@liftos/core/errors.ts';
import { z } from 'zod';
import { bearer, type AuthMethod, type Values } from '../auth-method.ts';

const hostOf = ({ host = '' }: Values): string => `https://${host.toLowerCase()}`;
const token = z.object({ access_token: z.string(), expires_in: z.number().optional() });

export const databricksAuth: readonly AuthMethod[] = [
  {
    id: 'service_principal',
    kind: 'mint',
    title: 'Service principal',
    hint: 'Make an OAuth secret for a service principal that may use the warehouse and only read the tables.',
    fields: [
      { name: 'clientId', label: 'Client ID' },
      { name: 'clientSecret', label: 'OAuth secret', secret: true },
    ],
    async mint({ values }, post, _, settings) {
      const basic = Buffer.from(`${values['clientId'] ?? ''}:${values['clientSecret'] ?? ''}`).toString('base64');
      const answer = await post({
        url: `${hostOf(settings)}/oidc/v1/token`,
        body: { grant_type: 'client_credentials', scope: 'all-apis' },
        headers: { authorization: `Basic ${basic}` },
      });
      const parsed = token.safeParse(answer);
      if (!parsed.success) throw new AppError('PLATFORM_AUTH', 'Databricks gave no token.');
      return { accessToken: parsed.data.access_token, expiresInSeconds: parsed.data.expires_in ?? 3600 };
    },
    apply: bearer,
  },
  {
    id: 'oauth',
    kind: 'oauth2',
    title: 'Log in with Databricks',
    fields: [],
    authorizeUrl: (settings) => `${hostOf(settings)}/oidc/v1/authorize`,
    tokenUrl: (settings) => `${hostOf(settings)}/oidc/v1/token`,
    scopes: ['all-apis', 'offline_access'],
    scopeSeparator: ' ',
    pkce: true,
    clientAuth: 'basic',
    renewal: 'refresh_token',
    usualLifeSeconds: 3600,
    renewAheadSeconds: 300,
    apply: bearer,
  },
  {
    id: 'token',
    kind: 'key',
    title: 'Personal access token',
    hint: 'It ends on the day that was chosen when it was made.',
    fields: [{ name: 'token', label: 'Token', placeholder: 'dapi…', secret: true }],
    apply: (request, { values }) => {
      request.headers['authorization'] = `Bearer ${values['token'] ?? ''}`;
    },
  },
];
