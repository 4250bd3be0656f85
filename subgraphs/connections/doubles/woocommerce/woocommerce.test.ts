import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { localAddress } from '../testing.ts';

const api = 'https://nordwind-pacific.store.example/wp-json/wc/v3';
const basic = `Basic ${Buffer.from('ck_double_nordwind_pacific:cs_double').toString('base64')}`;
let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['woocommerce'], now: '2026-11-21T12:00:00Z' });
});
afterEach(() => doubles.stop());

interface Order {
  id: number;
  date_created: string;
  date_created_gmt: string;
}

const get = (path: string, authorization = basic): Promise<Response> =>
  fetch(localAddress(doubles.url, `${api}${path}`), { headers: { authorization } });
const window = 'modified_after=2026-11-10T00:00:00&modified_before=2026-11-12T00:00:00&dates_are_gmt=true';

test('pages tell how many there are, and where the next one is', async () => {
  const answer = await get(`/orders?${window}&per_page=20`);
  const [total, pages] = ['x-wp-total', 'x-wp-totalpages'].map((name) => Number(answer.headers.get(name)));
  expect(total).toBeGreaterThan(40);
  expect(pages).toBe(Math.ceil(total! / 20));
  expect(answer.headers.get('link')).toContain('page=2');
  expect((await answer.json()) as Order[]).toHaveLength(20);
  expect((await get('/orders?per_page=101')).status).toBe(400);
});

test('times are those of the site and of UTC, both without an offset', async () => {
  const [order] = (await (await get('/orders')).json()) as Order[];
  const hours = (Date.parse(`${order!.date_created}Z`) - Date.parse(`${order!.date_created_gmt}Z`)) / 3_600_000;
  expect([12, 13]).toContain(hours);
});

test('an order that changes while pages are read leaves its window, and others move forward', async () => {
  const ids = async (page: number): Promise<number[]> =>
    ((await (await get(`/orders?${window}&per_page=20&page=${page}`)).json()) as Order[]).map(({ id }) => id);
  const before = [...(await ids(1)), ...(await ids(2))];
  doubles.control({ action: 'advanceClock', days: 30 });
  const after = await ids(2);
  expect(before).not.toEqual([...before.slice(0, 20), ...after]);
});

test('keys are accepted in the address as well, and are for one store', async () => {
  const none = await get('/orders?consumer_key=ck_double_nordwind_pacific&consumer_secret=cs_double', '');
  expect(none.status).toBe(200);
  expect((await get('/orders', '')).status).toBe(401);
  const other = `Basic ${Buffer.from('ck_double_nordwind_europe:cs_double').toString('base64')}`;
  expect((await get('/orders', other)).status).toBe(401);
  expect(((await (await get('/nothing')).json()) as { code: string }).code).toBe('rest_no_route');
});

test('hosts that are busy answer with a page', async () => {
  doubles.control({ action: 'fail', status: 503, calls: 1 });
  const answer = await get('/orders');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
});
