import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { publicUrl, subgraphAddresses, type Config } from '@liftos/core/config.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { internalTokens } from '@liftos/core/internal-token.ts';
import type { IdentityPort, LoginPort, WebhookPort } from '@liftos/core/ports/ports.ts';
import { remotePorts, type RemotePorts } from '@liftos/core/ports/remote-ports.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { subgraphSchema } from '@liftos/core/subgraph.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createMetrics } from '@liftos/core/telemetry/metrics.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import type { ExportSource } from './http/export-route.ts';
import type { RequestContext, Sources } from './sources/data-source.ts';
import { embeddedSource } from './sources/embedded-source.ts';
import { remoteSource } from './sources/remote-source.ts';
import { subgraphs } from './subgraphs.ts';

const root = join(import.meta.dirname, '..');

export interface StartedProduct {
  /** Where people open the web client and programs reach the API. */
  address: string;
  port: number;
  /** Address of a one-time sign-in for the first owner, as long as nobody has signed in. */
  signInLink: string | null;
  close(): Promise<void>;
}

interface Parts extends Pick<GatewayOptions, 'sources' | 'log' | 'metrics' | 'readiness'> {
  identity: IdentityPort;
  uploads: GatewayOptions['uploads'];
  exports: ExportSource;
  webhooks: WebhookPort;
  logins: LoginPort;
  /** Stops what the gateway stands on. */
  stop(): Promise<void>;
}

/** Starts LiftOS: everything in this process, or only the gateway when LIFTOS_SUBGRAPHS names separate subgraphs. */
export async function startProduct(given: Config): Promise<StartedProduct> {
  const config = { ...given };
  const addresses = subgraphAddresses(config);
  const parts = addresses.size > 0 ? distributed(config, addresses) : await embedded(config);
  const redis = config.REDIS_URL ? new Redis(config.REDIS_URL, { enableOfflineQueue: false }) : undefined;
  redis?.on('error', (error) => parts.log.warn({ error }, 'Redis cannot be reached.'));
  try {
    const gateway = await openGateway(config, parts, redis);
    const port = await gateway.listen(config.PORT, config.HOST);
    // Port 0 stands for any free one. Invitations and logins at platforms lead back to the one it became.
    config.PORT = port;
    const address = publicUrl(config, port);
    const token = await parts.identity.firstSignIn().catch(() => null);
    return {
      address,
      port,
      signInLink: token ? new URL(`/sign-in?token=${token}`, address).href : null,
      async close() {
        await gateway.close(config.LIFTOS_DRAIN_SECONDS * 1000);
        redis?.disconnect();
        await parts.stop();
      },
    };
  } catch (error) {
    redis?.disconnect();
    await parts.stop();
    throw error;
  }
}

function openGateway(
  config: Config,
  { identity: authenticator, ...parts }: Parts,
  redis: Redis | undefined,
): Promise<Gateway> {
  const clientPath = join(root, 'client/dist');
  return createGateway({
    ...parts,
    config,
    supergraphPath: join(root, 'schema/supergraph.graphql'),
    authenticator,
    ...(config.TRUSTED_PROXIES ? { trustedProxies: config.TRUSTED_PROXIES.split(',') } : {}),
    ...(existsSync(clientPath) ? { clientPath } : {}),
    ...(redis ? { redis } : {}),
  });
}

async function embedded(config: Config): Promise<Parts> {
  const starting = startRuntime({ config, subgraphs });
  // The database opens in its own thread meanwhile.
  const schemas = subgraphs.map((subgraph) => [subgraph.name, subgraphSchema(subgraph)] as const);
  const runtime = await starting;
  runtime.metrics.collectProcess();
  const contextFor = (request: RequestContext) => createContext({ runtime, ...request });
  const sources = new Map(schemas.map(([name, schema]) => [name, embeddedSource({ schema, contextFor })]));
  return {
    sources,
    identity: runtime.ports.identity,
    uploads: {
      receive: (request, file) => runtime.ports.uploads.receive(createContext({ runtime, ...request }), file),
    },
    exports: {
      open: (request, wanted) => runtime.ports.exports.open(createContext({ runtime, ...request }), wanted),
    },
    webhooks: { receive: (request) => runtime.ports.webhooks.receive(request) },
    logins: {
      finish: (parameters, person) => runtime.ports.logins.finish(parameters, person),
      grant: (platform, body) => runtime.ports.logins.grant(platform, body),
    },
    log: runtime.log,
    metrics: runtime.metrics,
    readiness: () => readinessOf(runtime),
    stop: () => runtime.close(),
  };
}

async function readinessOf({ database }: Runtime) {
  const state = await database.driver.query(null, 'select 1', []).then(
    () => 'ok',
    () => 'unreachable',
  );
  return { ready: state === 'ok', parts: { database: state } };
}

function distributed(config: Config, addresses: ReadonlyMap<string, string>): Parts {
  const missing = subgraphs.filter(({ name }) => !addresses.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new AppError('UNAVAILABLE', `LIFTOS_SUBGRAPHS lacks ${missing.join(', ')}.`);
  const tokens = internalTokens(config.LIFTOS_INTERNAL_SECRET!);
  const log = createLog(config.LOG_LEVEL);
  const metrics = createMetrics();
  metrics.collectProcess();
  const sources: Sources = new Map(
    [...addresses].map(([name, address]) => [name, remoteSource({ name, address, tokens })]),
  );
  const { identity: identityPort, ...others } = remotePorts(addresses, tokens) as RemotePorts;
  const { uploads, exports, webhooks, logins } = others;
  return {
    sources,
    identity: identityPort,
    uploads,
    exports,
    webhooks,
    logins,
    log,
    metrics,
    stop: () => Promise.resolve(),
  };
}
