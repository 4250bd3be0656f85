import type { Api } from './api.ts';

export interface SyncEvent {
  sequence: number;
  syncRun: {
    state: string;
    connection: { coverage: { records: number } };
    jobs: { state: string }[];
  };
}

/** Creates a connection with generated data from a day on. Gives its id. */
export async function createMock(api: Api, from: string, seed = 1): Promise<string> {
  const text = `mutation ($input: CreateMockConnectionInput!) {
    createMockConnection(input: $input) { connection { id } } }`;
  const input = { platform: 'meta_business', name: `Meta ${seed}`, from, seed };
  const made = await api.ask<{ createMockConnection: { connection: { id: string } } }>(text, { input });
  return made.createMockConnection.connection.id;
}

export async function startSync(api: Api, connectionId: string): Promise<string> {
  const text = 'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }';
  const started = await api.ask<{ startSync: { syncRun: { id: string } } }>(text, { id: connectionId });
  return started.startSync.syncRun.id;
}

const text = `subscription ($id: ID, $after: Int) { syncProgress(connectionId: $id, after: $after) {
  sequence syncRun { state connection { name coverage { records } } jobs { state } } } }`;

/** Everything about a connection's syncs after a number, until one has succeeded. Cuts the socket after `cutAfter`. */
async function read(
  api: Api,
  id: string,
  after: number,
  cutAfter: number,
  begin?: () => Promise<unknown>,
): Promise<SyncEvent[]> {
  const client = api.live({ retryAttempts: 0 });
  const events: SyncEvent[] = [];
  const stream = client.iterate<{ syncProgress: SyncEvent }>({ query: text, variables: { id, after } });
  const begun = begin?.();
  for await (const { data, errors } of stream) {
    if (errors || !data) throw new Error(JSON.stringify(errors));
    events.push(data.syncProgress);
    if (events.length === cutAfter || data.syncProgress.syncRun.state === 'SUCCEEDED') break;
  }
  await client.dispose();
  await begun;
  return events;
}

/** Starts a sync and follows it to its end over a socket that is cut after every second event. */
export async function followSync(api: Api, connectionId: string): Promise<SyncEvent[]> {
  const events = await read(api, connectionId, 0, 2, () => startSync(api, connectionId));
  while (events.at(-1)?.syncRun.state !== 'SUCCEEDED') {
    events.push(...(await read(api, connectionId, events.at(-1)?.sequence ?? 0, 2)));
  }
  return events;
}

/** The same events again, from the beginning and in one go. */
export function replaySync(api: Api, connectionId: string): Promise<SyncEvent[]> {
  return read(api, connectionId, 0, Infinity);
}
