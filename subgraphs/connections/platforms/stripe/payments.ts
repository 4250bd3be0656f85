import { z } from 'zod';
import { regionOf } from '../kit/region.pure.ts';
import { createdStream, isLive, listed, money } from './created-stream.ts';

const amounts = { ...listed, amount: z.number().int(), currency: z.string() };
const text = z.string().nullish();

const charge = z.looseObject({
  ...amounts,
  amount_refunded: z.number().int().default(0),
  status: z.string(),
  disputed: z.boolean().nullish(),
  captured: z.boolean().nullish(),
  amount_captured: z.number().int().nullish(),
  payment_intent: text,
  customer: text,
  failure_code: text,
  billing_details: z.looseObject({ address: z.looseObject({ country: text, state: text }).nullish() }).nullish(),
});

function marketOf({ billing_details: billed }: z.infer<typeof charge>): string | null {
  return regionOf(billed?.address?.country, billed?.address?.state);
}

/** Charges that succeeded count on their day with what was captured, in the currency of the customer. */
export const charges = createdStream<z.infer<typeof charge>>({
  name: 'charges',
  title: 'Charges',
  row: charge,
  changes: ['charge.succeeded', 'charge.failed', 'charge.captured', 'charge.refunded', 'charge.updated'],
  toItem: (row, slice) => {
    const counts = row.status === 'succeeded' && row.captured !== false && isLive(slice);
    const { currency, micros } = money(row.amount_captured ?? row.amount, row.currency);
    return {
      key: row.id,
      kind: 'payment',
      occurredAt: new Date(row.created * 1000),
      updatedAt: null,
      channel: 'Direct',
      region: marketOf(row),
      currency,
      conversions: counts ? 1 : 0,
      revenue: counts ? micros : 0n,
      details: {
        status: row.status,
        amount: row.amount,
        refunded: row.amount_refunded,
        disputed: row.disputed === true,
        intent: row.payment_intent ?? null,
        customer: row.customer ?? null,
        failure: row.failure_code ?? null,
      },
    };
  },
});

const refund = z.looseObject({ ...amounts, charge: text, status: text, reason: text });

/** Each refund counts on the day it was made, so that those of old charges change the right day. */
export const refunds = createdStream<z.infer<typeof refund>>({
  name: 'refunds',
  title: 'Refunds',
  row: refund,
  changes: ['refund.updated', 'refund.failed'],
  toItem: (row, slice) => {
    const { currency, micros } = money(row.amount, row.currency);
    const counts = row.status !== 'failed' && row.status !== 'canceled' && isLive(slice);
    return {
      key: row.id,
      kind: 'refund',
      occurredAt: new Date(row.created * 1000),
      updatedAt: null,
      channel: 'Direct',
      currency,
      revenue: counts ? -micros : 0n,
      details: { charge: row.charge ?? null, status: row.status ?? null, reason: row.reason ?? null },
    };
  },
});

const balanceTransaction = z.looseObject({
  ...amounts,
  fee: z.number().int(),
  net: z.number().int(),
  reporting_category: text,
  type: text,
  source: text,
  status: text,
});

/** What reached the balance, with fees, in the currency it is paid out in. Charges count already, so this adds nothing. */
export const balanceTransactions = createdStream<z.infer<typeof balanceTransaction>>({
  name: 'balance_transactions',
  title: 'Fees and what is left',
  row: balanceTransaction,
  toItem: (row) => ({
    key: row.id,
    kind: 'event',
    occurredAt: new Date(row.created * 1000),
    updatedAt: null,
    channel: null,
    currency: row.currency.toUpperCase(),
    details: {
      amount: row.amount,
      fee: row.fee,
      net: row.net,
      category: row.reporting_category ?? null,
      type: row.type ?? null,
      source: row.source ?? null,
      status: row.status ?? null,
    },
  }),
});
