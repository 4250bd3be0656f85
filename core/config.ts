import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().positive();
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Every environment variable LiftOS reads. `describe` becomes the text in `.env.example`. */
const environment = z.object({
  PORT: port.default(4000).describe('Port of the gateway: API, subscriptions and web client.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 inside a container.'),
  TRUSTED_PROXIES: z
    .string()
    .optional()
    .describe('Addresses or networks of proxies in front, separated by commas; their X-Forwarded-For is believed.'),
  PUBLIC_URL: z.url().optional().describe('Address people use; derived from HOST and PORT when absent.'),
  LIFTOS_DATA_DIR: z.string().default('.liftos').describe('Folder of the embedded database, uploads and keys.'),
  LIFTOS_OWNER_EMAIL: z.email().optional().describe('With LIFTOS_OWNER_PASSWORD: first owner without a sign-in link.'),
  LIFTOS_OWNER_PASSWORD: z.string().min(10).optional().describe('At least ten characters.'),
  LIFTOS_ORGANIZATION: z.string().default('My organisation').describe('Name of the first organisation.'),
  DATABASE_URL: z.url().optional().describe('PostgreSQL 15 or newer; the embedded database when absent.'),
  DATABASE_POOL: z.coerce.number().int().min(2).default(10).describe('Connections per process to PostgreSQL.'),
  REDIS_URL: z.url().optional().describe('Redis; needed as soon as more than one process runs.'),
  LIFTOS_SUBGRAPHS: z
    .string()
    .optional()
    .describe('Addresses of separately running subgraphs, name=url separated by commas.'),
  LIFTOS_INTERNAL_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Shared by gateway and subgraphs of a distributed installation; signs internal requests.'),
  LIFTOS_WORKERS: flag.default(true).describe('Whether this process runs background jobs.'),
  LIFTOS_DRAIN_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(120)
    .default(0)
    .describe(
      'How long the gateway goes on answering, not ready, when told to stop; time for a load balancer to see it.',
    ),
  LIFTOS_PLATFORMS_URL: z
    .url()
    .optional()
    .describe('Where all platforms are reached instead, e.g. the address that `npm run doubles` prints.'),
  LIFTOS_ENCRYPTION_KEYS: z
    .string()
    .optional()
    .describe(
      'Keys for stored credentials, id:base64 of 32 bytes, separated by commas, the newest first; a file in the data folder when absent.',
    ),
  LIFTOS_UPLOAD_MAX_BYTES: z.coerce.number().int().positive().default(2_147_483_648).describe('Largest upload.'),
  LIFTOS_OPERATION_TIMEOUT: seconds.default(10).describe('Seconds one GraphQL operation may take.'),
  LIFTOS_FETCH_TIMEOUT: seconds.default(5).describe('Seconds one request to a subgraph may take.'),
  LIFTOS_RATE_LIMIT: z.coerce.number().int().positive().default(1200).describe('Operations a minute per caller.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('Least severe log level.'),
});

export type Config = z.infer<typeof environment>;

/** Reads the configuration. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const known = new Set(Object.keys(environment.shape));
  for (const name of Object.keys(given)) {
    if (name.startsWith('LIFTOS_') && !known.has(name) && !toolVariables.has(name))
      problems.push(`${name}: unknown variable`);
  }
  if (parsed.success && parsed.data.LIFTOS_SUBGRAPHS) problems.push(...distributedProblems(parsed.data));
  if (!parsed.success || problems.length > 0)
    throw new Error(`The configuration is wrong:\n  ${problems.join('\n  ')}`);
  return parsed.data;
}

/** Variables of tests and tools, never read by the product. */
const toolVariables = new Set([
  'LIFTOS_CONTRACT',
  'LIFTOS_GOLDEN',
  'LIFTOS_FEDERATION_AUDIT',
  'LIFTOS_SERVICES',
  'LIFTOS_TEST_DATABASE',
  'LIFTOS_TEST_REDIS',
  'LIFTOS_SOAK_SECONDS',
]);

function distributedProblems(config: Config): string[] {
  const needed = ['DATABASE_URL', 'REDIS_URL', 'LIFTOS_INTERNAL_SECRET'] as const;
  return needed.filter((name) => !config[name]).map((name) => `${name}: required with LIFTOS_SUBGRAPHS`);
}

/** The addresses in LIFTOS_SUBGRAPHS by name; empty in embedded mode. */
export function subgraphAddresses(config: Config): Map<string, string> {
  const entries = (config.LIFTOS_SUBGRAPHS ?? '').split(',').filter((entry) => entry.includes('='));
  return new Map(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')).trim(), entry.slice(entry.indexOf('=') + 1).trim()]),
  );
}

/** The address people use. */
export function publicUrl({ PUBLIC_URL, HOST, PORT }: Config, port: number = PORT): string {
  return PUBLIC_URL ?? `http://${HOST === '0.0.0.0' ? 'localhost' : HOST}:${port}`;
}

/** The text of `.env.example`: every variable with what it is when absent. */
export function environmentExample(): string {
  const lines = Object.entries(environment.shape).map(([name, schema]) => {
    const usual = schema.safeParse(undefined).data ?? '';
    return `# ${schema.description}\n#${name}=${/\s/.test(`${usual}`) ? `"${usual}"` : usual}`;
  });
  return `${lines.join('\n\n')}\n`;
}
