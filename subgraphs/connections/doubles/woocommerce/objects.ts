import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { zoneOffset } from '../truth/zone.pure.ts';

type Body = Record<string, unknown>;

/** An instant as shown in UTC, without saying so. */
const gmt = (at: number): string => new Date(at).toISOString().slice(0, 19);

/** Both forms of a time: that of the site and that of UTC, neither with an offset. */
function times(name: string, at: number | null, { timeZone }: AccountTruth): Body {
  if (at === null) return { [name]: null, [`${name}_gmt`]: null };
  return { [name]: gmt(at + zoneOffset(timeZone, at)), [`${name}_gmt`]: gmt(at) };
}

function statusOf({ cancelledAt, refunds, amount, shippedAt }: OrderTruth): string {
  if (cancelledAt !== null) return 'cancelled';
  const refunded = refunds.reduce((sum, one) => sum + one.amount, 0n);
  if (refunded === amount) return 'refunded';
  return shippedAt === null ? 'processing' : 'completed';
}

export function orderObject(order: OrderTruth, store: AccountTruth): Body {
  const { id, amount, currency, customer, createdAt, updatedAt, shippedAt } = order;
  const isGuest = id.endsWith('4');
  return {
    id: Number(id),
    number: String(order.number),
    status: statusOf(order),
    currency,
    ...times('date_created', createdAt, store),
    ...times('date_modified', updatedAt, store),
    ...times('date_paid', createdAt, store),
    ...times('date_completed', shippedAt, store),
    total: decimal(amount),
    total_tax: '0.00',
    customer_id: isGuest ? 0 : Number(customer.id.slice(-8)),
    billing: {
      first_name: customer.firstName,
      email: customer.email,
      country: customer.country,
      state: customer.province,
    },
    line_items: order.items.map(({ sku, title, quantity, price }) => ({
      sku,
      name: title,
      quantity,
      total: decimal(price),
    })),
    coupon_lines: [],
    refunds: order.refunds.map((refund) => ({
      id: Number(refund.id),
      reason: '',
      total: `-${decimal(refund.amount)}`,
    })),
    meta_data: attribution(order),
  };
}

/** The last visit; beside it what plugins leave, of any type. */
function attribution({ visits }: OrderTruth): Body[] {
  const visit = visits.at(-1);
  const values: Body = visit
    ? {
        source_type: visit.medium === 'organic' ? 'organic' : 'utm',
        utm_source: visit.source,
        utm_medium: visit.medium,
        utm_campaign: visit.campaign ?? '',
        referrer: visit.referrer,
        session_entry: visit.landingPage,
        session_start_time: gmt(visit.at).replace('T', ' '),
      }
    : { source_type: 'typein', utm_source: '(direct)' };
  const known = Object.entries(values).map(([name, value], id) => ({
    id,
    key: `_wc_order_attribution_${name}`,
    value,
  }));
  return [{ id: 100, key: '_plugin_state', value: { nested: [1, null] } }, ...known];
}

export function refundObjects({ refunds }: OrderTruth, store: AccountTruth): Body[] {
  return refunds.map(({ id, at, amount }) => ({
    id: Number(id),
    ...times('date_created', at, store),
    amount: decimal(amount),
    reason: '',
  }));
}

export function customerObject({ customer, createdAt }: OrderTruth, store: AccountTruth): Body {
  return {
    id: Number(customer.id.slice(-8)),
    ...times('date_created', createdAt, store),
    email: customer.email,
    first_name: customer.firstName,
    is_paying_customer: true,
  };
}
