import { describe, expect, it } from 'vitest';
import type { Answer, Api, Json, LiveConnector, Slice, Stream } from '../platforms/connector.ts';
import { compileManifest } from './compile/compile-manifest.pure.ts';
import { parseManifest } from './manifest/parse-manifest.pure.ts';

function compiled(text: string): LiveConnector {
  const parsed = parseManifest(text);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors, null, 2));
  return compileManifest(parsed.manifest, 'custom:test').live!;
}

const now = new Date('2026-03-01T12:00:00Z');

function sliceOf(stream: Stream, more: Partial<Slice> = {}): Slice {
  return {
    version: 'v1',
    settings: {},
    extra: {},
    account: { id: 'acc', name: 'Main', currency: 'EUR', timeZone: 'America/New_York', state: 'ok' },
    from: '2026-01-01',
    to: '2026-01-31',
    since: new Date('2026-01-01T05:00:00Z'),
    until: new Date('2026-02-01T05:00:00Z'),
    pageSize: stream.pageSize,
    now,
    nameOf: () => null,
    ...more,
  };
}

function ok(body: unknown, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers, body };
}

/** Follows the pages of a stream over given answers; gives the requests that were made. */
function follow(stream: Stream, slice: Slice, answers: readonly Answer[]) {
  let at: Json | null = null;
  return answers.map((answer) => {
    const request = stream.request(slice, at, null);
    at = stream.next(answer, slice, at);
    return { ...request, at };
  });
}

const figures = compiled(`
liftos: 1
platform: { name: Figures, summary: Figures per day. }
base_url: https://{{ settings.region }}.figures.io/{{ version }}
hosts: ['*.figures.io']
version: { name: v7, sunset: '2027-01-01' }
headers: { X-Version: '{{ version }}' }
auth:
  - { type: api_key, in: query, name: apikey }
  - { type: headers, fields: [{ name: id, label: Id, secret: false }, { name: pass, label: Password }], headers: { X-Auth: '{{ secrets.id }}.{{ secrets.pass }}' } }
settings: [{ name: region, label: Region, pattern: eu|us }]
accounts: { request: { path: /me }, id: main, currency: '{{ "usd" }}', name: '{{ row.company }}' }
errors:
  - { when: 'status == 400 and body.code in [80, 81]', class: too_much_data }
  - { when: 'headers["x-left"] == 0', class: rate_limit, wait_seconds: 'headers["x-reset"]' }
hold_back_seconds: headers["x-wait"]
streams:
  - name: daily
    title: Daily
    request:
      method: POST
      path: /report
      body: { range: ['{{ slice.from | format: "YYYYMMDD" }}', '{{ slice.to | format: "YYYYMMDD" }}'], cursor: '{{ page.cursor }}', top: '{{ page.size }}' }
    page_size: 50
    rows: body.rows
    paging: { type: cursor, next: body.after, more: body.has_more }
    cursor: { by: day, look_back_days: 3 }
    key: [d, ids.ad]
    schema: { d: date, ids.ad: integer, spend: number, clicks: integer? }
    where: row.kind != "total"
    cut_off: { when: (rows | size) >= 3, message: Three at the most. }
    facts:
      date: '{{ row.d }}'
      entity: '{{ row.ids.ad }}'
      channel: ['{{ row.channel }}', '{{ row.network | lower }}']
      spend: '{{ row.spend | micros }}'
      clicks: '{{ row.clicks }}'
      region: '{{ row.market }}'
`);

