import { Random } from '../../mock/random.pure.ts';
import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { Resource } from './paging.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { AdsTruth } from '../truth/ads-truth.ts';
import { OrdersTruth, type OrderTruth } from '../truth/orders-truth.ts';
import { stableText } from '../truth/stable.pure.ts';

export type Channel = 'email' | 'sms';

/** A campaign, or a flow that runs by itself. */
export interface Sender {
  id: string;
  messageId: string;
  name: string;
  kind: 'campaign' | 'flow';
  channel: Channel;
}

/** An order as Klaviyo was told of it. */
export interface PlacedOrder {
  order: OrderTruth;
  /** What Klaviyo says brought it; null for nothing of its own. */
  sender: Sender | null;
}

/** Something that a person did, or that happened to an order. */
export interface Event extends Resource {
  at: number;
  metric: string;
  profile: { id: string; email: string };
  sender: Sender | null;
}

interface KlaviyoState {
  ads: AdsTruth;
  orders: OrdersTruth;
  accounts: readonly AccountTruth[];
  /** Instants of calls by account and endpoint. */
  calls: Map<string, number[]>;
  /** Events that are being paged. */
  events: Memo<Event[]>;
}

export type KlaviyoDouble = Running<KlaviyoState>;

/** Days in which orders are still told of; a few of them come late. */
const lateDays = 2;
const attributionMs = 5 * 86_400_000;

export const metricNames = [
  'Placed Order',
  'Refunded Order',
  'Received Email',
  'Opened Email',
  'Clicked Email',
  'Received SMS',
  'Clicked SMS',
] as const;
export type MetricName = (typeof metricNames)[number];

export function klaviyoState(environment: Environment): KlaviyoState {
  const accounts = accountsTruth('klaviyo', environment, 6).map((account) => ({
    ...account,
    id: stableText(environment.seed, ['klaviyo', 'account', account.index], 6),
  }));
  const world = worldOf('klaviyo')!;
  const ads = new AdsTruth(environment, { world, accounts, lateDays: 5, historyDays: 800 });
  return {
    ads,
    orders: new OrdersTruth(environment, { world, accounts }),
    accounts,
    calls: new Map(),
    events: new Memo(),
  };
}

/** The private key of an account. */
export function privateKey({ index }: AccountTruth): string {
  return ['pk_double_europe', 'pk_double_pacific', 'pk_double_partner', 'pk_double_united_kingdom'][index]!;
}

/** A token belongs to one account. */
export function accountOf(request: DoubleRequest, { state }: KlaviyoDouble): AccountTruth {
  return state.accounts.find(({ id }) => request.grant?.accounts?.[0] === id) ?? state.accounts[0]!;
}

/** A short id of something in an account. */
export function idOf({ seed }: Environment, account: AccountTruth, kind: string, name: string, length = 6): string {
  return stableText(seed, ['klaviyo', account.index, kind, name], length);
}

/** What sends in an account, in a fixed order. */
export function senders(account: AccountTruth, { state, seed }: KlaviyoDouble): Sender[] {
  return state.ads.campaigns(account).map(({ name, channel }): Sender => {
    const keys = ['klaviyo', account.index, name];
    const kind = channel === 'Email Flows' ? 'flow' : 'campaign';
    return {
      id:
        kind === 'flow' ? stableText(seed, [...keys, 'flow'], 6) : `01J${stableText(seed, [...keys, 'campaign'], 23)}`,
      messageId:
        kind === 'flow' ? stableText(seed, [...keys, 'message'], 6) : `01J${stableText(seed, [...keys, 'm'], 23)}`,
      name,
      kind,
      channel: channel === 'SMS' ? 'sms' : 'email',
    };
  });
}

/** Orders from one instant to another that Klaviyo was told of by now, oldest first. */
export function placedOrders(account: AccountTruth, from: number, to: number, double: KlaviyoDouble): PlacedOrder[] {
  const all = senders(account, double);
  const now = double.clock.now();
  return double.state.orders
    .created(account, from, to)
    .filter((order) => !order.isTest && order.createdAt + lateness(order, double) <= now)
    .map((order) => {
      const last = order.visits.at(-1);
      const counts = last !== undefined && order.createdAt - last.at <= attributionMs;
      return { order, sender: counts ? (all.find(({ name }) => name === last.campaign) ?? null) : null };
    });
}

/** Most orders are told of at once, one in twenty within two days. */
function lateness({ id }: OrderTruth, { seed }: Environment): number {
  const random = new Random(seed, 'told', id);
  return random.uniform() < 0.95 ? 0 : random.uniform() * lateDays * 86_400_000;
}
