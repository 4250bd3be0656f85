import { once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppError, notFound } from '@liftos/core/errors.ts';
import type { ExportRequest } from '@liftos/core/ports/ports.ts';
import { until } from '@liftos/core/testing/until.ts';
import { makeFixture } from '../testing/fixture.ts';
import { marketing } from '../testing/marketing.ts';
import { startGateway, type TestGateway } from '../testing/test-gateway.ts';
import type { ExportSource } from './export-route.ts';

let edge: TestGateway;
const asked: (ExportRequest & { by: string })[] = [];
const endless = { read: 0, closed: false };

const source: ExportSource = {
  open({ principal }, request) {
    asked.push({ ...request, by: principal.name });
    if (request.token === 'broken') throw new Error('A secret of the inside.');
    if (principal.kind === 'anonymous' && request.token !== 'good') throw new AppError('UNAUTHENTICATED', 'Sign in.');
    if (principal.organizationId === 'o2') throw notFound('export');
    const about = { name: request.file, contentType: 'text/csv; charset=utf-8', sha256: 'ab'.repeat(32) };
    if (request.file !== 'endless.csv') {
      return Promise.resolve({ ...about, bytes: 6, stream: Readable.from([Buffer.from('a,b\r\n'), Buffer.from('1')]) });
    }
    const stream = new Readable({
      read(size) {
        endless.read += size;
        this.push(Buffer.alloc(size));
      },
      destroy(error, done) {
        endless.closed = true;
        done(error);
      },
    });
    return Promise.resolve({ ...about, bytes: 1e12, stream });
  },
};

beforeAll(async () => {
  const fixture = makeFixture(marketing().subgraphs);
  edge = await startGateway(fixture.supergraph, fixture.sources, { exports: source });
});
afterAll(() => edge.close());

function get(path: string, as?: string): Promise<Response> {
  return fetch(new URL(path, edge.url), { headers: as ? { authorization: `Bearer ${as}` } : {} });
}

it('a file comes as a download with its length and digest', async () => {
  const response = await get('/exports/e1/records-mock-ad%20daily.csv', 'ada');
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-length': '6',
    'content-disposition': 'attachment; filename="records-mock-ad_daily.csv"',
    'repr-digest': `sha-256=:${Buffer.from('ab'.repeat(32), 'hex').toString('base64')}:`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(await response.text()).toBe('a,b\r\n1');
  expect(asked.at(-1)).toEqual({ exportId: 'e1', file: 'records-mock-ad daily.csv', by: 'Ada' });
});

it('a link needs no credentials', async () => {
  const response = await get('/exports/e1/a.csv?token=good');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('a,b\r\n1');
  expect(asked.at(-1)).toMatchObject({ token: 'good', by: 'anonymous' });
});

it.each([
  ['/exports/e1/a.csv', undefined, 401, 'UNAUTHENTICATED'],
  ['/exports/e1/a.csv', 'nobody', 401, 'UNAUTHENTICATED'],
  ['/exports/e1/a.csv', 'eve', 404, 'NOT_FOUND'],
  ['/exports/e1/a.csv?token=good&token=good', undefined, 404, 'NOT_FOUND'],
  ['/exports/e1/a.csv?token=broken', 'ada', 500, 'INTERNAL'],
])('%s as %s is refused with %i', async (path, as, status, code) => {
  const response = await get(path, as);
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(text).not.toContain('secret');
});

it('the file is read no faster than the client takes it, and let go when the client leaves', async () => {
  const headers = { authorization: 'Bearer ada' };
  const request = http.get(new URL('/exports/e1/endless.csv', edge.url), { agent: false, headers });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.pause();
  let before = -1;
  // Buffers on the way fill up, and then nothing more is read.
  await until(() => {
    const isStill = endless.read > 0 && endless.read === before;
    before = endless.read;
    return isStill;
  });
  expect(endless.read).toBeLessThan(64 * 1024 * 1024);
  response.destroy();
  await until(() => endless.closed);
});