describe('figures per day behind a cursor', () => {
  const [daily] = figures.streams as [Stream];
  const slice = sliceOf(daily);

  it('go from cursor to cursor in the body, until there is no more', () => {
    const pages = follow(daily, slice, [
      ok({ after: 'c1', has_more: true, rows: [] }),
      ok({ after: 'c2', has_more: false, rows: [] }),
    ]);
    expect(pages.map(({ body }) => body)).toEqual([
      { range: ['20260101', '20260131'], cursor: null, top: 50 },
      { range: ['20260101', '20260131'], cursor: 'c1', top: 50 },
    ]);
    expect(pages.map(({ at }) => at)).toEqual([{ size: 50, cursor: 'c1' }, null]);
  });

  it('become facts, and what is no row of figures is left out', () => {
    const row = { d: '2026-01-05', ids: { ad: 9 }, spend: '2500000', network: 'SEARCH' };
    expect(daily.map(row, slice)?.facts).toMatchObject([
      { date: '2026-01-05', entity: 'acc/9', channel: 'search', spend: 2_500_000n, clicks: 0 },
    ]);
    expect(daily.map(row, slice)?.facts?.[0]?.region).toBeNull();
    expect(daily.map({ ...row, market: 'DE-BY' }, slice)?.facts?.[0]?.region).toBe('DE-BY');
    expect(daily.map({ ...row, kind: 'total' }, slice)).toBeNull();
    expect(() => daily.map({ ...row, spend: 'much' }, slice)).toThrow('spend: This is no amount of money.');
  });

  it('are refused with the field when they look otherwise', () => {
    const wrong = (row: unknown) => daily.row.safeParse(row).error?.issues[0];
    expect(wrong({ d: '2026-01-05', ids: { ad: 9 }, spend: 1 })).toBeUndefined();
    expect(wrong({ d: '2026-01-05', ids: {}, spend: 1 })).toMatchObject({ path: ['ids', 'ad'], message: 'is missing' });
    expect(wrong({ d: 'soon', ids: { ad: 9 }, spend: 1 })).toMatchObject({ path: ['d'], message: 'is not a day' });
    expect(wrong('text')).toBeDefined();
  });

  it('say when an answer cannot be whole, and what errors mean', () => {
    expect(daily.cutOff?.(ok({}), [1, 2, 3], slice)).toBe('Three at the most.');
    expect(daily.cutOff?.(ok({}), [1, 2], slice)).toBeNull();
    expect(figures.classify({ status: 400, headers: {}, body: { code: 81 } })?.class).toBe('too_much_data');
    expect(figures.classify(ok({}, { 'x-left': '0', 'x-reset': '12' }))).toMatchObject({ waitSeconds: 12 });
    expect(figures.classify(ok('no JSON'))).toBeNull();
    expect(figures.holdBack?.(ok({}, { 'x-wait': '3' }))).toBe(3);
    expect(figures.holdBack?.(ok({}, { 'x-wait': 'soon' }))).toBeNull();
  });

  it('know their address, version and ways in', async () => {
    const target = { version: 'v7', settings: { region: 'eu' }, extra: {} };
    expect(figures.base(target)).toBe('https://eu.figures.io/v7');
    expect(figures.headers?.(target)).toEqual({ 'X-Version': 'v7' });
    expect(figures.versions).toEqual([{ version: 'v7', sunset: '2027-01-01' }]);
    const host = new RegExp(`^(?:${figures.hosts[0]})$`);
    expect(
      ['eu.figures.io', 'a.b.figures.io', 'figures.io', 'figuresxio', 'eu.figures.io.evil.com'].map((name) =>
        host.test(name),
      ),
    ).toEqual([true, true, false, false, false]);
    const outgoing = { method: 'GET', url: new URL('https://eu.figures.io/'), headers: {} as Record<string, string> };
    const [inQuery, inHeader] = figures.auth;
    inQuery!.apply(outgoing, { values: { key: 'k&1' }, extra: {} });
    inHeader!.apply(outgoing, { values: { id: 'me', pass: 'pw' }, extra: {} });
    expect(outgoing).toMatchObject({ headers: { 'x-auth': 'me.pw' } });
    expect(outgoing.url.href).toBe('https://eu.figures.io/?apikey=k%261');
    const api: Api = { ...target, now, call: () => Promise.resolve(ok({ company: 'Shoes' })) };
    expect(await figures.accounts(api)).toEqual([
      { id: 'main', name: 'Shoes', currency: 'USD', timeZone: 'UTC', state: 'ok' },
    ]);
  });
});

const orders = compiled(`
liftos: 1
platform: { name: Shop, summary: Orders with their refunds. }
base_url: '{{ extra.instance_url }}'
hosts: ['*.shop.dev']
auth: [{ type: oauth2, authorize_url: 'https://login.shop.dev/auth', token_url: 'https://login.shop.dev/token', scopes: [orders, refunds] }]
accounts: { request: { path: /shops }, rows: body.shops, next_link: body.next, id: '{{ row.id }}', currency: EUR, time_zone: '{{ row.tz }}' }
streams:
  - name: orders
    title: Orders
    basis: booked
    request: { path: /orders, query: { since: '{{ slice.since | unix }}', until: '{{ slice.until | unix }}' } }
    rows: body.orders
    paging: { type: link_header, size_parameter: per_page }
    cursor: { by: update, overlap_seconds: 60 }
    key: [id]
    items:
      - kind: order
        occurred_at: '{{ row.at }}'
        channel: '{{ row.utm.source | default: "direct" }}'
        revenue: '{{ row.total | money }}'
        conversions: 1
      - each: row.refunds
        where: item.done
        kind: refund
        key: refund/{{ item.id }}
        occurred_at: '{{ item.at }}'
        revenue: '{{ item.amount | money | negative }}'
    journeys:
      key: '{{ row.customer | hash }}'
      date: '{{ row.at | date }}'
      value: '{{ row.total | money }}'
      where: row.visits != null
      touches:
        each: row.visits
        channel: '{{ item.source }}'
        at: '{{ item.at }}'
        converted_at: '{{ row.at }}'
`);

