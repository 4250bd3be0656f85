import { json, type Answer } from '../kit/answer.pure.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { notPermitted, stripeError, stripeErrors } from './errors.pure.ts';
import { makers, type StripeObject } from './objects.ts';
import { accountOf, type StripeDouble } from './state.ts';

const daySeconds = 86_400;
/** Events are kept so long. */
const eventDays = 30;
const changesMs = 61 * daySeconds * 1000;
const usualLimit = 10;
const largestLimit = 100;

/** `GET /v1/{list}`, newest first. */
export function list(request: DoubleRequest, double: StripeDouble): Answer {
  const name = request.params.list!;
  if (!makers.has(name)) return stripeErrors.notFound(request);
  const account = accountOf(request, double)!;
  if (name === 'disputes' && account.currency === 'JPY') return notPermitted('rak_dispute_read');
  const limit = Number(request.query.get('limit') ?? usualLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit) {
    const message = `This value must be between 1 and ${largestLimit}.`;
    return stripeError(400, 'invalid_request_error', message, { param: 'limit' });
  }
  const all = found(name, account, request.query, double);
  const after = request.query.get('starting_after');
  const place = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== null && place === 0) {
    const message = `No such ${name.replace(/s$/, '')}: '${after}'`;
    return stripeError(404, 'invalid_request_error', message, { code: 'resource_missing', param: 'starting_after' });
  }
  const { items, next } = pageOf(all, place, limit, double.faults);
  return json({ object: 'list', url: `/v1/${name}`, has_more: next !== null, data: items });
}

function found(name: string, account: AccountTruth, query: URLSearchParams, double: StripeDouble): StripeObject[] {
  const [from, to] = createdRange(query, double);
  const since = name === 'events' ? Math.max(from, double.clock.seconds() - eventDays * daySeconds) : from;
  const types = query.getAll('types[]');
  const status = query.get('status');
  return double.state.lists.of(double, [account.id, name, since, to, ...types, status].join('/'), () => {
    const orders = double.state.orders
      .created(account, since * 1000 - changesMs, to * 1000 + 1000)
      .filter(({ isTest }) => !isTest);
    const all = new Map<string, StripeObject>();
    for (const one of orders.flatMap(makers.get(name)!)) if (!all.has(one.id)) all.set(one.id, one);
    return [...all.values()]
      .filter(({ created }) => created >= since && created <= to)
      .filter((one) => types.length === 0 || types.includes(String(one['type'])))
      .filter((one) => name !== 'subscriptions' || status === 'all' || one['status'] !== 'canceled')
      .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  });
}

/** First and last second that are asked for. */
function createdRange(query: URLSearchParams, { clock, state }: StripeDouble): [number, number] {
  const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
  const after = number('created[gt]');
  const before = number('created[lt]');
  const first = number('created[gte]') ?? (after === null ? state.orders.firstDay * daySeconds : after + 1);
  const last = number('created[lte]') ?? (before === null ? clock.seconds() : before - 1);
  return [first, Math.min(last, clock.seconds())];
}

/** Days that a request asks for. */
export function daysAsked({ query }: DoubleRequest): number | null {
  const from = query.get('created[gte]');
  const to = query.get('created[lte]') ?? query.get('created[lt]');
  return from === null || to === null ? null : Math.ceil((Number(to) - Number(from)) / daySeconds);
}
