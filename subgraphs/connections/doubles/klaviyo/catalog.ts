import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { isoIn } from '../truth/zone.pure.ts';
import { api, badParameter } from './answers.pure.ts';
import { equalTo, meetsTime, parseFilter } from './filter.pure.ts';
import { resourcePage, type Resource } from './paging.ts';
import { accountOf, idOf, metricNames, placedOrders, senders, type KlaviyoDouble, type Sender } from './state.ts';

const channels = ['email', 'sms', 'mobile_push'];

/** `GET /api/accounts`: the one the token belongs to. */
export function accounts(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const { id, name, currency, timeZone } = accountOf(request, double);
  const attributes = {
    test_account: false,
    contact_information: { organization_name: name },
    industry: 'Retail',
    timezone: timeZone,
    preferred_currency: currency,
    public_api_key: id,
    locale: 'en-US',
  };
  return api({
    data: [{ type: 'account', id, attributes }],
    links: { self: request.url.href, next: null, prev: null },
  });
}

/** `GET /api/metrics`. */
export function metrics(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const account = accountOf(request, double);
  const all = metricNames.map((name): Resource => {
    const integration = name.endsWith('Order') ? 'Shopify' : 'Klaviyo';
    const attributes = {
      name,
      created: stamp(0),
      updated: stamp(0),
      integration: { object: 'integration', name: integration },
    };
    return { type: 'metric', id: idOf(double, account, 'metric', name), attributes };
  });
  return resourcePage(all, request, double, { usual: 200, most: 200 });
}

/** `GET /api/campaigns`: a channel has to be named. */
export function campaigns(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const parts = parseFilter(request.query.get('filter') ?? '');
  const channel = parts && equalTo(parts, 'messages.channel');
  if (!parts || channel === null || !channels.includes(channel))
    return badParameter('filter', "A channel filter is required: equals(messages.channel,'email').");
  const account = accountOf(request, double);
  const all = senders(account, double)
    .filter((sender) => sender.kind === 'campaign' && sender.channel === channel)
    .map((sender) => campaign(sender, account, double))
    .filter(({ attributes }) => meetsTime(parts, 'updated_at', Date.parse(String(attributes.updated_at))));
  return resourcePage(all, request, double, { usual: 100, most: 100 });
}

function campaign({ id, messageId, name, channel }: Sender, account: AccountTruth, { state }: KlaviyoDouble): Resource {
  const entity = state.ads.campaigns(account).find((one) => one.name === name)!;
  return {
    type: 'campaign',
    id,
    attributes: {
      name,
      status: 'Sent',
      archived: false,
      created_at: stamp(entity.createdAt),
      updated_at: stamp(entity.updatedAt),
      send_time: stamp(entity.createdAt),
      send_options: channel === 'email' ? { use_smart_sending: true } : {},
    },
    relationships: { 'campaign-messages': { data: [{ type: 'campaign-message', id: messageId }] } },
  };
}

/** `GET /api/flows`. */
export function flows(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const account = accountOf(request, double);
  const entities = new Map(double.state.ads.campaigns(account).map((entity) => [entity.name, entity]));
  const all = senders(account, double)
    .filter(({ kind }) => kind === 'flow')
    .map(({ id, name }): Resource => {
      const { createdAt, updatedAt } = entities.get(name)!;
      const attributes = {
        name,
        status: 'live',
        archived: false,
        created: stamp(createdAt),
        updated: stamp(updatedAt),
        trigger_type: 'Metric',
      };
      return { type: 'flow', id, attributes };
    });
  return listed(all, request, double, { usual: 50, most: 50 });
}

/** `GET /api/lists` and `/api/segments`. */
export function groups(type: 'list' | 'segment', names: readonly string[]) {
  return (request: DoubleRequest, double: KlaviyoDouble): Answer => {
    const account = accountOf(request, double);
    const all = names.map((name): Resource => {
      const attributes = { name, created: stamp(0), updated: stamp(0) };
      return { type, id: idOf(double, account, type, name), attributes };
    });
    return listed(account.kind === 'empty' ? [] : all, request, double, { usual: 10, most: 10 });
  };
}

/** `GET /api/profiles`: those who ordered. */
export function profiles(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const account = accountOf(request, double);
  const found = new Map<string, Resource>();
  for (const { order } of placedOrders(account, 0, double.clock.now() + 1, double)) {
    const { id, email, firstName, lastName, country } = order.customer;
    const created = found.get(id)?.attributes.created ?? isoIn('UTC', order.createdAt, true);
    const attributes = {
      email,
      first_name: firstName,
      last_name: lastName,
      location: { country },
      created,
      updated: isoIn('UTC', order.createdAt, true),
    };
    found.set(id, { type: 'profile', id, attributes });
  }
  return listed([...found.values()], request, double, { usual: 20, most: 100 });
}

function listed(
  all: Resource[],
  request: DoubleRequest,
  double: KlaviyoDouble,
  sizes: { usual: number; most: number },
): Answer {
  const parts = parseFilter(request.query.get('filter') ?? '');
  if (!parts) return badParameter('filter', 'The filter is invalid.');
  const read = all.filter(({ attributes }) => meetsTime(parts, 'updated', Date.parse(String(attributes.updated))));
  return resourcePage(read, request, double, sizes);
}

function stamp(instant: number): string {
  return isoIn('UTC', instant, true);
}
