import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays } from '../../sync/plan-slices.pure.ts';

/** Acme Ads as its documentation describes it: a made-up API that is a real server. */
export interface AcmeServer {
  /** Behind which the API stands as `<url>/<host>/<path>`. */
  url: string;
  token: string;
  /** Method and address of the requests so far. */
  requests: string[];
  /** The next requests are told to slow down. */
  slowDown(calls: number): void;
  /** What it would say about an advertiser's days itself. */
  sums(advertiser: string, from: string, to: string): { rows: number; cost: number; views: number; clicks: number };
  orders: readonly AcmeOrder[];
  close(): Promise<void>;
}

export interface AcmeOrder {
  advertiser: string;
  number: number;
  created: string;
  changed: string;
  state: string;
  test?: boolean;
  source: string;
  campaign: { id: string; name: string | null };
  currency: string;
  total: string;
  lines: { sku: string }[];
  refunds: { id: number; at: string; amount: string }[];
}

const advertisers = [
  { id: 'a1', title: 'Shoes', currency: 'EUR', timezone: 'Europe/Berlin', access: 'full' },
  { id: 'a2', title: 'Hats', currency: 'JPY', timezone: 'Asia/Tokyo', access: 'full' },
  { id: 'a3', title: 'Gloves', currency: 'EUR', timezone: 'UTC', access: 'none' },
];

const campaigns = Array.from({ length: 5 }, (_, index) => ({
  id: `c${index}`,
  name: `Campaign ${index}`,
  state: 'on',
}));

interface Row {
  day: string;
  campaign: { id: string; name: string };
  ad: { id: number; title: string };
  cost: number;
  views: number;
  clicks: number;
  sales?: { count: number; value: number };
}

/** Figures of five advertisements a day; the same whenever they are asked for. */
function rowsOf(advertiser: string, from: string, to: string): Row[] {
  const rows: Row[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const number = Number(day.replaceAll('-', ''));
    for (let ad = 1; ad <= 5; ad += 1) {
      const seed = (number * 7 + ad * 13 + advertiser.length) % 97;
      const row = {
        day,
        campaign: campaigns[ad - 1]!,
        ad: { id: ad, title: `Ad ${ad}` },
        cost: seed * 11,
        views: seed * 100,
        clicks: seed,
      };
      rows.push(seed % 3 === 0 ? row : { ...row, sales: { count: seed % 4, value: seed * 250 } });
    }
  }
  return rows;
}

function sumsOf(rows: readonly Row[]) {
  const sum = (read: (row: Row) => number): number => rows.reduce((total, row) => total + read(row), 0);
  return {
    rows: rows.length,
    cost: sum((row) => row.cost),
    views: sum((row) => row.views),
    clicks: sum((row) => row.clicks),
  };
}

function ordersOf(now: Date): AcmeOrder[] {
  return Array.from({ length: 25 }, (_, index) => {
    const created = new Date(now.getTime() - (index + 1) * 86_400_000).toISOString();
    return {
      advertiser: 'a1',
      number: 1000 + index,
      created,
      changed: created,
      state: index === 3 ? 'cancelled' : 'paid',
      ...(index === 4 ? { test: true } : {}),
      source: ['acme', 'mail', 'other'][index % 3]!,
      campaign: { id: `c${index % 5}`, name: index % 2 === 0 ? 'Spring' : null },
      currency: 'EUR',
      total: `${index}9.90`,
      lines: [{ sku: 'x' }, { sku: 'y' }],
      refunds: index % 6 === 0 ? [{ id: index, at: created, amount: '4.95' }] : [],
    };
  });
}

interface Answered {
  body: unknown;
  headers?: Record<string, string>;
}

/** Starts the made-up API on a free port. */
export async function startAcme(now = new Date()): Promise<AcmeServer> {
  const orders = ordersOf(now);
  const requests: string[] = [];
  const token = 'acme-token-9f8e7d6c';
  let slow = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    slow -= 1;
    const { body, headers } = slow >= 0 ? slowed : (refused(request, token) ?? answer(url, orders));
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    requests,
    orders,
    slowDown: (calls) => void (slow = calls),
    sums: (advertiser, from, to) => sumsOf(rowsOf(advertiser, from, to)),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const slowed: Answered = { body: { error: { code: 17, text: 'slow down', retry_in: 0.1 } } };

function refused({ headers }: IncomingMessage, token: string): Answered | null {
  if (headers.authorization === `Bearer ${token}`) return null;
  return { body: { error: { code: 4, text: `not ${headers.authorization}` } } };
}

function answer(url: URL, orders: readonly AcmeOrder[]): Answered {
  const path = url.pathname.replace('/api.acmeads.com/v2', '');
  const [, advertiser = '', what = ''] = /^\/advertisers\/(\w+)\/([\w/]+)$/.exec(path) ?? [];
  const text = (name: string): string => url.searchParams.get(name) ?? '';
  if (path === '/advertisers') return { body: { data: advertisers } };
  if (what === 'campaigns') return campaignPage(Number(text('page')));
  if (what === 'stats')
    return statsPage(rowsOf(advertiser, text('from'), text('to')), text('cursor'), Number(text('limit')));
  if (what === 'stats/sum') return { body: sumsOf(rowsOf(advertiser, text('from'), text('to'))) };
  if (what === 'orders') return orderPage(url, advertiser, orders);
  return { body: { error: { code: 404, text: `no ${path}` } } };
}

function campaignPage(page: number): Answered {
  return { body: { campaigns: campaigns.slice((page - 1) * 2, page * 2), pages: 3 } };
}

function statsPage(rows: readonly Row[], cursor: string, limit: number): Answered {
  const from = cursor === '' ? 0 : Number(cursor.slice(1));
  const to = from + Math.min(limit, 40);
  return { body: { data: rows.slice(from, to), paging: { next_cursor: to < rows.length ? `p${to}` : null } } };
}

function orderPage(url: URL, advertiser: string, orders: readonly AcmeOrder[]): Answered {
  const [from, to] = ['changed_from', 'changed_to'].map((name) => url.searchParams.get(name) ?? '') as [string, string];
  const instant = (text: string): number => Date.parse(text);
  const found = orders.filter(
    (order) =>
      order.advertiser === advertiser &&
      instant(order.changed) >= instant(from) &&
      instant(order.changed) < instant(to),
  );
  const page = Number(url.searchParams.get('p') ?? 0);
  const link = `</v2/advertisers/${advertiser}/orders?${new URLSearchParams({ changed_from: from, changed_to: to, p: String(page + 1) }).toString()}>; rel="next"`;
  const more = (page + 1) * 10 < found.length;
  return { body: found.slice(page * 10, page * 10 + 10), headers: more ? { link } : {} };
}
