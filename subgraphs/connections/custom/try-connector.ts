import type { Context } from '@liftos/core/context.ts';
import { AppError, badInput, isAppError, notFound } from '@liftos/core/errors.ts';
import { checkFields } from '../connection/check-fields.pure.ts';
import { apiFor, type ConnectionApi } from '../engine/connection-api.ts';
import { buildRequest, requestLine } from '../engine/build-request.pure.ts';
import { endOfDay, startOfDay } from '../engine/day-bounds.pure.ts';
import { isPlatformFailure } from '../engine/platform-failure.ts';
import type { AuthMethod } from '../platforms/auth-method.ts';
import type { Account, Connector, LiveConnector, Slice, Stream } from '../platforms/connector.ts';
import type { ConnectorTry, TryConnectorInput } from '../schema.generated.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import { compileManifest } from './compile/compile-manifest.pure.ts';
import { customConnectorLoader, versionText } from './custom.view.ts';
import { readManifest } from './manifest/read-manifest.ts';
import { maskSecrets } from './mask-secrets.pure.ts';
import { triedCredential } from './tried-credential.ts';
import { triedRows } from './tried-rows.pure.ts';

/** Seconds that a try may take, if operations may take so long. */
const mostSeconds = 20;
const mostRows = 100;

/**
 * Reads the first page of a stream with what was typed in, and shows what becomes of it; nothing is stored. What goes
 * wrong at the platform is part of the answer. Throws BAD_USER_INPUT or NOT_FOUND.
 */
export async function tryConnector(context: Context, input: TryConnectorInput): Promise<ConnectorTry> {
  const connector = await connectorToTry(context, input);
  const live = connector.live!;
  const stream = streamToTry(live, input.stream ?? null);
  const secrets = input.secrets ?? [];
  const method = methodToTry(live, input.method ?? null);
  const values = checkFields(live.settings, input.settings ?? [], 'input.settings');
  const settings = { from: dayIn(context.now(), 'UTC'), seed: 1, values, method: method.id };
  const connection = connectionToTry(context, connector.id, settings);
  const seconds = Math.min(mostSeconds, Math.max(1, context.runtime.config.LIFTOS_OPERATION_TIMEOUT - 1));
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(seconds * 1000)]);
  const found: ConnectorTry = { ...nothing };
  const begin = performance.now();
  try {
    const credential = await triedCredential(context, connector, method, secrets, values);
    const api = await apiFor(context, connection, connector, { credential, signal, retry: false });
    await readPage(api, stream, input, found);
  } catch (error) {
    found.failure = failureOf(error, signal, seconds);
  }
  found.milliseconds = Math.round(performance.now() - begin);
  return maskSecrets(
    found,
    secrets.map(({ value }) => value.trim()),
  );
}

const nothing: ConnectorTry = {
  accounts: [],
  accountId: null,
  request: null,
  status: null,
  milliseconds: 0,
  rowCount: 0,
  rawRows: [],
  mappedRows: [],
  leftOut: 0,
  refusedRows: [],
  nextPage: null,
  failure: null,
};

async function connectorToTry(context: Context, { id, text }: TryConnectorInput): Promise<Connector> {
  const parsed = await readManifest(context, text ?? (await savedText(context, id ?? null)));
  if ('manifest' in parsed) return compileManifest(parsed.manifest, 'custom:try');
  const message = 'Its mistakes have to be repaired before it can be tried.';
  throw badInput('input.text', message, { errors: parsed.errors });
}

async function savedText(context: Context, id: string | null): Promise<string> {
  if (id === null) throw badInput('input.text', 'Name a connector or give its text.');
  const row = await customConnectorLoader(context).load(id);
  if (!row) throw notFound('connector');
  return versionText(context, id, row.version);
}

function streamToTry(live: LiveConnector, name: string | null): Stream {
  const stream = name === null ? live.streams[0] : live.streams.find((candidate) => candidate.name === name);
  if (!stream) throw badInput('input.stream', 'There is no such stream.');
  return stream;
}

function methodToTry({ auth }: LiveConnector, id: string | null): AuthMethod {
  const method = id === null ? auth[0] : auth.find((candidate) => candidate.id === id);
  if (!method) throw badInput('input.method', 'There is no such way in.');
  return method;
}

/** A connection that exists for this one try. */
function connectionToTry(context: Context, platform: string, settings: LiveSettings): ConnectionTable {
  return {
    organization_id: context.organizationId,
    id: context.newId(),
    name: 'Try',
    platform,
    mode: 'LIVE',
    settings,
    currency: 'EUR',
    time_zone: 'UTC',
    schedule: null,
    next_run_at: null,
    last_result: 'NEVER',
    last_sync_at: null,
    created_at: context.now(),
    auth_state: 'NONE',
    auth_message: null,
    retention_days: null,
  };
}

async function readPage(
  api: ConnectionApi,
  stream: Stream,
  input: TryConnectorInput,
  found: ConnectorTry,
): Promise<void> {
  const accounts = await api.connector.accounts(api);
  found.accounts = accounts.slice(0, mostRows).map(({ id, name, currency, timeZone, state }) => ({
    id,
    name,
    currency,
    timeZone,
    state,
  }));
  const account = accounts.find(({ id, state }) => (input.accountId ? id === input.accountId : state === 'ok'));
  if (!account) throw new AppError('PLATFORM_AUTH', 'There is no account that can be read.');
  found.accountId = account.id;
  const slice = sliceToTry(api, stream, account, input);
  const request = stream.request(slice, null, null);
  found.request = requestLine(buildRequest(api.connector, api, request));
  const { answer } = await api.exchange(request);
  found.status = answer.status;
  const rows = stream.rows(answer, slice, null);
  found.rowCount = rows.length;
  found.rawRows = rows.slice(0, 5);
  Object.assign(found, triedRows(stream, rows.slice(0, mostRows), slice));
  found.nextPage = stream.next(answer, slice, null);
}

function sliceToTry(api: ConnectionApi, stream: Stream, account: Account, input: TryConnectorInput): Slice {
  const yesterday = addDays(dayIn(api.now, account.timeZone), -1);
  const to = input.to ?? (input.from && input.from > yesterday ? input.from : yesterday);
  const from = input.from ?? to;
  if (from > to) throw badInput('input.from', 'The first day comes after the last one.');
  return {
    version: api.version,
    settings: api.settings,
    extra: api.extra,
    account,
    from,
    to,
    since: startOfDay(from, account.timeZone),
    until: endOfDay(to, account.timeZone),
    pageSize: Math.min(stream.pageSize, mostRows),
    now: api.now,
    nameOf: () => null,
  };
}

function failureOf(error: unknown, signal: AbortSignal, seconds: number): ConnectorTry['failure'] {
  if (isAppError(error) && String(error.details['field'] ?? '').startsWith('input.')) throw error;
  if (isPlatformFailure(error)) return { class: error.failure.class, message: error.message };
  if (signal.aborted) return { class: 'transient', message: `There was no answer within ${seconds} seconds.` };
  if (isAppError(error)) return { class: 'bad_request', message: error.message };
  throw error;
}
