import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { customerNode, orderNode, productNode } from './nodes.ts';
import type { ShopifyDouble } from './state.ts';

type Node = Record<string, unknown>;
type Property = 'createdAt' | 'updatedAt';

const condition = /(created_at|updated_at):(>=|<=|>|<)'?([0-9TZ:.+-]+)'?/g;

/** Reads a search such as `(updated_at:>='…' AND updated_at:<'…') OR (created_at:>='…')`. */
function searchOf(text: string): (order: Pick<OrderTruth, Property>) => boolean {
  const alternatives = text.split(/\s+OR\s+/).map((part) =>
    [...part.matchAll(condition)].map(([, name, sign, value]) => {
      const property: Property = name === 'created_at' ? 'createdAt' : 'updatedAt';
      return { property, sign: sign!, bound: Date.parse(value!) };
    }),
  );
  return (order) => alternatives.some((all) => all.every((one) => holds(order[one.property], one.sign, one.bound)));
}

function holds(value: number, sign: string, bound: number): boolean {
  if (sign === '>=') return value >= bound;
  if (sign === '<=') return value <= bound;
  return sign === '>' ? value > bound : value < bound;
}

/** Days between the oldest and the newest bound of a search; null without bounds on both sides. */
export function daysOf(text: string): number | null {
  const bounds = [...text.matchAll(condition)].map(([, , , value]) => Date.parse(value!));
  return bounds.length < 2 ? null : Math.ceil((Math.max(...bounds) - Math.min(...bounds)) / 86_400_000);
}

/** Orders change for so long. */
const changesMs = 61 * 86_400_000;

/** The list behind a root field, in the order of change; empty for a field that there is not. */
export function listOf(field: string, shop: AccountTruth, search: string, double: ShopifyDouble): readonly Node[] {
  return double.state.lists.of(double, `${shop.id}/${field}/${search}`, () => {
    const orders = found(shop, search, double);
    if (field === 'orders') return orders.map(orderNode);
    if (field === 'customers') return latest(orders, ({ customer }) => customer.id).map(customerNode);
    const items = orders.flatMap(({ items: sold }) => sold);
    return field === 'products' ? latest(items, ({ sku }) => sku).map(productNode) : [];
  });
}

function found(shop: AccountTruth, search: string, { state, clock }: ShopifyDouble): OrderTruth[] {
  const bounds = [...search.matchAll(condition)].map(([, , , value]) => Date.parse(value!));
  const from = bounds.length > 0 ? Math.min(...bounds) - changesMs : 0;
  return state.orders
    .created(shop, from, Math.min(clock.now(), Math.max(...bounds, 0) || Infinity) + 1)
    .filter(searchOf(search))
    .sort((a, b) => a.updatedAt - b.updatedAt || a.number - b.number);
}

function latest<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}
