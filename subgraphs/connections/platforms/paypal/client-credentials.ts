import { AppError } from '@liftos/core/errors.ts';
import { bearer, type MintMethod, type TokenAnswer } from '../auth-method.ts';
import { searchHint } from './errors.pure.ts';

const searchScope = 'https://uri.paypal.com/services/reporting/search/read';

/** Seconds a token lives when PayPal does not say. */
const usualLifeSeconds = 32_400;

/** The client id and secret of a REST app, live or in the sandbox. */
export function restApp(id: string, title: string, host: string): MintMethod {
  return {
    id,
    kind: 'mint',
    title,
    hint: `Apps & Credentials at developer.paypal.com. ${searchHint}`,
    fields: [
      { name: 'clientId', label: 'Client ID' },
      { name: 'clientSecret', label: 'Secret', secret: true },
    ],
    async mint({ values }, post): Promise<TokenAnswer> {
      const { clientId = '', clientSecret = '' } = values;
      const answer = await post({
        url: `https://${host}/v1/oauth2/token`,
        body: { grant_type: 'client_credentials' },
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      });
      const scopes = String(answer['scope'] ?? '').split(' ');
      if (!scopes.includes(searchScope))
        throw new AppError('PLATFORM_AUTH', `This PayPal app may not search transactions. ${searchHint}`);
      return {
        accessToken: String(answer['access_token']),
        expiresInSeconds: Number(answer['expires_in'] ?? usualLifeSeconds),
        scopes,
        extra: { host },
      };
    },
    apply: bearer,
  };
}
