import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { OrdersTruth, type OrderTruth } from '../truth/orders-truth.ts';

/** A report that was asked for. */
export interface ReportTruth {
  id: string;
  type: string;
  marketplace: string;
  /** Days as they were asked for. */
  from: string;
  to: string;
  createdAt: number;
  /** How often it was looked at; it is ready after a few looks, as the clock may stand still. */
  looks: number;
  isFatal: boolean;
}

/** Money that Amazon booked for an order. */
export interface PostingTruth {
  id: string;
  type: 'Shipment' | 'Refund';
  at: number;
  order: string;
  /** Micros; negative when given back. */
  sales: bigint;
}

export interface AmazonState {
  orders: OrdersTruth;
  /** Orders that are being paged. */
  lists: Memo<OrderTruth[]>;
  /** Transactions that are being paged. */
  postings: Memo<PostingTruth[]>;
  reports: Map<string, ReportTruth>;
  /** Calls by operation that have not been given back yet, and when last. */
  buckets: Map<string, { used: number; at: number }>;
}

export type AmazonDouble = Running<AmazonState>;

interface Marketplace {
  id: string;
  country: string;
  domain: string;
  store: string;
  currency: string;
  timeZone: string;
}

/** Marketplaces of a seller in Europe, in the order of the accounts; he does not sell at the third. */
const marketplaces: readonly Marketplace[] = [
  {
    id: 'A1PA6795UKMFR9',
    country: 'DE',
    domain: 'www.amazon.de',
    store: 'Nordwind Europe',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  },
  {
    id: 'A21TJRUUN4KGV',
    country: 'IN',
    domain: 'www.amazon.in',
    store: 'Nordwind India',
    currency: 'INR',
    timeZone: 'Asia/Kolkata',
  },
  {
    id: 'A2NODRKZP88ZB9',
    country: 'SE',
    domain: 'www.amazon.se',
    store: 'Nordwind Sweden',
    currency: 'SEK',
    timeZone: 'Europe/Stockholm',
  },
  {
    id: 'A1F83G8C2ARO7P',
    country: 'GB',
    domain: 'www.amazon.co.uk',
    store: 'Nordwind United Kingdom',
    currency: 'GBP',
    timeZone: 'Europe/London',
  },
];

export const sellerId = 'A2NORDWINDSELL';
export const selfAuthorised = 'Atzr|double-self-authorised-refresh-token';

export function amazonState(environment: Environment): AmazonState {
  const { tokens } = environment;
  if (tokens.check(selfAuthorised, 'refresh') === 'unknown')
    tokens.add(selfAuthorised, tokens.grant([], null), 'refresh');
  const accounts = accountsTruth('amazon_seller', environment).map((account) => {
    const { id, store: name, currency, timeZone } = marketplaces[account.index]!;
    return { ...account, id, name, currency, timeZone };
  });
  const orders = new OrdersTruth(environment, {
    world: worldOf('amazon_seller')!,
    accounts,
    historyDays: 740,
    digits: 17,
  });
  return { orders, lists: new Memo(), postings: new Memo(), reports: new Map(), buckets: new Map() };
}

/** What Amazon says of the marketplace of an account. */
export function marketplaceOf({ index }: AccountTruth): Marketplace {
  return marketplaces[index]!;
}

/** The marketplace that a request is about; null when it names none or several. */
export function marketplaceAsked(request: DoubleRequest): string | null {
  const listed = request.json<{ marketplaceIds?: string[] }>()?.marketplaceIds?.join();
  const named = listed ?? request.query.get('marketplaceIds') ?? request.query.get('marketplaceId') ?? '';
  return named === '' || named.includes(',') ? null : named;
}

/** Whether an order counts: what was cancelled was not sold. */
export function isSold({ isTest, cancelledAt }: OrderTruth): boolean {
  return !isTest && cancelledAt === null;
}
