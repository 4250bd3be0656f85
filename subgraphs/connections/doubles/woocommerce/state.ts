import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { OrdersTruth, type OrderTruth } from '../truth/orders-truth.ts';

export interface WooState {
  orders: OrdersTruth;
  /** Orders that are being paged, by id. */
  lists: Memo<OrderTruth[]>;
}

export type WooDouble = Running<WooState>;

/** What a store's address begins with, in the order of the accounts. */
export const storeNames = ['nordwind-europe', 'nordwind-pacific', 'partner-agency', 'nordwind-uk'] as const;
export const consumerSecret = 'cs_double';

/** Key of a store; all have the same secret. */
export function consumerKey(store: string): string {
  return `ck_double_${store.replaceAll('-', '_')}`;
}

/** Every store is one of its own; cancelled orders stay, those made to try the shop do not exist. */
export function wooState(environment: Environment): WooState {
  const accounts = accountsTruth('woocommerce', environment).map((account) => ({
    ...account,
    id: `${storeNames[account.index]}.store.example`,
  }));
  const orders = new OrdersTruth(environment, { world: worldOf('woocommerce')!, accounts, digits: 9 });
  return { orders, lists: new Memo() };
}

export function storeOf({ url }: DoubleRequest, { state }: WooDouble): AccountTruth | undefined {
  return state.orders.account(url.hostname);
}
