import type { Context } from '@liftos/core/context.ts';
import { listCustomPlatforms } from '../custom/find-custom.ts';
import { oauthAppOf } from '../oauth/oauth-app.ts';
import { callbackUrl } from '../oauth/start-authorization.ts';
import type { AuthKind, PlatformCategory } from '../schema.generated.ts';
import type { AuthMethod, Field } from './auth-method.ts';
import type { Connector, LiveConnector } from './connector.ts';
import { toNewerVersion } from './newer-version.pure.ts';
import { connectors } from './registry.ts';

interface MethodOf {
  platform: string;
  method: AuthMethod;
}

const warnedDays = 60;

export const platformResolvers = {
  Query: {
    platforms: async (_: unknown, __: unknown, context: Context) => [
      ...connectors,
      ...(await listCustomPlatforms(context)),
    ],
  },
  Platform: {
    streams: ({ streams, live }: Connector) =>
      (streams.length > 0 ? streams.filter(({ isOf }) => !isOf) : (live?.streams ?? [])).map(({ name }) => name),
    category: ({ category }: Connector) => category.toUpperCase() as PlatformCategory,
    live: ({ id, category, live }: Connector) => (live ? { ...live, platform: id, category } : null),
  },
  LiveAccess: {
    methods: ({ platform, auth }: LiveConnector & { platform: string }): MethodOf[] =>
      auth.map((method) => ({ platform, method })),
    sunset: (live: LiveConnector) => sunsetOf(live),
    versionWarning: (live: LiveConnector & Pick<Connector, 'category'>, _: unknown, context: Context) =>
      warningOf(live, context.now()),
  },
  AccessField: {
    secret: ({ secret }: Field) => secret ?? false,
    multiline: ({ multiline }: Field) => multiline ?? false,
    optional: ({ optional }: Field) => optional ?? false,
  },
  AuthMethod: {
    id: ({ method }: MethodOf) => method.id,
    kind: ({ method }: MethodOf) => method.kind.toUpperCase() as AuthKind,
    title: ({ method }: MethodOf) => method.title,
    hint: ({ method }: MethodOf) => method.hint,
    fields: ({ method }: MethodOf) => method.fields,
    scopes: ({ method }: MethodOf) => (method.kind === 'oauth2' ? method.scopes : []),
    redirectUrl: ({ method }: MethodOf, _: unknown, context: Context) =>
      method.kind === 'oauth2' || method.kind === 'oauth1' ? callbackUrl(context) : null,
    ready: async ({ platform, method }: MethodOf, _: unknown, context: Context) =>
      (method.kind !== 'oauth2' && method.kind !== 'oauth1') || (await oauthAppOf(context, platform)) !== undefined,
  },
};

function sunsetOf({ version, versions }: LiveConnector): string | null {
  return versions.find((candidate) => candidate.version === version)?.sunset ?? null;
}

function warningOf(live: LiveConnector & Pick<Connector, 'category'>, now: Date): string | null {
  const sunset = sunsetOf(live);
  if (sunset === null) return null;
  const days = Math.ceil((Date.parse(sunset) - now.getTime()) / 86_400_000);
  if (days > warnedDays) return null;
  if (days <= 0) return `Version ${live.version} was switched off on ${sunset}. ${toNewerVersion(live)}.`;
  return `Version ${live.version} is switched off on ${sunset}, in ${days} days. ${toNewerVersion(live)} before.`;
}