describe('things that changed behind a Link header', () => {
  const [stream] = orders.streams as [Stream];
  const slice = sliceOf(stream, { extra: { instance_url: 'https://eu1.shop.dev/api/' } });

  it('follow the link as it is, whole or relative', () => {
    const header = { link: '</api/orders?page=0>; rel="prev", </api/orders?cursor=x%2Fy>; rel="next"' };
    const pages = follow(stream, slice, [
      ok({}, header),
      ok({}, { link: '<https://eu1.shop.dev/a>; rel=next' }),
      ok({}),
    ]);
    expect(pages.map(({ url, query }) => [url, query])).toEqual([
      ['/orders', { since: '1767243600', until: '1769922000', per_page: 100 }],
      ['https://eu1.shop.dev/api/orders?cursor=x%2Fy', {}],
      ['https://eu1.shop.dev/a', {}],
    ]);
    expect(pages.at(-1)?.at).toBeNull();
  });

  it('become items of their own for each nested row, and journeys with the ages of their touches', () => {
    const row = {
      id: 5,
      at: '2026-01-10T02:00:00Z',
      total: '100.10',
      customer: 'x@example.org',
      refunds: [
        { id: 1, at: '2026-01-12T00:00:00Z', amount: 40, done: true },
        { id: 2, at: 'later', amount: 1, done: false },
      ],
      visits: [
        { source: 'Search', at: '2026-01-09T02:00:00Z' },
        { source: 'Mail', at: '2026-01-05T02:00:00Z' },
      ],
    };
    const mapped = stream.map(row, slice);
    expect(mapped?.items).toMatchObject([
      { key: 'acc/5', kind: 'order', channel: 'direct', revenue: 100_100_000n, conversions: 1 },
      { key: 'acc/refund/1', kind: 'refund', channel: null, revenue: -40_000_000n },
    ]);
    expect(mapped?.journeys).toMatchObject([
      {
        date: '2026-01-09',
        currency: 'EUR',
        conversions: 1,
        nulls: 0,
        value: 100_100_000n,
        touches: [
          { channel: 'Mail', age: 5 },
          { channel: 'Search', age: 1 },
        ],
      },
    ]);
    expect(JSON.stringify(mapped?.journeys?.[0]?.key)).not.toContain('example.org');
  });

  it('read all pages of accounts at the address that came with the token', async () => {
    const asked: string[] = [];
    const api: Api = {
      version: '',
      settings: {},
      extra: { instance_url: 'https://eu1.shop.dev/api/' },
      now,
      call: (request) => {
        asked.push(request.url);
        const first = asked.length === 1;
        return Promise.resolve(
          ok({ shops: [{ id: asked.length, tz: 'Asia/Tokyo' }], next: first ? 'shops?p=2' : null }),
        );
      },
    };
    expect((await orders.accounts(api)).map(({ id, timeZone }) => [id, timeZone])).toEqual([
      ['1', 'Asia/Tokyo'],
      ['2', 'Asia/Tokyo'],
    ]);
    expect(asked).toEqual(['/shops', 'https://eu1.shop.dev/api/shops?p=2']);
    expect(orders.base(slice)).toBe('https://eu1.shop.dev/api');
    expect(orders.auth[0]).toMatchObject({
      kind: 'oauth2',
      pkce: true,
      renewal: 'refresh_token',
      scopes: ['orders', 'refunds'],
    });
  });
});

const payments = compiled(`
liftos: 1
platform: { name: Pay, summary: Payments in minor units. }
base_url: https://api.pay.dev
hosts: ['*.pay.dev']
settings: [{ name: realm, label: Realm }]
auth: [{ type: client_credentials, token_url: 'https://{{ settings.realm }}.pay.dev/token', scopes: [read], client_auth: body }]
accounts: { id: main, currency: EUR, time_zone: Europe/Berlin }
streams:
  - name: payments
    title: Payments
    basis: paid
    request: { path: /payments, query: { day_from: '{{ slice.from }}', day_to: '{{ slice.to }}' } }
    rows: body.items
    paging: { type: page, parameter: page, first: 0, size_parameter: size }
    cursor: { by: update }
    key: [id]
    items:
      kind: { value: '{{ row.type }}', map: { charge: payment, reversal: refund } }
      occurred_at: '{{ row.ts }}'
      currency: '{{ row.currency }}'
      revenue: '{{ row.amount | minor: row.currency }}'
      details: { method: '{{ row.method }}', at: '{{ row.ts | instant }}' }
  - name: fees
    title: Fees
    request: { path: /fees }
    paging: { type: offset, parameter: from, total: body.total }
    rows: body.items
    cursor: { by: none }
    key: [id]
    entities: { type: fee, id: '{{ row.id }}', name: '{{ row.name }}' }
`);

