import { createContext, transaction } from '@liftos/core/create-context.ts';
import type { Context, Principal } from '@liftos/core/context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { insertConnection } from '../../connection/connection.service.ts';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { consent } from '../../doubles/testing.ts';
import { connections } from '../../subgraph.ts';
import { startSync, type SyncWish } from '../../sync/sync.service.ts';
import { runsById, sliceLoader } from '../../sync/sync.view.ts';
import type { LiveSettings, SyncRunTable, SyncSliceTable } from '../../tables.ts';
import { fakeMemory, type FakeMemory } from '../../testing/fake-memory.ts';
import type { Connector } from '../connector.ts';
import { letIn, type ContractCase } from './cases.ts';

/** A connector, its double, and the whole engine between them; only memory is a fake, one that keeps its promises. */
export interface Harness {
  connector: Connector;
  doubles: Doubles;
  memory: FakeMemory;
  runtime: TestRuntime;
  principal: Principal;
  context: Context;
  /** A new connection that is let in; reads from `from` on. */
  connect(from: string): Promise<string>;
  /** A new connection by a login on the platform's own page; reads from `from` on. */
  logIn(from: string): Promise<string>;
  /** Syncs to the end. */
  sync(connectionId: string, wish?: SyncWish): Promise<Ended>;
  control(action: string, more?: Record<string, unknown>): void;
  /** Sets the clocks of the platform and of the engine so many days from today. */
  goTo(days: number): void;
  /** Forgets what earlier tests brought in: answers of sixteen platforms are too much to keep in memory. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export interface Ended {
  run: Pick<SyncRunTable, 'id' | 'state' | 'reasons' | 'notes'>;
  slices: SyncSliceTable[];
}

/** Starts a double of a platform and everything that reads it. Waiting is short and pages small, to have many. */
export async function openHarness(connector: Connector, given: ContractCase): Promise<Harness> {
  const doubles = await startDoubles({ platforms: [connector.id], now: new Date() });
  const memory = fakeMemory();
  let ahead = 0;
  const runtime = await testRuntime([connections], {
    env: { LIFTOS_PLATFORMS_URL: doubles.url },
    remotePorts: { memory },
    now: () => new Date(Date.now() + ahead),
  });
  const slowDown = hurry(connector);
  const principal = testPrincipal(runtime.newOrganization());
  const context = createContext({ runtime, principal });
  const control = (action: string, more: Record<string, unknown> = {}): void =>
    doubles.control({ platform: connector.id, action, ...more });
  return {
    connector,
    doubles,
    memory,
    runtime,
    principal,
    context,
    control,
    goTo(days) {
      ahead = days * 86_400_000;
      control('setClock', { now: new Date(Date.now() + ahead).toISOString() });
    },
    connect: (from) => connect(context, connector, given, from),
    logIn: (from) => logIn(runtime, principal, connector, given, doubles, from),
    sync: (connectionId, wish) => sync(createContext({ runtime, principal }), connectionId, wish),
    async forget() {
      memory.clear();
      await runtime.database.driver.script('truncate connections.raw_page');
    },
    async close() {
      slowDown();
      await runtime.close();
      await doubles.stop();
    },
  };
}

/** Makes what a person would wait for short, until the returned function is called. */
function hurry({ live }: Connector): () => void {
  if (!live) return () => undefined;
  const { classify, limits, streams } = live;
  const before = { ...limits };
  const polls = streams.map(({ report }) => report?.pollSeconds);
  Object.assign(limits, { timeoutSeconds: 1.5, requestsPerSecond: undefined });
  for (const { report } of streams) if (report) report.pollSeconds = 0.02;
  live.classify = (answer) => {
    const failure = classify(answer) ?? (answer.status === 429 ? { class: 'rate_limit', message: 'Slow down.' } : null);
    return failure?.class === 'rate_limit' ? { ...failure, waitSeconds: 0.2 } : failure;
  };
  // Other tests of this process see the same connector.
  return () => {
    live.classify = classify;
    Object.assign(limits, { requestsPerSecond: undefined, ...before });
    streams.forEach(({ report }, index) => report && Object.assign(report, { pollSeconds: polls[index] }));
  };
}

async function connect(context: Context, connector: Connector, given: ContractCase, from: string): Promise<string> {
  const settings: LiveSettings = { from, seed: 1, values: given.settings ?? {}, method: given.method };
  const { id } = await transaction(context, (tx) =>
    insertConnection(tx, {
      name: connector.name,
      platform: connector.id,
      mode: 'LIVE',
      settings,
      currency: 'EUR',
      time_zone: 'UTC',
      schedule: null,
    }),
  );
  await letIn(context, given, id);
  return id;
}

const startText = `mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }`;

async function logIn(
  runtime: TestRuntime,
  principal: Principal,
  connector: Connector,
  given: ContractCase,
  doubles: Doubles,
  from: string,
): Promise<string> {
  const settings = Object.entries(given.settings ?? {}).map(([name, value]) => ({ name, value }));
  const method = connector.live!.auth.find(({ kind }) => kind === 'oauth2')!.id;
  const variables = { input: { platform: connector.id, method, mode: 'LIVE', settings, from } };
  const { startAuthorization } = await answer<{ startAuthorization: { url: string } }>(connections, startText, {
    runtime,
    principal,
    variables,
  });
  const address = `https://${startAuthorization.url.slice(doubles.url.length + 1)}`;
  const back = await consent(doubles.url, address);
  const { path } = await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  const id = /connections\/([0-9a-f-]{36})/.exec(path)?.[1];
  if (!id) throw new Error(`The login ended at ${path}.`);
  return id;
}

async function sync(context: Context, connectionId: string, wish: SyncWish = {}): Promise<Ended> {
  const { id } = await startSync(context, connectionId, 'MANUAL', wish);
  const run = await until(async () => {
    const [found] = await runsById(context, [id]);
    return found && found.state !== 'QUEUED' && found.state !== 'RUNNING' && found;
  }, 60_000);
  return { run, slices: await sliceLoader(context).load(id) };
}
