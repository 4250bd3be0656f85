import { z } from 'zod';
import type { Answer, Item, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { micros } from '../kit/money.pure.ts';

const money = z.looseObject({ currency_code: z.string(), value: z.string() });

const transaction = z.looseObject({
  transaction_info: z.looseObject({
    transaction_id: z.string(),
    paypal_reference_id: z.string().optional(),
    paypal_reference_id_type: z.string().optional(),
    transaction_event_code: z.string(),
    transaction_initiation_date: z.string(),
    transaction_updated_date: z.string().optional(),
    transaction_amount: money,
    fee_amount: money.optional(),
    transaction_status: z.string(),
    invoice_id: z.string().optional(),
  }),
});

type Transaction = z.infer<typeof transaction>;
type Info = Transaction['transaction_info'];

/** Status changes of older rows are rare: what was pending for longer was settled by hand. */
const readAgainSeconds = 7 * 86_400;

interface Report {
  transaction_details?: unknown[];
  page?: number;
  total_pages?: number;
}

/**
 * The transaction report, by currency. A window may have 31 days and 10,000 rows; PayPal says so when it has more. There
 * is no filter for changes, so the last days are read again, and the last three hours are not there yet.
 */
export const transactions = defineStream<Transaction>({
  name: 'transactions',
  title: 'Payments and refunds',
  delivers: ['items'],
  basis: 'paid',
  scopes: ['https://uri.paypal.com/services/reporting/search/read'],
  // An id alone is not unique.
  key: [
    'transaction_info.transaction_id',
    'transaction_info.transaction_event_code',
    'transaction_info.transaction_initiation_date',
    'transaction_info.transaction_amount.value',
  ],
  row: transaction,
  cursor: { by: 'update', overlapSeconds: readAgainSeconds, windowDays: 30, historyDays: 1090, lateHours: 3 },
  pageSize: 500,
  request: (slice, at) => ({
    url: '/reporting/transactions',
    query: {
      start_date: second(slice.since),
      end_date: second(lastSecond(slice)),
      transaction_currency: slice.account.currency,
      fields: 'transaction_info',
      // Without it authorisations would count as payments.
      balance_affecting_records_only: 'Y',
      page_size: slice.pageSize,
      page: (at as number | null) ?? 1,
    },
  }),
  rows: ({ body }) => (body as Report).transaction_details ?? [],
  next: ({ body }: Answer) => {
    const { page = 1, total_pages: pages = 1 } = body as Report;
    return page < pages ? page + 1 : null;
  },
  map: ({ transaction_info: info }) => {
    const item = itemOf(info);
    return item && { items: [item] };
  },
});

/** Both ends of PayPal's windows are inclusive, and have no fractions of a second. */
function lastSecond({ since, until }: Slice): Date {
  return new Date(Math.max(since.getTime(), until.getTime() - 1));
}

/** RFC 3339 with seconds. */
export function second(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** T00 are payments; T11 and T12 give money back, to buyers or, when a chargeback was won, to the merchant. */
const payment = /^T00/;
const givenBack = /^T(?:1106|1107|1110|1201|1202)$/;
/** A payment that was reversed later stands: the reversal is a row of its own. */
const settled = new Set(['S', 'V']);

/** Null for what is no sale: fees, conversions, withdrawals, what the merchant paid himself. */
function itemOf(info: Info): Item | null {
  const amount = micros(info.transaction_amount.value);
  const kind = kindOf(info.transaction_event_code, amount);
  if (!kind) return null;
  const counts = settled.has(info.transaction_status);
  const { transaction_id: id, transaction_event_code: event, transaction_initiation_date: begun } = info;
  return {
    key: `${id}/${event}/${begun}/${info.transaction_amount.value}`,
    kind,
    occurredAt: instant(begun),
    updatedAt: info.transaction_updated_date ? instant(info.transaction_updated_date) : null,
    channel: 'Direct',
    currency: info.transaction_amount.currency_code,
    conversions: counts && kind === 'payment' ? 1 : 0,
    revenue: counts ? amount : 0n,
    details: {
      transaction: id,
      event,
      status: info.transaction_status,
      fee: info.fee_amount?.value ?? null,
      invoice: info.invoice_id ?? null,
      reference: info.paypal_reference_id ?? null,
      referenceType: info.paypal_reference_id_type ?? null,
    },
  };
}

function kindOf(event: string, amount: bigint): Item['kind'] | null {
  if (payment.test(event)) return amount > 0n ? 'payment' : null;
  if (!givenBack.test(event)) return null;
  return amount < 0n || event === 'T1202' ? 'refund' : null;
}

/** Offsets come without a colon, which not every reader of dates takes. Throws RangeError for what is no instant. */
function instant(text: string): Date {
  const date = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(date.getTime())) throw new RangeError(`${text} is no instant.`);
  return date;
}