describe('payments in minor units behind client credentials', () => {
  const [stream, fees] = payments.streams as [Stream, Stream];
  const slice = sliceOf(stream);

  it('ask for a token with what was typed in', async () => {
    const [method] = payments.auth;
    if (method?.kind !== 'mint') throw new Error('Expected a way in that asks for tokens.');
    const sent: unknown[] = [];
    const answer = await method.mint(
      { values: { client_id: 'me', client_secret: 'pw' }, extra: {} },
      (request) => {
        sent.push(request);
        return Promise.resolve({ access_token: 'tok', expires_in: 600 });
      },
      now,
      { realm: 'auth' },
    );
    expect(answer).toEqual({ accessToken: 'tok', expiresInSeconds: 600 });
    expect(sent).toEqual([
      {
        url: 'https://auth.pay.dev/token',
        body: { grant_type: 'client_credentials', scope: 'read', client_id: 'me', client_secret: 'pw' },
      },
    ]);
  });

  it('go from page to page until one is empty, as a short page may be a cap and no end', () => {
    const pages = follow(stream, slice, [ok({ items: [1, 2] }), ok({ items: [3] }), ok({ items: [] })]);
    expect(pages.map(({ query }) => [query?.['page'], query?.['size']])).toEqual([
      [0, 100],
      [1, 100],
      [2, 100],
    ]);
    expect(pages.at(-1)?.at).toBeNull();
  });

  it('count rows and not pages where places are offsets, and fail when the answer says nothing of its end', () => {
    const pages = follow(fees, slice, [ok({ total: 5, items: [1, 2, 3] }), ok({ total: 5, items: [4, 5] })]);
    expect(pages.map(({ query }) => query?.['from'])).toEqual([0, 3]);
    expect(pages.at(-1)?.at).toBeNull();
    expect(() => fees.next(ok({ items: [1] }), slice, null)).toThrow('does not say where its pages end');
  });

  it('become payments and refunds in their own currency', () => {
    const row = { id: 1, type: 'charge', ts: 1_767_700_000, currency: 'jpy', amount: 1250, method: 'card' };
    expect(stream.map(row, slice)?.items).toMatchObject([
      {
        key: 'acc/1',
        kind: 'payment',
        currency: 'JPY',
        revenue: 1_250_000_000n,
        details: { method: 'card', at: '2026-01-06T11:46:40Z' },
      },
    ]);
    expect(() => stream.map({ ...row, type: 'other' }, slice)).toThrow('kind is missing.');
    expect(() => stream.map({ ...row, currency: 'EURO' }, slice)).toThrow('revenue: This is no currency.');
  });
});

const reports = compiled(`
liftos: 1
platform: { name: Files, summary: Figures in files that are prepared first. }
base_url: https://api.files.dev
hosts: [api.files.dev, '*.cdn.files.dev']
auth: [{ type: bearer }]
accounts: { id: main, currency: EUR }
streams:
  - name: daily
    title: Daily
    report:
      create: { method: POST, path: /reports, body: { from: '{{ slice.from }}', to: '{{ slice.to }}' } }
      id: body.report
      poll: { path: '/reports/{{ report.id }}' }
      done: body.state == "ready"
      failed: body.state == "broken"
      result: body.url
      poll_seconds: 1
    request: { path: '{{ report.id }}', format: lines, authenticate: false }
    cursor: { by: day }
    key: [day]
    facts: { date: '{{ row.day }}', entity: all, spend: '{{ row.cost | money }}' }
`);

describe('a report that is prepared first', () => {
  const [stream] = reports.streams as [Stream];
  const slice = sliceOf(stream);
  const report = stream.report!;

  it('is asked for, looked after and then read where it lies', () => {
    expect(report.create(slice)).toMatchObject({ body: { from: '2026-01-01', to: '2026-01-31' } });
    expect(report.id(ok({ report: 'r/1' }))).toBe('r/1');
    expect(report.poll(slice, 'r/1').url).toBe('/reports/r%2F1');
    expect(report.state(ok({ state: 'busy' }))).toEqual({ state: 'waiting' });
    expect(report.state(ok({ state: 'broken' }))).toMatchObject({ state: 'failed' });
    const url = 'https://eu.cdn.files.dev/a?sig=x%2Fy';
    expect(report.state(ok({ state: 'ready', url }))).toEqual({ state: 'done', id: url });
    expect(stream.request(slice, null, url)).toMatchObject({ url, as: 'lines', authenticate: false });
  });

  it('without an id is a failure', () => {
    expect(() => report.id(ok({}))).toThrow('The answer has no report.id.');
    expect(() => stream.request(slice, null, null)).toThrow('A value is missing in the path');
  });
});
