import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { invalidInput } from './errors.pure.ts';
import { marketplaceAsked, marketplaceOf, type AmazonDouble } from './state.ts';

const largestPage = 100;
const tokenMs = 24 * 3_600_000;
/** Payment is looked into for so long; there is no price meanwhile. */
const pendingMs = 30 * 60_000;
const tooYoungMs = 2 * 60_000;

/** What is asked for, checked. */
interface Search {
  account: AccountTruth;
  list: 'created' | 'updated';
  after: number;
  size: number;
  start: number;
}

/** `GET /orders/2026-01-01/orders`. */
export function searchOrders(request: DoubleRequest, double: AmazonDouble): Answer {
  const search = readSearch(request, double);
  if ('status' in search) return search;
  const { account, list, after, start, size } = search;
  const { state, clock, faults } = double;
  const found = state.lists.of(double, `${account.id}/${list}/${after}`, () =>
    state.orders[list](account, after, clock.now() + 1).filter(({ isTest }) => !isTest),
  );
  const { items, next } = pageOf(found, start, size, faults);
  const included = new Set((request.query.get('includedData') ?? '').split(','));
  const before = new Date(clock.now() - tooYoungMs).toISOString();
  return json({
    orders: items.map((order) => orderNode(order, account, included, clock.now())),
    pagination: next === null ? {} : { nextToken: `${cursorOf(next)}.${clock.now()}` },
    lastUpdatedBefore: before,
    createdBefore: before,
  });
}

function readSearch(request: DoubleRequest, { state, clock }: AmazonDouble): Search | Answer {
  const { query } = request;
  const account = state.orders.account(marketplaceAsked(request) ?? '');
  if (!account) return invalidInput('marketplaceIds must name one marketplace here.');
  const given = ['createdAfter', 'lastUpdatedAfter'].filter((name) => query.has(name));
  const after = Date.parse(query.get(given.join()) ?? '');
  if (Number.isNaN(after)) return invalidInput('Give exactly one of createdAfter and lastUpdatedAfter.');
  if (after > clock.now() - tooYoungMs) return invalidInput('The time must be two minutes before now or earlier.');
  const size = Number(query.get('maxResultsPerPage') ?? largestPage);
  if (!(size >= 1 && size <= largestPage)) return invalidInput('maxResultsPerPage must be between 1 and 100.');
  const start = placeIn(query.get('paginationToken'), clock.now());
  if (start === null) return invalidInput('paginationToken is invalid or has expired.');
  return { account, list: given.includes('createdAfter') ? 'created' : 'updated', after, size, start };
}

/** Where a token leads to; null for one that is none or too old. */
function placeIn(token: string | null, now: number): number | null {
  if (token === null) return 0;
  const [cursor = '', issued = ''] = token.split('.');
  return Number(issued) + tokenMs > now ? placeOf(cursor) : null;
}

function statusOf({ createdAt, cancelledAt, shippedAt }: OrderTruth, now: number): string {
  if (cancelledAt !== null) return 'CANCELLED';
  if (shippedAt !== null) return 'SHIPPED';
  return createdAt > now - pendingMs ? 'PENDING' : 'UNSHIPPED';
}

function orderNode(order: OrderTruth, account: AccountTruth, included: ReadonlySet<string>, now: number): unknown {
  const status = statusOf(order, now);
  const hasPrice = included.has('PROCEEDS') && status !== 'PENDING';
  const money = (amount: bigint) => ({ amount: decimal(amount), currencyCode: account.currency });
  return {
    orderId: orderNumber(order),
    createdTime: new Date(order.createdAt).toISOString(),
    lastUpdatedTime: new Date(order.updatedAt).toISOString(),
    salesChannel: { channelName: 'AMAZON', marketplaceId: account.id, marketplaceName: domainOf(account) },
    fulfillment: { fulfillmentStatus: status, fulfilledBy: 'AMAZON' },
    ...(included.has('BUYER') ? { buyer: { buyerName: order.customer.firstName, email: order.customer.email } } : {}),
    ...(hasPrice ? { proceeds: { grandTotal: money(order.amount) } } : {}),
    orderItems: order.items.map(({ sku, title, quantity, price }, index) => ({
      orderItemId: `${order.id}${index}`,
      product: {
        asin: asinOf(sku),
        sellerSku: sku,
        title,
        ...(hasPrice ? { price: { unitPrice: money(price) } } : {}),
      },
      quantityOrdered: quantity,
    })),
  };
}

/** `304-1234567-1234567`. */
export function orderNumber({ id }: OrderTruth): string {
  return `${id.slice(0, 3)}-${id.slice(3, 10)}-${id.slice(10)}`;
}

function domainOf(account: AccountTruth): string {
  return marketplaceOf(account).domain.replace('www.a', 'A');
}

function asinOf(sku: string): string {
  return `B0${sku.replace(/\D/g, '').padStart(8, 'N')}`;
}
