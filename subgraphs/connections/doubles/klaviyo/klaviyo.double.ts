import { dayNumber } from '../../mock/calendar.pure.ts';
import type { Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Route, type Totals, type TotalsQuery } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { startOfDay } from '../truth/zone.pure.ts';
import { metricAggregates } from './aggregates.ts';
import { apiError, klaviyoErrors } from './answers.pure.ts';
import { accounts, campaigns, flows, groups, metrics, profiles } from './catalog.ts';
import { events } from './events.ts';
import { countCall, withLimits } from './limits.ts';
import { report } from './reports.ts';
import { accountOf, klaviyoState, placedOrders, privateKey, type KlaviyoDouble } from './state.ts';

const clientId = '9f1c2d3e-4a5b-4c6d-8e7f-double';
const clientSecret = 'klaviyo-double-secret';
const newestRevision = '2026-07-15';
const dayMs = 86_400_000;
/** A revision lives so long. */
const revisionDays = 731;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: 'www.klaviyo.com', path: '/oauth/authorize' },
  token: { path: '/oauth/token' },
  revoke: { path: '/oauth/revoke' },
  clientAuth: 'basic',
  pkce: 'required',
  scopes: ['accounts', 'metrics', 'events', 'campaigns', 'flows', 'profiles', 'lists', 'segments'].map(
    (of) => `${of}:read`,
  ),
  accessSeconds: 3600,
  rotation: 'kept',
  refreshSeconds: 90 * 86_400,
  refreshLivesOn: true,
};

/** Revision, scope and limits, in this order. */
function before(request: DoubleRequest, double: KlaviyoDouble): Answer | null {
  const account = accountOf(request, double);
  const scope = scopeOf(request);
  const { scopes = [] } = request.grant ?? {};
  if (account.kind === 'forbidden' || double.faults.forbidden.has(account.id))
    return klaviyoErrors.forbidden(account.id, request);
  if (scopes.length > 0 && !scopes.includes(scope))
    return apiError(403, 'permission_denied', 'Missing scope.', `The scope ${scope} is required.`);
  return revisionProblem(request, double) ?? countCall(request, double);
}

/** A revision has to be named. One that is retired falls forward, unless the client wants to be told. */
function revisionProblem(request: DoubleRequest, { clock }: KlaviyoDouble): Answer | null {
  const revision = request.header('revision');
  if (revision === null || !/^\d{4}-\d{2}-\d{2}(\.pre)?$/.test(revision))
    return apiError(400, 'invalid', 'Missing or invalid revision.', 'The revision header is required.', {
      header: 'revision',
    });
  const isServed =
    dayNumber(revision.slice(0, 10)) * dayMs > clock.now() - revisionDays * dayMs && revision <= newestRevision;
  const wantsToKnow = request.header('x-klaviyo-revision-fall-forward-opt-out') === '1';
  return !isServed && wantsToKnow ? klaviyoErrors.versionOff(revision, request) : null;
}

function scopeOf({ url }: DoubleRequest): string {
  const [, , name = ''] = url.pathname.split('/');
  if (name === 'metric-aggregates') return 'metrics:read';
  return name.endsWith('-reports') ? `${name.split('-')[0]}s:read` : `${name}:read`;
}

const handlers: readonly [string, string, Route<KlaviyoDouble['state']>['handle']][] = [
  ['GET', 'accounts', accounts],
  ['GET', 'metrics', metrics],
  ['GET', 'events', events],
  ['GET', 'campaigns', campaigns],
  ['GET', 'flows', flows],
  ['GET', 'lists', groups('list', ['Newsletter', 'SMS subscribers'])],
  ['GET', 'segments', groups('segment', ['Engaged 30 days', 'Bought twice'])],
  ['GET', 'profiles', profiles],
  ['POST', 'metric-aggregates', metricAggregates],
  ['POST', 'campaign-values-reports', report('campaign-values-report')],
  ['POST', 'flow-values-reports', report('flow-values-report')],
  ['POST', 'flow-series-reports', report('flow-series-report')],
];

/** Orders are those that were told of; conversions and revenue those that Klaviyo claims for itself. */
function totals({ account, from, to }: TotalsQuery, double: KlaviyoDouble): Totals {
  const { state } = double;
  const sums = { orders: 0, conversions: 0, revenue: 0n };
  for (const one of state.accounts) {
    if (one.kind === 'forbidden' || (account !== null && one.id !== account)) continue;
    const begin = startOfDay(one.timeZone, dayNumber(from));
    for (const { order, sender } of placedOrders(one, begin, startOfDay(one.timeZone, dayNumber(to) + 1), double)) {
      sums.orders += 1;
      if (!sender) continue;
      sums.conversions += 1;
      sums.revenue += order.amount;
    }
  }
  const { impressions, clicks } = state.ads.totals({ account, from, to });
  return { impressions: impressions!, clicks: clicks!, ...sums, revenue: String(sums.revenue) };
}

export const klaviyoDouble = defineDouble({
  platform: 'klaviyo',
  hosts: ['a.klaviyo.com', 'www.klaviyo.com'],
  access: {
    'Client ID': clientId,
    'Client secret': clientSecret,
    'Private key (Nordwind Europe)': 'pk_double_europe',
    'Private key (Nordwind Pacific)': 'pk_double_pacific',
  },
  oauth,
  state: klaviyoState,
  accountKeys: ({ state }) => state.accounts.map((account) => ({ key: privateKey(account), accounts: [account.id] })),
  token: (request) => request.bearer('Klaviyo-API-Key') ?? request.bearer(),
  errors: klaviyoErrors,
  version: (request) => request.header('revision'),
  days: ({ raw }) => {
    const dates = [...raw.toString().matchAll(/\d{4}-\d{2}-\d{2}/g)]
      .map(([date]) => dayNumber(date))
      .toSorted((a, b) => a - b);
    return dates.length === 0 ? null : dates.at(-1)! - dates[0]!;
  },
  before,
  finish: (answer, request, double) => (request.grant ? withLimits(answer, request, double) : answer),
  routes: handlers.flatMap(([method, name, handle]) => [
    { method, path: `/api/${name}`, handle },
    { method, path: `/api/${name}/`, handle },
  ]),
  accounts: ({ state }) => state.accounts,
  totals,
});
