import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { OrdersTruth } from '../truth/orders-truth.ts';

/** A query over everything that runs on its own. */
export interface BulkJob {
  id: string;
  shop: string;
  query: string;
  createdAt: number;
}

export interface ShopifyState {
  orders: OrdersTruth;
  /** Lists that are being paged. */
  lists: Memo<Record<string, unknown>[]>;
  bulk: Map<string, BulkJob>;
  /** Points that were used by shop, and when last. */
  spent: Map<string, { points: number; at: number }>;
  /** The youngest grant that was used by shop; it ends those before it. */
  newestGrant: Map<string, number>;
}

export type ShopifyDouble = Running<ShopifyState>;

/** What a shop's address begins with, in the order of the accounts. */
export const shopNames = ['nordwind-europe', 'nordwind-pacific', 'partner-agency', 'nordwind-uk'] as const;

/** Tokens of custom apps, one of each shop. */
export const shopTokens = shopNames.map((name) => `shpat_double_${name.replaceAll('-', '_')}`);

export function shopifyState(environment: Environment): ShopifyState {
  const accounts = accountsTruth('shopify', environment).map((account) => ({
    ...account,
    id: `${shopNames[account.index]}.myshopify.com`,
  }));
  const orders = new OrdersTruth(environment, { world: worldOf('shopify')!, accounts });
  return { orders, lists: new Memo(), bulk: new Map(), spent: new Map(), newestGrant: new Map() };
}

/** The shop whose address was asked; undefined for one that does not exist. */
export function shopOf({ params }: DoubleRequest, { state }: ShopifyDouble): AccountTruth | undefined {
  return state.orders.account(`${params.shop}.myshopify.com`);
}
