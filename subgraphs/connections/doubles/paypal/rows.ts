import { dayNumber } from '../../mock/calendar.pure.ts';
import type { Totals, TotalsQuery } from '../kit/define-double.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal, stableText } from '../truth/stable.pure.ts';
import { isoIn } from '../truth/zone.pure.ts';
import { lastRefreshed, type PaypalDouble } from './state.ts';

/** A line of the transaction report. Money in micros, instants in ms. */
export interface PaypalRow {
  id: string;
  event: string;
  status: 'S' | 'P' | 'D';
  at: number;
  updatedAt: number;
  amount: bigint;
  fee: bigint;
  currency: string;
  reference: string | null;
  invoice: string | null;
  affectsBalance: boolean;
}

const dayMs = 86_400_000;
/** Refunds come at most so long after their payment. */
const refundsForMs = 60 * dayMs;
const pendingMs = 2 * dayMs;
const fixedFee = 350_000n;
const momentMs = 10_000;

/** Rows initiated from one instant (inclusive) to another (inclusive) that the report knows already, oldest first. */
export function rowsOf(account: AccountTruth, from: number, to: number, double: PaypalDouble): PaypalRow[] {
  const { state, clock } = double;
  const end = Math.min(to, lastRefreshed(double));
  const key = `${account.id}/${from}/${to}`;
  const moment = Math.floor(clock.now() / momentMs);
  const known = state.rows.get(key);
  if (known?.moment === moment) return known.rows;
  const rows = state.orders
    .created(account, from - refundsForMs, end + 1)
    .filter(({ isTest }) => !isTest)
    .flatMap((order) => linesOf(order, double))
    .concat(withdrawals(account, from, end, double))
    .filter(({ at }) => at >= from && at <= end)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  state.rows.set(key, { moment, rows });
  return rows;
}

function linesOf(order: OrderTruth, { seed, clock }: PaypalDouble): PaypalRow[] {
  const id = transactionId(seed, order.id);
  const isPending = order.id.endsWith('3') && order.createdAt + pendingMs > clock.now();
  const settled = isPending ? 'P' : 'S';
  const shared = { currency: order.currency, invoice: `INV-${order.number}`, reference: null, affectsBalance: true };
  const payment = (amount: bigint, at: number): PaypalRow => ({
    ...shared,
    id,
    event: 'T0006',
    status: order.cancelledAt === null ? settled : 'D',
    at,
    updatedAt: order.cancelledAt ?? (isPending ? at : at + (order.id.endsWith('3') ? pendingMs : 0)),
    amount,
    fee: -(((amount * 299n) / 10_000n + fixedFee) / 10_000n) * 10_000n,
  });
  // Paid in two parts of one second: both have the same transaction id.
  const half = (order.amount / 20_000n) * 10_000n;
  const payments = order.id.endsWith('5')
    ? [payment(half, order.createdAt), payment(order.amount - half, order.createdAt + 1000)]
    : [payment(order.amount, order.createdAt)];
  const authorised = {
    ...payments[0]!,
    event: 'T1300',
    status: 'S' as const,
    amount: order.amount,
    fee: 0n,
    affectsBalance: false,
  };
  const refunds = order.refunds.map((refund): PaypalRow => ({
    ...shared,
    id: transactionId(seed, refund.id),
    event: 'T1107',
    status: 'S',
    at: refund.at,
    updatedAt: refund.at,
    amount: -refund.amount,
    fee: 0n,
    reference: id,
  }));
  return [authorised, ...payments, ...refunds];
}

/** What is moved to the bank each Monday; no payment. */
function withdrawals(account: AccountTruth, from: number, to: number, { seed }: PaypalDouble): PaypalRow[] {
  const rows: PaypalRow[] = [];
  if (account.kind === 'empty') return rows;
  for (let day = Math.floor(from / dayMs); day * dayMs <= to; day += 1) {
    if (new Date(day * dayMs).getUTCDay() !== 1) continue;
    const at = day * dayMs + 6 * 3_600_000;
    rows.push({
      id: transactionId(seed, `withdrawal/${account.id}/${day}`),
      event: 'T0400',
      status: 'S',
      at,
      updatedAt: at,
      amount: -10_000_000_000n,
      fee: 0n,
      currency: account.currency,
      reference: null,
      invoice: null,
      affectsBalance: true,
    });
  }
  return rows;
}

/** Some look like numbers in exponential notation. */
function transactionId(seed: number, key: string): string {
  return `5E${stableText(seed, ['paypal', 'transaction', key], 15, '0123456789ABCDEFGHJKLMNPQRSTUVWXY')}`;
}

/** A row as the report writes it. */
export function shownRow(row: PaypalRow): Record<string, unknown> {
  const money = (value: bigint) => ({ currency_code: row.currency, value: decimal(value) });
  return {
    transaction_info: {
      paypal_account_id: 'BUYERACCOUNT1',
      transaction_id: row.id,
      ...(row.reference === null ? {} : { paypal_reference_id: row.reference, paypal_reference_id_type: 'TXN' }),
      transaction_event_code: row.event,
      transaction_initiation_date: isoIn('UTC', row.at),
      transaction_updated_date: isoIn('UTC', row.updatedAt),
      transaction_amount: money(row.amount),
      ...(row.fee === 0n ? {} : { fee_amount: money(row.fee) }),
      transaction_status: row.status,
      ...(row.invoice === null ? {} : { invoice_id: row.invoice }),
      protection_eligibility: '01',
    },
    payer_info: { address_status: 'N', payer_name: {} },
    cart_info: {},
  };
}

/** Payments and refunds on the days as far as the report knows them; revenue is without what was refunded on them. */
export function totals({ account, from, to }: TotalsQuery, double: PaypalDouble): Totals {
  const { accounts } = double.state.orders;
  const begin = dayNumber(from) * dayMs;
  const end = (dayNumber(to) + 1) * dayMs - 1;
  const rows = accounts
    .filter(({ id, kind }) => kind !== 'forbidden' && (account === null || id === account))
    .flatMap((one) => rowsOf(one, begin, end, double))
    .filter(({ status }) => status === 'S');
  const payments = rows.filter(({ event }) => event === 'T0006');
  const refunds = rows.filter(({ event }) => event === 'T1107');
  const sum = (list: readonly PaypalRow[]): bigint => list.reduce((all, { amount }) => all + amount, 0n);
  return {
    conversions: payments.length,
    revenue: String(sum(payments) + sum(refunds)),
    refunds: String(-sum(refunds)),
  };
}
