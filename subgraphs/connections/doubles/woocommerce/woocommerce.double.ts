import { html, json, redirect, type Answer } from '../kit/answer.pure.ts';
import { consentPage } from '../kit/consent-page.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { netTotals } from '../truth/net-totals.ts';
import { wooErrors } from './errors.pure.ts';
import { catalog, customers, orders, refunds } from './lists.ts';
import { consumerKey, consumerSecret, storeNames, storeOf, wooState, type WooDouble, type WooState } from './state.ts';

const host = '{store}.store.example';

/** Key and secret in a header, or in the address as some hosts drop the header. */
function authenticate(request: DoubleRequest, { tokens }: WooDouble): Answer | null {
  const basic = request.basic();
  const user = basic?.user ?? request.query.get('consumer_key') ?? '';
  const password = basic?.password ?? request.query.get('consumer_secret') ?? '';
  const grant = tokens.check(user);
  const isOwn = `${user}_`.startsWith(`${consumerKey(request.params.store ?? '')}_`);
  if (typeof grant === 'string' || !isOwn || password !== consumerSecret)
    return wooErrors.unauthorized(typeof grant === 'string' ? grant : 'unknown', request);
  request.grant = grant;
  return null;
}

function before(request: DoubleRequest, double: WooDouble): Answer | null {
  const store = storeOf(request, double);
  if (!store) return wooErrors.notFound(request);
  return request.grant && store.kind === 'forbidden' ? wooErrors.forbidden(store.id, request) : null;
}

/** What a WordPress site says of itself to anybody. */
function index(request: DoubleRequest, double: WooDouble): Answer {
  const { name, timeZone, id } = storeOf(request, double)!;
  return json({ name, url: `https://${id}`, timezone_string: timeZone, namespaces: ['wc/v3'] });
}

function systemStatus(request: DoubleRequest, double: WooDouble): Answer {
  const { currency } = storeOf(request, double)!;
  return json({ environment: { version: '10.3.5' }, settings: { currency } });
}

/** The page that hands over a key. */
function ask({ query, params }: DoubleRequest): Answer {
  const missing = ['app_name', 'scope', 'user_id', 'return_url', 'callback_url'].find((name) => !query.get(name));
  const problem = missing === undefined ? {} : { problem: `Missing parameter ${missing}` };
  const title = `${query.get('app_name')} would like to connect to ${params.store}`;
  return html(
    consentPage({ title, scopes: [query.get('scope') ?? ''], accounts: [], ...problem }),
    missing ? 400 : 200,
  );
}

/** Posts a new key to the callback, then sends the browser back; an answer other than 200 means failure. */
async function decide(request: DoubleRequest, { tokens }: WooDouble): Promise<Answer> {
  const { query, params } = request;
  const back = new URL(query.get('return_url')!);
  back.searchParams.set('user_id', query.get('user_id')!);
  const isAllowed = request.form().get('decision') === 'allow';
  const key = `${consumerKey(params.store!)}_${tokens.secret('key', 8)}`;
  const given = {
    key_id: 1,
    user_id: query.get('user_id'),
    consumer_key: isAllowed ? tokens.add(key, tokens.grant(['read'], null)) : key,
    consumer_secret: consumerSecret,
    key_permissions: query.get('scope'),
  };
  const body = JSON.stringify(given);
  const headers = { 'content-type': 'application/json' };
  const took = isAllowed && (await fetch(query.get('callback_url')!, { method: 'POST', headers, body }));
  back.searchParams.set('success', took && took.status === 200 ? '1' : '0');
  return redirect(back.href);
}

const api = '/wp-json/wc/{version}';

export const woocommerceDouble = defineDouble<WooState>({
  platform: 'woocommerce',
  hosts: [host],
  access: {
    Stores: storeNames.map((name) => `https://${name}.store.example`).join(', '),
    'Consumer key (EUR)': consumerKey('nordwind-europe'),
    'Consumer key (NZD)': consumerKey('nordwind-pacific'),
    'Consumer secret': consumerSecret,
  },
  keys: storeNames.map(consumerKey),
  state: wooState,
  authenticate,
  errors: wooErrors,
  version: ({ params }) => params.version ?? null,
  account: ({ url, params }) => (params.version ? url.hostname : null),
  before,
  routes: [
    { method: 'GET', path: '/wp-json/', open: true, handle: index },
    { method: 'GET', path: `${api}/system_status`, handle: systemStatus },
    { method: 'GET', path: `${api}/orders`, handle: orders },
    { method: 'GET', path: `${api}/orders/{id}/refunds`, handle: refunds },
    { method: 'GET', path: `${api}/customers`, handle: customers },
    { method: 'GET', path: `${api}/{list}`, handle: catalog },
    { method: 'GET', path: '/wc-auth/v1/authorize', open: true, handle: ask },
    { method: 'POST', path: '/wc-auth/v1/authorize', open: true, handle: decide },
  ],
  accounts: ({ state }) => state.orders.accounts,
  totals: (query, { state }) => netTotals(state.orders, query),
});
