import { dayNumber, demandFactor } from '../../mock/calendar.pure.ts';
import { journeysOfDay } from '../../mock/journeys.pure.ts';
import { Random } from '../../mock/random.pure.ts';
import type { World } from '../../mock/worlds.pure.ts';
import type { Environment, Totals, TotalsQuery } from '../kit/define-double.ts';
import type { AccountTruth } from './accounts.pure.ts';
import { personTruth, type PersonTruth } from './people.pure.ts';
import { stableDigits } from './stable.pure.ts';
import { visitOf, type VisitTruth } from './visits.pure.ts';
import { dayIn, startOfDay } from './zone.pure.ts';

const dayMs = 86_400_000;
/** The longest time after which an order still changes. */
const changesForDays = 60;
const knownCustomers = 400;

interface ItemTruth {
  sku: string;
  title: string;
  quantity: number;
  /** Micros for one. */
  price: bigint;
}

interface RefundTruth {
  id: string;
  at: number;
  /** Micros, positive. */
  amount: bigint;
}

/** An order, or a payment, as known now. Instants in milliseconds since 1970, money in micros. */
export interface OrderTruth {
  id: string;
  /** Rises with time. */
  number: number;
  createdAt: number;
  /** The last change: shipped, cancelled, refunded. */
  updatedAt: number;
  amount: bigint;
  currency: string;
  customer: PersonTruth;
  items: readonly ItemTruth[];
  /** Visits before it in the order of time; none for those who came directly. */
  visits: readonly VisitTruth[];
  shippedAt: number | null;
  cancelledAt: number | null;
  refunds: readonly RefundTruth[];
  /** Made to try the shop; counts nowhere. */
  isTest: boolean;
}

/** Currencies without a smaller unit. */
const wholeCurrencies = new Set(['JPY', 'KRW', 'CLP', 'VND']);
const products = ['Rain jacket', 'Wool jumper', 'Trail shoes', 'Tea pot', 'Desk lamp', 'Notebook', 'Backpack'];

interface Options {
  world: World;
  accounts: readonly AccountTruth[];
  /** Days of history; 500 when absent. */
  historyDays?: number;
  /** Digits of the ids of orders. */
  digits?: number;
}

/** What a shop or a payment provider knows: orders with the visits before them, and what happened to them later. */
export class OrdersTruth {
  readonly accounts: readonly AccountTruth[];
  readonly firstDay: number;
  readonly #environment: Environment;
  readonly #options: Options;
  readonly #days = new Map<string, OrderTruth[]>();

  constructor(environment: Environment, options: Options) {
    this.#environment = environment;
    this.#options = options;
    this.accounts = options.accounts;
    this.firstDay = Math.floor(environment.clock.now() / dayMs) - (options.historyDays ?? 500);
  }

  account(id: string): AccountTruth | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  /** Orders made from one instant (inclusive) to another (exclusive), as they stand now, oldest first. */
  created(account: AccountTruth, from: number, to: number): OrderTruth[] {
    if (account.kind === 'empty') return [];
    const now = this.#environment.clock.now();
    const end = Math.min(to, now + 1);
    const first = Math.max(this.firstDay, dayIn(account.timeZone, Math.max(from, this.firstDay * dayMs)));
    const last = dayIn(account.timeZone, end);
    const orders: OrderTruth[] = [];
    for (let day = first; day <= last; day += 1) orders.push(...this.#day(account, day));
    return orders.filter(({ createdAt }) => createdAt >= from && createdAt < end).map((order) => asOf(order, now));
  }

  /** Orders last changed from one instant (inclusive) to another (exclusive), in the order of change. */
  updated(account: AccountTruth, from: number, to: number): OrderTruth[] {
    return this.created(account, from - changesForDays * dayMs, to)
      .filter(({ updatedAt }) => updatedAt >= from && updatedAt < to)
      .sort((a, b) => a.updatedAt - b.updatedAt || a.number - b.number);
  }

  /** Every order there is, oldest first. */
  all(account: AccountTruth): OrderTruth[] {
    return this.created(account, this.firstDay * dayMs, Number.MAX_SAFE_INTEGER);
  }

  byId(account: AccountTruth, id: string): OrderTruth | undefined {
    return this.all(account).find((order) => order.id === id);
  }

  /**
   * Orders of the days, without those made to try the shop. Revenue is without cancelled ones; refunds are those of
   * these orders, whenever they were made.
   */
  totals({ account, from, to }: TotalsQuery): Totals {
    const orders = this.accounts
      .filter(({ id, kind }) => kind !== 'forbidden' && (account === null || id === account))
      .flatMap((one) =>
        this.created(one, startOfDay(one.timeZone, dayNumber(from)), startOfDay(one.timeZone, dayNumber(to) + 1)),
      )
      .filter(({ isTest }) => !isTest);
    const sold = orders.filter(({ cancelledAt }) => cancelledAt === null);
    const refunds = orders.flatMap(({ refunds }) => refunds);
    return {
      orders: orders.length,
      conversions: sold.length,
      items: orders.reduce((sum, { items }) => sum + items.reduce((all, { quantity }) => all + quantity, 0), 0),
      revenue: String(sold.reduce((sum, { amount }) => sum + amount, 0n)),
      refunds: String(refunds.reduce((sum, { amount }) => sum + amount, 0n)),
    };
  }

  /** A day's orders with everything that will ever happen to them. */
  #day(account: AccountTruth, day: number): OrderTruth[] {
    const key = `${account.id}/${day}`;
    const known = this.#days.get(key) ?? this.#make(account, day);
    this.#days.set(key, known);
    return known;
  }

