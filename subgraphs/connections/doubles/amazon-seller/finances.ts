import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { decimal } from '../truth/stable.pure.ts';
import { invalidInput } from './errors.pure.ts';
import { orderNumber } from './orders.ts';
import { marketplaceAsked, sellerId, type AmazonDouble, type PostingTruth } from './state.ts';

const dayMs = 86_400_000;
const pageRows = 500;
const longestDays = 180;
/** Orders are shipped and refunded at the latest so long after they were made. */
const changesMs = 61 * dayMs;

/** `GET /finances/2024-06-19/transactions`: what was shipped and refunded, with Amazon's fees. */
export function transactions(request: DoubleRequest, double: AmazonDouble): Answer {
  const { query } = request;
  const account = double.state.orders.account(marketplaceAsked(request) ?? '');
  if (!account) return invalidInput('marketplaceId is not known.');
  const from = Date.parse(query.get('postedAfter') ?? '');
  const to = Date.parse(query.get('postedBefore') ?? '') || double.clock.now();
  if (Number.isNaN(from)) return invalidInput('postedAfter is required.');
  if (to - from > longestDays * dayMs) return invalidInput(`The range is longer than ${longestDays} days.`);
  const token = query.get('nextToken');
  const start = token === null ? 0 : placeOf(token);
  if (start === null) return invalidInput('nextToken is not valid.');
  const found = double.state.postings.of(double, `${account.id}/${from}/${to}`, () =>
    postings(account, from, to, double),
  );
  const { items, next } = pageOf(found, start, pageRows, double.faults);
  return json({
    payload: {
      transactions: items.map((posting) => shown(posting, account)),
      ...(next === null ? {} : { nextToken: cursorOf(next) }),
    },
  });
}

function postings(account: AccountTruth, from: number, to: number, { state }: AmazonDouble): PostingTruth[] {
  return state.orders
    .created(account, from - changesMs, to)
    .filter(({ isTest }) => !isTest)
    .flatMap((order): PostingTruth[] => {
      const number = orderNumber(order);
      const { id, shippedAt: at, amount: sales, refunds } = order;
      return [
        ...(at === null ? [] : [{ id: `S${id}`, type: 'Shipment' as const, at, order: number, sales }]),
        ...refunds.map((refund) => ({
          id: `R${refund.id}`,
          type: 'Refund' as const,
          at: refund.at,
          order: number,
          sales: -refund.amount,
        })),
      ];
    })
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function shown({ id, type, at, order, sales }: PostingTruth, { id: marketplaceId, currency }: AccountTruth): unknown {
  const fee = (-sales * 15n) / 100n;
  const money = (amount: bigint) => ({ currencyAmount: Number(decimal(amount)), currencyCode: currency });
  return {
    sellingPartnerMetadata: { sellingPartnerId: sellerId, accountType: 'Standard Orders', marketplaceId },
    relatedIdentifiers: [{ relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: order }],
    transactionType: type,
    transactionId: id,
    transactionStatus: 'RELEASED',
    description: type === 'Refund' ? 'Refund Order' : 'Order Payment',
    postedDate: new Date(at).toISOString(),
    totalAmount: money(sales + fee),
    marketplaceDetails: { marketplaceId },
    breakdowns: [
      { breakdownType: 'Sales', breakdownAmount: money(sales), breakdowns: [] },
      { breakdownType: 'Expenses', breakdownAmount: money(fee), breakdowns: [] },
    ],
  };
}
