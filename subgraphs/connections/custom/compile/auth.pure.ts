import { PlatformFailure } from '../../engine/platform-failure.ts';
import {
  bearer,
  type AuthMethod,
  type Field,
  type KeyMethod,
  type MintMethod,
  type OAuth2Method,
  type TokenAnswer,
  type Values,
} from '../../platforms/auth-method.ts';
import { compileAddress, compileTemplate } from '../language/template.pure.ts';
import { plainText } from '../language/values.pure.ts';
import type { ManifestAuth } from '../manifest/schema.pure.ts';

type Declared<T extends ManifestAuth['type']> = Extract<ManifestAuth, { type: T }>;

const titles: Record<ManifestAuth['type'], string> = {
  api_key: 'API key',
  bearer: 'Access token',
  basic: 'User name and password',
  headers: 'Keys',
  client_credentials: 'Client credentials',
  oauth2: 'Sign in',
};

/** Compiles a way to be let in. */
export function compileAuth(auth: ManifestAuth): AuthMethod {
  switch (auth.type) {
    case 'api_key':
      return apiKey(auth);
    case 'bearer':
      return { ...key(auth, [secret('token', auth.label ?? 'Access token')]), apply: applyBearer };
    case 'basic':
      return basic(auth);
    case 'headers':
      return headers(auth);
    case 'client_credentials':
      return clientCredentials(auth);
    case 'oauth2':
      return oauth2(auth);
  }
}

function key(auth: ManifestAuth, fields: readonly Field[]): Omit<KeyMethod, 'apply'> {
  return { kind: 'key', ...common(auth), fields };
}

function common({ id, type, title, hint }: ManifestAuth) {
  return { id: id ?? type, title: title ?? titles[type], ...(hint === undefined ? {} : { hint }) };
}

function secret(name: string, label: string): Field {
  return { name, label, secret: true };
}

const applyBearer: KeyMethod['apply'] = (request, { values }) => {
  request.headers['authorization'] = `Bearer ${values['token'] ?? ''}`;
};

function apiKey(auth: Declared<'api_key'>): KeyMethod {
  return {
    ...key(auth, [secret('key', auth.label ?? 'API key')]),
    apply(request, { values }) {
      const value = `${auth.prefix ?? ''}${values['key'] ?? ''}`;
      if (auth.in === 'header') request.headers[auth.name.toLowerCase()] = value;
      else request.url.searchParams.set(auth.name, value);
    },
  };
}

function basic(auth: Declared<'basic'>): KeyMethod {
  const fields = [
    { name: 'username', label: auth.username_label ?? 'User name' },
    secret('password', auth.password_label ?? 'Password'),
  ];
  return {
    ...key(auth, fields),
    apply(request, { values }) {
      const pair = `${values['username'] ?? ''}:${values['password'] ?? ''}`;
      request.headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
    },
  };
}

function headers(auth: Declared<'headers'>): KeyMethod {
  const templates = Object.entries(auth.headers).map(
    ([name, text]) => [name.toLowerCase(), compileTemplate(text)] as const,
  );
  const fields = auth.fields.map((field) => ({
    name: field.name,
    label: field.label,
    secret: field.secret ?? true,
    ...(field.hint === undefined ? {} : { hint: field.hint }),
    ...(field.optional ? { optional: true } : {}),
  }));
  return {
    ...key(auth, fields),
    apply(request, { values }) {
      const scope = { names: { secrets: values }, timeZone: 'UTC', currency: '', nameOf: () => null };
      for (const [name, template] of templates) request.headers[name] = plainText(template(scope));
    },
  };
}

function clientCredentials(auth: Declared<'client_credentials'>): MintMethod {
  const tokenUrl = compileUrl(auth.token_url);
  return {
    kind: 'mint',
    ...common(auth),
    fields: [{ name: 'client_id', label: 'Client id' }, secret('client_secret', 'Client secret')],
    apply: bearer,
    async mint({ values }, post, _, settings) {
      const { client_id: id = '', client_secret: password = '' } = values;
      const inBody = auth.client_auth === 'body';
      const pair = `${encodeURIComponent(id)}:${encodeURIComponent(password)}`;
      const answer = await post({
        url: tokenUrl(settings),
        body: {
          grant_type: 'client_credentials',
          ...(auth.scopes ? { scope: auth.scopes.join(auth.scope_separator ?? ' ') } : {}),
          ...(inBody ? { client_id: id, client_secret: password } : {}),
          ...auth.token_parameters,
        },
        ...(inBody ? {} : { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }),
      });
      return tokenFrom(answer);
    },
  };
}

/** Where people and their tokens come from may depend on settings, e.g. a tenant. */
function compileUrl(text: string): (settings: Values, extra?: Values) => string {
  const address = compileAddress(text);
  return (settings, extra = {}) => {
    const found = address({ names: { settings, extra }, timeZone: 'UTC', currency: '', nameOf: () => null });
    if (found !== null && URL.canParse(found)) return found;
    throw new PlatformFailure({ class: 'bad_request', message: `${text} is no address with these settings.` });
  };
}

function tokenFrom(answer: Record<string, unknown>): TokenAnswer {
  const lifeSeconds = Number(answer['expires_in']);
  return {
    accessToken: plainText(answer['access_token']),
    ...(Number.isFinite(lifeSeconds) && lifeSeconds > 0 ? { expiresInSeconds: lifeSeconds } : {}),
  };
}

function oauth2(auth: Declared<'oauth2'>): OAuth2Method {
  const tokenUrl = compileUrl(auth.token_url);
  return {
    kind: 'oauth2',
    ...common(auth),
    fields: [],
    apply: bearer,
    authorizeUrl: compileUrl(auth.authorize_url),
    tokenUrl: (settings, _, extra) => tokenUrl(settings, extra),
    scopes: auth.scopes ?? [],
    scopeSeparator: auth.scope_separator ?? ' ',
    pkce: auth.pkce ?? true,
    clientAuth: auth.client_auth ?? 'basic',
    renewal: (auth.refresh ?? true) ? 'refresh_token' : 'none',
    usualLifeSeconds: auth.token_life_seconds ?? null,
    renewAheadSeconds: auth.renew_ahead_seconds ?? 60,
    ...(auth.authorize_parameters ? { authorizeParameters: auth.authorize_parameters } : {}),
    ...(auth.token_parameters ? { tokenParameters: auth.token_parameters } : {}),
    ...(auth.consent_days === undefined ? {} : { consentDays: auth.consent_days }),
  };
}
