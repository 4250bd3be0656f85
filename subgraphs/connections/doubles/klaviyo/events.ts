import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { decimal } from '../truth/stable.pure.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { isoIn } from '../truth/zone.pure.ts';
import { badParameter } from './answers.pure.ts';
import { equalTo, meetsTime, parseFilter } from './filter.pure.ts';
import { resourcePage, type Resource } from './paging.ts';
import {
  accountOf,
  idOf,
  placedOrders,
  type Event,
  type KlaviyoDouble,
  type MetricName,
  type Sender,
} from './state.ts';

const dayMs = 86_400_000;

/** `GET /api/events`: orders, refunds, and clicks in messages before orders. */
export function events(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const parts = parseFilter(request.query.get('filter') ?? '');
  if (!parts) return badParameter('filter', 'The filter is invalid.');
  const sort = request.query.get('sort') ?? '-datetime';
  if (!['datetime', '-datetime', 'timestamp', '-timestamp'].includes(sort))
    return badParameter('sort', `Sorting by ${sort} is not possible.`);
  const account = accountOf(request, double);
  const wanted = equalTo(parts, 'metric_id');
  const since = Math.max(
    0,
    ...parts.filter(({ field }) => field === 'datetime').map(({ value }) => Date.parse(value) - 30 * dayMs),
  );
  const sign = sort.startsWith('-') ? -1 : 1;
  const found = double.state.events.of(double, JSON.stringify([account.id, parts, sort]), () =>
    everyEvent(account, since, double)
      .filter(({ at, metric }) => meetsTime(parts, 'datetime', at) && (wanted === null || metric === wanted))
      .sort((a, b) => sign * (a.at - b.at || (a.id < b.id ? -1 : 1))),
  );
  const include = (request.query.get('include') ?? '').split(',');
  const sizes = { usual: 200, most: 1000 };
  return resourcePage(found, request, double, sizes, {
    included: (page) => included(page, include, double, account),
    shown: (event) => resource(event, account),
  });
}

/** Events from some time before `since` on. */
function everyEvent(account: AccountTruth, since: number, double: KlaviyoDouble): Event[] {
  const now = double.clock.now();
  return placedOrders(account, since - 60 * dayMs, now + 1, double).flatMap(({ order, sender }) => {
    const profile = { id: order.customer.id, email: order.customer.email };
    const make = (
      metric: MetricName,
      at: number,
      key: string,
      properties: Record<string, unknown>,
      by: Sender | null,
    ): Event => ({
      type: 'event',
      id: idOf(double, account, 'event', `${key}/${order.id}`, 11),
      at,
      metric: idOf(double, account, 'metric', metric),
      profile,
      sender: by,
      attributes: { event_properties: properties },
    });
    const currency = { $currency_code: order.currency };
    const placed = make(
      'Placed Order',
      order.createdAt,
      'order',
      {
        $event_id: order.id,
        $value: Number(decimal(order.amount)),
        ...currency,
        OrderId: order.id,
        ItemCount: order.items.length,
        Items: order.items.map(({ title }) => title),
      },
      sender,
    );
    const refunds = order.refunds.map(({ at, amount, id }) =>
      make(
        'Refunded Order',
        at,
        `refund/${id}`,
        { $event_id: id, $value: Number(decimal(amount)), ...currency, OrderId: order.id },
        null,
      ),
    );
    const clicks = order.visits.map(({ at, campaign, channel }, index) =>
      make(
        channel === 'SMS' ? 'Clicked SMS' : 'Clicked Email',
        at,
        `click/${index}`,
        { 'Campaign Name': campaign, $message: campaign },
        null,
      ),
    );
    return [placed, ...refunds, ...clicks];
  });
}

function resource({ id, at, metric, profile, sender, attributes }: Event, { timeZone }: AccountTruth): Resource {
  const related = (type: string, of: string) => ({ data: { type, id: of } });
  return {
    type: 'event',
    id,
    attributes: {
      timestamp: Math.floor(at / 1000),
      datetime: isoIn(timeZone, at, true),
      event_properties: attributes.event_properties,
      uuid: `${id.slice(0, 8).toLowerCase()}-0000-11ee-8001-000000000000`,
    },
    relationships: {
      metric: related('metric', metric),
      profile: related('profile', profile.id),
      attributions: { data: sender ? [{ type: 'attribution', id: `${id}-1` }] : [] },
    },
  };
}

function included(
  page: readonly Event[],
  include: readonly string[],
  double: KlaviyoDouble,
  account: AccountTruth,
): Resource[] {
  const found = new Map<string, Resource>();
  const add = (one: Resource): unknown => found.set(`${one.type}/${one.id}`, one);
  for (const { id, metric, profile, sender } of page) {
    if (include.includes('metric'))
      add({ type: 'metric', id: metric, attributes: { name: metricNameOf(metric, account, double) } });
    if (include.includes('profile')) add({ type: 'profile', id: profile.id, attributes: { email: profile.email } });
    if (include.includes('attributions') && sender) add(attribution(`${id}-1`, sender));
  }
  return [...found.values()];
}

function attribution(id: string, { kind, id: of, messageId }: Sender): Resource {
  return {
    type: 'attribution',
    id,
    attributes: {},
    relationships: {
      [kind]: { data: { type: kind, id: of } },
      [`${kind}-message`]: { data: { type: `${kind}-message`, id: messageId } },
    },
  };
}

function metricNameOf(id: string, account: AccountTruth, double: KlaviyoDouble): string {
  const names: readonly MetricName[] = ['Placed Order', 'Refunded Order', 'Clicked Email', 'Clicked SMS'];
  return names.find((name) => idOf(double, account, 'metric', name) === id) ?? '';
}
