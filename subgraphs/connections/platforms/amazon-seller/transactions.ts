import { z } from 'zod';
import type { Json } from '../connector.ts';
import { defineStream } from '../connector.ts';

const money = z.looseObject({ currencyAmount: z.union([z.number(), z.string()]), currencyCode: z.string() });
const transaction = z.looseObject({
  transactionId: z.string(),
  transactionType: z.string(),
  transactionStatus: z.string().nullish(),
  postedDate: z.iso.datetime({ offset: true }),
  totalAmount: money,
  relatedIdentifiers: z
    .array(z.looseObject({ relatedIdentifierName: z.string(), relatedIdentifierValue: z.string().nullish() }))
    .nullish(),
  breakdowns: z.array(z.looseObject({ breakdownType: z.string(), breakdownAmount: money.nullish() })).nullish(),
});
type Transaction = z.infer<typeof transaction>;

interface Page {
  payload?: { transactions?: unknown[]; nextToken?: string | null };
}

/**
 * What Amazon posted to the seller's account: sales, refunds, fees. They add to no figures, as `sales_daily` has the
 * sales; refunds and fees are in the details. Some are posted two days late, and released later still.
 */
export const transactions = defineStream<Transaction>({
  name: 'transactions',
  title: 'Fees, refunds and payouts',
  delivers: ['items'],
  basis: 'paid',
  key: ['transactionId'],
  row: transaction,
  cursor: { by: 'update', overlapSeconds: 14 * 86_400, windowDays: 90, historyDays: 729, lateHours: 0.1 },
  pageSize: 0,
  request: ({ account, since, until }, at) => ({
    url: '/finances/2024-06-19/transactions',
    query: {
      marketplaceId: account.id,
      postedAfter: since.toISOString(),
      postedBefore: until.toISOString(),
      nextToken: (at as string | null) ?? undefined,
    },
  }),
  rows: ({ body }) => (body as Page).payload?.transactions ?? [],
  next: ({ body }): Json | null => (body as Page).payload?.nextToken || null,
  map: (row) => ({
    items: [
      {
        key: row.transactionId,
        kind: /refund/i.test(row.transactionType) ? 'refund' : 'event',
        occurredAt: new Date(row.postedDate),
        updatedAt: null,
        channel: null,
        currency: row.totalAmount.currencyCode,
        details: {
          type: row.transactionType,
          status: row.transactionStatus ?? null,
          total: row.totalAmount.currencyAmount,
          order: orderOf(row),
          parts: Object.fromEntries(
            (row.breakdowns ?? []).map((part) => [part.breakdownType, part.breakdownAmount?.currencyAmount ?? null]),
          ),
        },
      },
    ],
  }),
});

function orderOf({ relatedIdentifiers }: Transaction): string | null {
  const found = relatedIdentifiers?.find(({ relatedIdentifierName: name }) => name === 'ORDER_ID');
  return found?.relatedIdentifierValue ?? null;
}
