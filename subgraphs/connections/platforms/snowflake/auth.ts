import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { AppError } from '@liftos/core/errors.ts';
import type { AuthMethod, Credential, Outgoing, Values } from '../auth-method.ts';

const lifeSeconds = 3000;

/** `xy12345` of `xy12345.eu-central-1.snowflakecomputing.com`: names in tokens go without the region. */
function accountIn({ hostname }: URL): string {
  return hostname.split('.')[0]!.toUpperCase();
}

/** A statement about oneself, signed with one's own key: RS256, good for less than an hour. */
function keyPairToken(account: string, { values }: Credential, nowSeconds: number): string {
  const key = privateKeyOf(values);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const fingerprint = `SHA256:${createHash('sha256').update(publicKey).digest('base64')}`;
  const subject = `${account}.${(values['user'] ?? '').toUpperCase()}`;
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: `${subject}.${fingerprint}`, sub: subject, iat: nowSeconds, exp: nowSeconds + lifeSeconds };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function privateKeyOf({ privateKey = '', passphrase }: Values): KeyObject {
  try {
    return createPrivateKey({ key: privateKey, ...(passphrase ? { passphrase } : {}) });
  } catch (error) {
    const message = 'The private key cannot be read: it must be in PEM form, and the passphrase must fit.';
    throw new AppError('PLATFORM_AUTH', message, {}, { cause: error });
  }
}

function letIn(request: Outgoing, token: string, type: 'KEYPAIR_JWT' | 'PROGRAMMATIC_ACCESS_TOKEN' | 'OAUTH'): void {
  request.headers['authorization'] = `Bearer ${token}`;
  request.headers['x-snowflake-authorization-token-type'] = type;
}

const hostOf = ({ account = '' }: Values): string => `https://${account.toLowerCase()}.snowflakecomputing.com`;

export const snowflakeAuth: readonly AuthMethod[] = [
  {
    id: 'key_pair',
    kind: 'key',
    title: 'Key pair',
    hint: 'Make a key, and give its public half to a user that may only read: ALTER USER … SET RSA_PUBLIC_KEY.',
    fields: [
      { name: 'user', label: 'User', placeholder: 'LIFTOS_READER' },
      { name: 'privateKey', label: 'Private key', hint: 'In PEM form.', secret: true, multiline: true },
      { name: 'passphrase', label: 'Passphrase of the key', secret: true, optional: true },
    ],
    apply: (request, credential) =>
      letIn(request, keyPairToken(accountIn(request.url), credential, Math.floor(Date.now() / 1000)), 'KEYPAIR_JWT'),
  },
  {
    id: 'token',
    kind: 'key',
    title: 'Programmatic access token',
    hint: 'Of a service user; it needs a network policy.',
    fields: [{ name: 'token', label: 'Token', secret: true }],
    apply: (request, { values }) => letIn(request, values['token'] ?? '', 'PROGRAMMATIC_ACCESS_TOKEN'),
  },
  {
    id: 'oauth',
    kind: 'oauth2',
    title: 'Log in with Snowflake',
    hint: 'Needs a security integration of type OAuth in your account. The default role of your user is used.',
    fields: [],
    authorizeUrl: (settings) => `${hostOf(settings)}/oauth/authorize`,
    tokenUrl: (settings) => `${hostOf(settings)}/oauth/token-request`,
    scopes: ['refresh_token'],
    scopeSeparator: ' ',
    pkce: true,
    clientAuth: 'basic',
    renewal: 'refresh_token',
    usualLifeSeconds: 600,
    renewAheadSeconds: 60,
    consentDays: 90,
    apply: (request, { accessToken = '' }) => letIn(request, accessToken, 'OAUTH'),
  },
];
