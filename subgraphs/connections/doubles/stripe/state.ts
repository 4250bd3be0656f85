import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { OrdersTruth } from '../truth/orders-truth.ts';
import type { StripeObject } from './objects.ts';

export interface StripeState {
  orders: OrdersTruth;
  /** Lists that are being paged, newest first. */
  lists: Memo<StripeObject[]>;
  /** Instants of calls by account. */
  calls: Map<string, number[]>;
}

export type StripeDouble = Running<StripeState>;

/** Restricted keys, one of each account; the one of Japan may not read disputes. */
export const stripeKeys = [
  'rk_live_double_europe',
  'rk_live_double_japan',
  'rk_live_double_partner',
  'rk_live_double_empty',
] as const;
export const testKey = 'rk_test_double_europe';
export const platformKey = 'rk_live_double_platform';

/** Stripe has no zone of its own in its interface, so days are those of UTC; one account sells in yen. */
export function stripeState(environment: Environment): StripeState {
  const accounts = accountsTruth('stripe', environment).map((account) => ({
    ...account,
    id: `acct_1${account.id}`,
    timeZone: 'UTC',
    ...(account.index === 1 ? { name: 'Nordwind Japan', currency: 'JPY' } : {}),
  }));
  const orders = new OrdersTruth(environment, { world: worldOf('stripe')!, accounts, digits: 16 });
  return { orders, lists: new Memo(), calls: new Map() };
}

/** Whose data a request is about: that of the key, or the one that a platform names. */
export function accountOf(request: DoubleRequest, { state }: StripeDouble): AccountTruth | undefined {
  const own = request.grant?.accounts ?? [];
  const named = request.header('stripe-account');
  if (named !== null) return own.includes(named) ? state.orders.account(named) : undefined;
  return state.orders.account(own[0] ?? '');
}