  #make(account: AccountTruth, day: number): OrderTruth[] {
    const { world } = this.#options;
    const seed = this.#environment.seed + account.index;
    const begin = startOfDay(account.timeZone, day);
    const length = startOfDay(account.timeZone, day + 1) - begin;
    const sold = journeysOfDay(world, seed, day, account.currency).filter(({ conversions }) => conversions > 0);
    const direct = world.baseline
      ? new Random(seed, 'direct', world.platform, day).poisson(world.baseline.daily * demandFactor(world, day))
      : 0;
    const orders = Array.from({ length: sold.length + direct }, (_, index) => {
      const random = new Random(seed, 'order', world.platform, day, index);
      const createdAt = begin + Math.floor((random.uniform() * length) / 1000) * 1000;
      const value =
        sold[index]?.value ?? BigInt(Math.round(world.baseline!.conversionValue * 100 * random.factor(0.35))) * 10_000n;
      const visits = (sold[index]?.touches ?? []).map((touch) => visitOf(touch, createdAt));
      return this.#order(account, `${day}/${index}`, createdAt, value, visits, random);
    });
    return orders
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
      .map((order, index) => ({ ...order, number: 1001 + (day - this.firstDay) * 1000 + index }));
  }

  #order(
    account: AccountTruth,
    key: string,
    createdAt: number,
    value: bigint,
    visits: VisitTruth[],
    random: Random,
  ): OrderTruth {
    const { seed } = this.#environment;
    const { world, digits = 13 } = this.#options;
    const unit = wholeCurrencies.has(account.currency) ? 1_000_000n : 10_000n;
    const amount = (value / unit) * unit;
    const isKnown = random.uniform() < 0.4;
    const person = isKnown ? `known/${Math.floor(random.uniform() * knownCustomers)}` : key;
    const later = (days: number): number => createdAt + Math.ceil(days * 86_400) * 1000;
    const isCancelled = random.uniform() < 0.03;
    const refundAt = later(3 + random.uniform() * (changesForDays - 10));
    const isRefunded = !isCancelled && random.uniform() < 0.08;
    const refunded = random.uniform() < 0.5 ? amount : (amount / 2n / unit) * unit;
    const shippedAt = isCancelled ? null : later(0.2 + 3 * random.uniform());
    return {
      id: stableDigits(seed, [world.platform, account.index, 'order', key], digits),
      number: 0,
      createdAt,
      updatedAt: createdAt,
      amount,
      currency: account.currency,
      customer: personTruth(seed, world.platform, `${account.index}/${person}`),
      items: itemsOf(amount, unit, random),
      visits,
      shippedAt,
      cancelledAt: isCancelled ? later(0.05 + 2 * random.uniform()) : null,
      refunds: isRefunded
        ? [
            {
              id: stableDigits(seed, [world.platform, account.index, 'refund', key], digits),
              at: refundAt,
              amount: refunded,
            },
          ]
        : [],
      isTest: random.uniform() < 0.005,
    };
  }
}

/** Leaves away what has not happened yet. */
function asOf(order: OrderTruth, now: number): OrderTruth {
  const past = (at: number | null): number | null => (at !== null && at <= now ? at : null);
  const shippedAt = past(order.shippedAt);
  const cancelledAt = past(order.cancelledAt);
  const refunds = order.refunds.filter(({ at }) => at <= now);
  const updatedAt = Math.max(order.createdAt, shippedAt ?? 0, cancelledAt ?? 0, ...refunds.map(({ at }) => at));
  return { ...order, shippedAt, cancelledAt, refunds, updatedAt };
}

/** One to three things whose prices add up to the amount. */
function itemsOf(amount: bigint, unit: bigint, random: Random): ItemTruth[] {
  const count = 1 + Math.floor(random.uniform() * 3);
  let left = amount;
  return Array.from({ length: count }, (_, index) => {
    const product = Math.floor(random.uniform() * products.length);
    const price = index === count - 1 ? left : (amount / BigInt(count + 1) / unit) * unit;
    left -= price;
    return { sku: `NW-${100 + product}`, title: products[product]!, quantity: 1, price };
  });
}
