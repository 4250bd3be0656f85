import { json, type Answer } from '../kit/answer.pure.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { noRoute, wooError } from './errors.pure.ts';
import { customerObject, orderObject, refundObjects } from './objects.ts';
import { storeOf, type WooDouble } from './state.ts';

const usualSize = 10;
const largestSize = 100;
const recentMs = 30 * 86_400_000;

/** `GET /orders`, filtered by time of change or making; both bounds are exclusive. */
export function orders(request: DoubleRequest, double: WooDouble): Answer {
  const store = storeOf(request, double)!;
  return paged(request, double, found(request, double), (order) => orderObject(order, store));
}

function found(request: DoubleRequest, double: WooDouble): OrderTruth[] {
  const store = storeOf(request, double)!;
  const instant = (name: string, otherwise: number): number => {
    const value = request.query.get(name);
    return value === null ? otherwise : Date.parse(`${value}Z`);
  };
  const isModified = request.query.has('modified_after') || request.query.has('modified_before');
  const after = instant(isModified ? 'modified_after' : 'after', double.state.orders.firstDay * 86_400_000 - 1);
  const before = instant(isModified ? 'modified_before' : 'before', double.clock.now() + 1);
  return double.state.lists.of(double, `${store.id}/${isModified}/${after}/${before}`, () => {
    const list = isModified ? 'updated' : 'created';
    return double.state.orders[list](store, after + 1, before)
      .filter(({ isTest }) => !isTest)
      .sort((a, b) => Number(a.id) - Number(b.id));
  });
}

/** `GET /orders/{id}/refunds`. */
export function refunds(request: DoubleRequest, double: WooDouble): Answer {
  const store = storeOf(request, double)!;
  const order = double.state.orders.byId(store, request.params.id!);
  if (!order) return wooError(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.');
  return paged(request, double, refundObjects(order, store), (refund) => refund);
}

/** `GET /customers`: of the last weeks, as a store keeps few. */
export function customers(request: DoubleRequest, double: WooDouble): Answer {
  const store = storeOf(request, double)!;
  const recent = double.state.orders.created(store, double.clock.now() - recentMs, double.clock.now());
  const people = [...new Map(recent.map((order) => [order.customer.id, order])).values()];
  return paged(request, double, people, (order) => customerObject(order, store));
}

const products = ['Rain jacket', 'Wool jumper', 'Trail shoes'].map((name, index) => ({
  id: index + 1,
  name,
  status: 'publish',
}));
const coupons = ['WELCOME10', 'SUMMER'].map((code, index) => ({ id: index + 11, code, status: 'publish' }));

/** `GET /products` and `GET /coupons`. */
export function catalog(request: DoubleRequest, double: WooDouble): Answer {
  const { list } = request.params;
  if (list !== 'products' && list !== 'coupons') return noRoute();
  return paged<object>(request, double, list === 'products' ? products : coupons, (one) => one);
}

function paged<T>(request: DoubleRequest, double: WooDouble, all: readonly T[], show: (one: T) => unknown): Answer {
  const asked = Number(request.query.get('per_page') ?? usualSize);
  const page = Number(request.query.get('page') ?? 1);
  if (!(asked >= 1 && asked <= largestSize && page >= 1))
    return wooError(400, 'rest_invalid_param', 'Invalid parameter(s): per_page, page');
  const size = Math.min(asked, double.faults.pageRows ?? asked);
  const { items, next } = pageOf(all, (page - 1) * size, size, double.faults);
  const link = new URL(request.url);
  link.searchParams.set('page', String(page + 1));
  return json(items.map(show), 200, {
    'x-wp-total': String(all.length),
    'x-wp-totalpages': String(Math.ceil(all.length / size)),
    ...(next === null ? {} : { link: `<${link.href}>; rel="next"` }),
  });
}
