import type { Context } from '@liftos/core/context.ts';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import { apiFor, type ConnectionApi } from '../engine/connection-api.ts';
import { endOfDay, startOfDay } from '../engine/day-bounds.pure.ts';
import { isPlatformFailure } from '../engine/platform-failure.ts';
import { platformHttp } from '../engine/platform-http.ts';
import type { Credential } from '../platforms/auth-method.ts';
import type { Account, Slice, Stream } from '../platforms/connector.ts';
import { toNewerVersion } from '../platforms/newer-version.pure.ts';
import type { TestStep, TestStepName } from '../schema.generated.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import type { LivePlatform } from './draft.ts';

const timeoutMs = 20_000;

/**
 * Tries a connection: reached, let in, allowed, something to read, a page read. Ends with the first step that fails.
 * @param open gives the credential; what it throws is the failure of being let in
 */
export async function runTestSteps(
  context: Context,
  connector: LivePlatform,
  connection: ConnectionTable,
  open: () => Promise<Credential>,
): Promise<TestStep[]> {
  const steps: TestStep[] = [];
  /** What was tried; null when it failed, which is told in the last step. */
  const step = async <T>(name: TestStepName, work: () => Promise<{ value: T; message: string }>): Promise<T | null> => {
    const begun = performance.now();
    const took = (): number => Math.round(performance.now() - begun);
    try {
      const { value, message } = await work();
      steps.push({ name, ok: true, milliseconds: took(), message, hint: null });
      return value;
    } catch (error) {
      if (!isAppError(error)) throw error;
      const failed = refine(name, error);
      steps.push({
        name: failed,
        ok: false,
        milliseconds: took(),
        message: error.message,
        hint: hintFor(error, connector),
      });
      return null;
    }
  };
  const reached = await step('CONNECTIVITY', () => reach(context, connector, connection));
  const entry = reached && (await step('AUTHENTICATION', () => enter(context, connector, connection, open)));
  const allowed = entry && (await step('PERMISSIONS', () => Promise.resolve(permitted(connector, connection, entry))));
  const account = allowed && (await step('ACCOUNTS', () => Promise.resolve(readable(entry.accounts))));
  if (entry && account) await step('EXTRACTION', () => extract(context, connector, entry.api, account));
  return steps;
}

/** Being let in can fail for want of a permission or a line, which is another step's matter. */
function refine(name: TestStepName, error: AppError): TestStepName {
  if (name !== 'AUTHENTICATION') return name;
  if (isPlatformFailure(error) && error.failure.class === 'permission') return 'PERMISSIONS';
  return name;
}

async function reach(context: Context, { live, name }: LivePlatform, { settings }: ConnectionTable) {
  const { status } = await platformHttp(context.runtime).send({
    method: 'GET',
    url: doorOf(live, settings as LiveSettings),
    headers: { accept: 'application/json' },
    hosts: live.hosts,
    timeoutMs,
    maxBytes: 1024 * 1024,
    signal: context.signal,
  });
  if (status >= 500) throw new AppError('PLATFORM_UNAVAILABLE', `${name} is down at the moment (${status}).`);
  return { value: true, message: `${name} answers.` };
}

/** The address of the platform; of its login where only that tells the address of the data. */
function doorOf(live: LivePlatform['live'], { values, method: wanted }: LiveSettings): URL {
  const base = live.base({ version: live.version, settings: values, extra: {} });
  const method = live.auth.find(({ id }) => id === wanted);
  return new URL(URL.canParse(base) || method?.kind !== 'oauth2' ? base : method.authorizeUrl(values));
}

interface Entry {
  api: ConnectionApi;
  credential: Credential;
  accounts: readonly Account[];
}

async function enter(
  context: Context,
  connector: LivePlatform,
  connection: ConnectionTable,
  open: () => Promise<Credential>,
): Promise<{ value: Entry; message: string }> {
  const credential = await open();
  const api = await apiFor(context, connection, connector, { credential, retry: false });
  const accounts = await connector.live.accounts(api);
  return { value: { api, credential, accounts }, message: `${connector.name} lets us in.` };
}

function permitted({ live }: LivePlatform, { settings }: ConnectionTable, { credential }: Entry) {
  const method = live.auth.find(({ id }) => id === (settings as LiveSettings).method);
  const { scopes: granted } = credential;
  const wanted = method?.kind === 'oauth2' ? method.scopes : [];
  const missing = granted && granted.length > 0 ? wanted.filter((scope) => !granted.includes(scope)) : [];
  if (missing.length > 0) {
    throw new AppError('PLATFORM_AUTH', `The login did not grant ${missing.join(', ')}.`, { reason: 'permission' });
  }
  return {
    value: true,
    message: granted ? 'All that is needed was granted.' : 'The platform does not tell; none is missed.',
  };
}

function readable(accounts: readonly Account[]) {
  const open = accounts.filter(({ state }) => state === 'ok');
  const first = open[0];
  if (!first) throw new AppError('PLATFORM_AUTH', 'There is no account that can be read.', { reason: 'permission' });
  const closed = accounts.length - open.length;
  return { value: first, message: `${open.length} accounts can be read${closed > 0 ? `, ${closed} cannot` : ''}.` };
}

/** One page of a day, of a stream that answers at once if there is one. */
async function extract(context: Context, { live }: LivePlatform, api: ConnectionApi, account: Account) {
  const stream = live.streams.find(({ report }) => !report) ?? live.streams[0];
  if (!stream) return { value: true, message: 'There is nothing to read.' };
  const slice = sampleOf(context, stream, api, account);
  if (stream.report) {
    await api.call(stream.report.create(slice));
    return { value: true, message: `${account.name} prepares ${stream.title}.` };
  }
  const rows = stream.rows(await api.call(stream.request(slice, null, null)), slice, null);
  return { value: true, message: `${rows.length} rows of ${stream.title} were read from ${account.name}.` };
}

function sampleOf(context: Context, stream: Stream, api: ConnectionApi, account: Account): Slice {
  const now = context.now();
  const day = addDays(dayIn(now, account.timeZone), -1);
  const whole = stream.cursor.by === 'none';
  return {
    version: api.version,
    settings: api.settings,
    extra: api.extra,
    account,
    from: whole ? '' : day,
    to: whole ? '' : day,
    since: whole ? new Date(0) : startOfDay(day, account.timeZone),
    until: whole ? now : endOfDay(day, account.timeZone),
    pageSize: stream.pageSize,
    now,
    nameOf: () => null,
  };
}

function hintFor(error: AppError, connector: LivePlatform): string {
  const reason = isPlatformFailure(error) ? error.failure.class : String(error.details['reason'] ?? '');
  if (reason === 'permission') return 'Grant the permissions that are named, or choose an account that may be read.';
  if (reason === 'version_sunset') return `${toNewerVersion(connector)}: this one was switched off.`;
  if (error.code === 'RATE_LIMITED') return 'Wait a little and test again.';
  if (error.code === 'PLATFORM_AUTH') return 'Connect it again, or type in new keys.';
  if (error.code === 'PLATFORM_UNAVAILABLE') return 'Try again later; see whether the platform reports a disturbance.';
  return 'Look at the message; the log of LiftOS has more.';
}
