import { expect, test } from 'vitest';
import { z } from 'zod';
import { Postpone } from '@liftos/core/jobs/define-job.ts';
import type { ApiRequest, Json, Slice, Stream } from '../platforms/connector.ts';
import type { ConnectionApi } from './connection-api.ts';
import { liveBeginning, livePages, type LiveCheckpoint } from './live-pages.ts';

/** States that reports take on one after the other, and what is listed as there already. */
function platform(states: string[], listed: string | null = null) {
  const asked: string[] = [];
  const call = async ({ url }: ApiRequest) => {
    asked.push(url);
    const body = url === '/create' ? 'new' : url === '/list' ? listed : url === '/poll/new' ? states.shift() : 'DONE';
    return { status: 200, headers: {}, body };
  };
  const exchange = async (request: ApiRequest) => ({
    answer: await call(request),
    bytes: Buffer.alloc(0),
    line: request.url,
  });
  return { asked, api: { call, exchange } as unknown as ConnectionApi };
}

const stream: Stream = {
  name: 'report',
  title: 'Report',
  delivers: ['items'],
  key: ['id'],
  row: z.unknown(),
  cursor: { by: 'none' },
  pageSize: 0,
  request: (_, __, id) => ({ url: `/read/${String(id)}` }),
  rows: () => [],
  next: () => null,
  map: () => null,
  report: {
    earlier: { request: () => ({ url: '/list' }), id: ({ body }) => body as Json },
    create: () => ({ url: '/create' }),
    id: ({ body }) => body as Json,
    poll: (_, id) => ({ url: `/poll/${String(id)}` }),
    state: ({ body }) =>
      body === 'DONE'
        ? { state: 'done' }
        : { state: 'failed', failure: { class: 'rate_limit', message: 'Too often.', waitSeconds: 600 } },
    pollSeconds: 1,
    giveUpMinutes: 1,
  },
};
const slice = { now: new Date(), account: { id: '1', currency: 'EUR', timeZone: 'UTC' } } as Slice;

/** Reads as far as it goes; where it stands, and why it ended there. */
async function read(api: ConnectionApi, from: LiveCheckpoint = liveBeginning) {
  let checkpoint = from;
  try {
    for await (const page of livePages(stream, slice, api, from, AbortSignal.timeout(5000))) ({ checkpoint } = page);
    return { checkpoint, ended: null };
  } catch (error) {
    return { checkpoint, ended: error };
  }
}

test('a report that was asked for too often is asked for again after its time, and not for ever', async () => {
  const { api, asked } = platform(['FATAL', 'FATAL', 'FATAL', 'FATAL']);
  let { checkpoint, ended } = await read(api);
  for (let tries = 1; tries <= 3; tries += 1) {
    expect(ended).toBeInstanceOf(Postpone);
    expect((ended as Postpone).until.getTime() - Date.now()).toBeGreaterThan(590_000);
    expect(checkpoint).toMatchObject({ report: null, reportTries: tries });
    ({ checkpoint, ended } = await read(api, checkpoint));
  }
  expect(ended).toMatchObject({ failure: { class: 'bad_request', message: 'Too often.' } });
  expect(asked.filter((url) => url === '/create')).toHaveLength(4);
});

test('a report that is there already is read, and no other one is asked for', async () => {
  const { api, asked } = platform([], 'old');
  expect((await read(api)).checkpoint.done).toBe(true);
  expect(asked).toEqual(['/list', '/poll/old', '/read/old']);
});
