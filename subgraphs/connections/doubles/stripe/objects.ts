import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal } from '../truth/stable.pure.ts';

export interface StripeObject {
  id: string;
  object: string;
  /** Unix seconds. */
  created: number;
  [name: string]: unknown;
}

const daySeconds = 86_400;
const seconds = (at: number): number => Math.floor(at / 1000);

/** An amount in the smallest unit; yen have none. */
function minor(micros: bigint, currency: string): number {
  return Number(decimal(micros, currency === 'JPY' ? 0 : 2).replace('.', ''));
}

/** A charge as it stands, or as it stood right after one of its changes. */
export function charge(order: OrderTruth, until = Infinity): StripeObject {
  const { id, currency } = order;
  const refunds = order.refunds.filter(({ at }) => at <= until);
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0n);
  const failed = order.cancelledAt !== null;
  return {
    id: `ch_${id}`,
    object: 'charge',
    created: seconds(order.createdAt),
    amount: minor(order.amount, currency),
    amount_captured: failed ? 0 : minor(order.amount, currency),
    amount_refunded: minor(refunded, currency),
    currency: currency.toLowerCase(),
    status: failed ? 'failed' : 'succeeded',
    paid: !failed,
    captured: !failed,
    refunded: refunded > 0n && refunded === order.amount,
    disputed: id.endsWith('77'),
    customer: `cus_${order.customer.id}`,
    payment_intent: `pi_${id}`,
    balance_transaction: failed ? null : `txn_${id}`,
    receipt_email: order.customer.email,
    billing_details: {
      email: order.customer.email,
      name: order.customer.lastName,
      address: { country: order.customer.country, state: order.customer.province, postal_code: '00000' },
    },
    metadata: {},
    livemode: true,
    failure_code: failed ? 'card_declined' : null,
  };
}

function refunds({ id: order, currency, refunds: made }: OrderTruth): StripeObject[] {
  return made.map(({ id, at, amount }) => ({
    id: `re_${id}`,
    object: 'refund',
    created: seconds(at),
    amount: minor(amount, currency),
    charge: `ch_${order}`,
    currency: currency.toLowerCase(),
    status: 'succeeded',
    reason: 'requested_by_customer',
  }));
}

/** What moves the balance: charges, with the fee, and refunds. */
function balanceTransactions(order: OrderTruth): StripeObject[] {
  if (order.cancelledAt !== null) return [];
  const row = (id: string, at: number, micros: bigint, fee: bigint, type: string): StripeObject => ({
    id,
    object: 'balance_transaction',
    created: seconds(at),
    available_on: seconds(at) + 3 * daySeconds,
    amount: minor(micros, order.currency),
    fee: minor(fee, order.currency),
    net: minor(micros, order.currency) - minor(fee, order.currency),
    currency: order.currency.toLowerCase(),
    exchange_rate: null,
    reporting_category: type,
    type,
    source: type === 'charge' ? `ch_${order.id}` : id.replace('txn_r', 're_'),
    status: 'available',
  });
  return [
    row(`txn_${order.id}`, order.createdAt, order.amount, (order.amount * 29n) / 1000n, 'charge'),
    ...order.refunds.map(({ id, at, amount }) => row(`txn_r${id}`, at, -amount, 0n, 'refund')),
  ];
}

function customer({ customer: person, createdAt }: OrderTruth): StripeObject {
  return {
    id: `cus_${person.id}`,
    object: 'customer',
    created: seconds(createdAt),
    email: person.email,
    livemode: true,
  };
}

function dispute(order: OrderTruth): StripeObject[] {
  if (!order.id.endsWith('77') || order.cancelledAt !== null) return [];
  const { id, createdAt, amount, currency } = order;
  const shared = { charge: `ch_${id}`, amount: minor(amount, currency), currency: currency.toLowerCase() };
  return [
    {
      id: `dp_${id}`,
      object: 'dispute',
      created: seconds(createdAt) + 60,
      ...shared,
      status: 'needs_response',
      reason: 'fraudulent',
    },
  ];
}

function intent(order: OrderTruth): StripeObject {
  const { id, amount, currency } = charge(order);
  const status = order.cancelledAt === null ? 'succeeded' : 'requires_payment_method';
  return {
    id: `pi_${order.id}`,
    object: 'payment_intent',
    created: seconds(order.createdAt),
    amount,
    currency,
    status,
    latest_charge: id,
  };
}

function invoice(order: OrderTruth): StripeObject[] {
  if (!order.id.endsWith('1')) return [];
  const { created, currency, amount, customer: payer } = charge(order);
  const status = order.cancelledAt === null ? 'paid' : 'open';
  const paid = status === 'paid' ? amount : 0;
  return [
    {
      id: `in_${order.id}`,
      object: 'invoice',
      created,
      currency,
      customer: payer,
      total: amount,
      amount_paid: paid,
      status,
    },
  ];
}

function subscription(order: OrderTruth): StripeObject[] {
  if (!order.id.endsWith('11')) return [];
  const { created, currency, customer: payer } = charge(order);
  const status = order.refunds.length > 0 || order.cancelledAt !== null ? 'canceled' : 'active';
  return [{ id: `sub_${order.id}`, object: 'subscription', created, currency, customer: payer, status }];
}

/** What changed later, with the object as it was then. */
function events(order: OrderTruth): StripeObject[] {
  const event = (id: string, at: number, type: string, object: StripeObject): StripeObject => ({
    id: `evt_${id}`,
    object: 'event',
    created: seconds(at),
    type,
    data: { object },
    livemode: true,
  });
  const made = event(
    order.id,
    order.createdAt,
    'charge.succeeded',
    charge({ ...order, cancelledAt: null }, order.createdAt),
  );
  const failed =
    order.cancelledAt === null ? [] : [event(`f${order.id}`, order.cancelledAt, 'charge.failed', charge(order))];
  const refunded = order.refunds.map(({ id, at }) => event(`r${id}`, at, 'charge.refunded', charge(order, at)));
  const ended = subscription(order).flatMap((one) =>
    one['status'] === 'canceled' ? [event(`s${order.id}`, order.updatedAt, 'customer.subscription.deleted', one)] : [],
  );
  return [made, ...failed, ...refunded, ...ended];
}

type Make = (order: OrderTruth) => StripeObject | StripeObject[];

/** Lists by the last part of their path. */
export const makers: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['charges', (order) => charge(order)],
  ['refunds', refunds],
  ['balance_transactions', balanceTransactions],
  ['payment_intents', intent],
  ['invoices', invoice],
  ['subscriptions', subscription],
  ['customers', customer],
  ['disputes', dispute],
  ['events', events],
]);

export function accountObject({ id, name, currency }: AccountTruth): Record<string, unknown> {
  return {
    id,
    object: 'account',
    country: currency === 'JPY' ? 'JP' : 'DE',
    default_currency: currency.toLowerCase(),
    business_profile: { name },
    settings: { dashboard: { display_name: name, timezone: 'Etc/UTC' } },
  };
}
