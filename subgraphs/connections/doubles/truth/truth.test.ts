import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../mock/calendar.pure.ts';
import { worldOf } from '../../mock/worlds.pure.ts';
import { Clock } from '../kit/clock.ts';
import type { Environment } from '../kit/define-double.ts';
import { Faults } from '../kit/faults.ts';
import { Tokens } from '../kit/tokens.ts';
import { accountsTruth } from './accounts.pure.ts';
import { DealsTruth } from './deals-truth.ts';
import { OrdersTruth } from './orders-truth.ts';
import { decimal } from './stable.pure.ts';
import { dayIn, isoIn, startOfDay } from './zone.pure.ts';

const dayMs = 86_400_000;
const begin = Date.parse('2026-11-01T00:00:00Z');
const end = Date.parse('2026-11-15T00:00:00Z');

function environment(now = '2026-11-21T12:00:00Z'): Environment {
  const clock = new Clock(now);
  return { seed: 1, clock, faults: new Faults(), tokens: new Tokens(clock, 'x'), size: 1 };
}

describe('days', () => {
  test('begin at the midnight of the zone, on days of 23 and 25 hours too', () => {
    const hours = (zone: string, date: string): number => {
      const day = dayNumber(date);
      return (startOfDay(zone, day + 1) - startOfDay(zone, day)) / 3_600_000;
    };
    expect(new Date(startOfDay('Europe/Berlin', dayNumber('2026-07-01'))).toISOString()).toBe(
      '2026-06-30T22:00:00.000Z',
    );
    expect([hours('Europe/Berlin', '2026-03-29'), hours('Europe/Berlin', '2026-10-25')]).toEqual([23, 25]);
    expect([hours('Pacific/Auckland', '2026-09-27'), hours('Pacific/Auckland', '2026-04-05')]).toEqual([23, 25]);
    expect(dayIn('Pacific/Auckland', Date.parse('2026-11-21T12:00:00Z'))).toBe(dayNumber('2026-11-22'));
    expect(isoIn('America/Los_Angeles', begin)).toBe('2026-10-31T17:00:00-0700');
  });

  test('money is cut off, never rounded up', () => {
    expect([decimal(12_999_999n), decimal(-5_010_000n), decimal(7_000_000n, 0), decimal(10_000n)]).toEqual([
      '12.99',
      '-5.01',
      '7',
      '0.01',
    ]);
  });
});

describe('orders', () => {
  const made = (at: Environment) =>
    new OrdersTruth(at, { world: worldOf('shopify')!, accounts: accountsTruth('shopify', { seed: 1 }) });

  test('carry the visits before them; prices add up', () => {
    const orders = made(environment());
    const list = orders.created(orders.accounts[0]!, begin, end);
    expect(list.length).toBeGreaterThan(300);
    expect(list.some(({ visits }) => visits.length > 1)).toBe(true);
    expect(list.some(({ visits }) => visits.length === 0)).toBe(true);
    for (const { items, amount, visits, createdAt } of list) {
      expect(items.reduce((sum, { price }) => sum + price, 0n)).toBe(amount);
      expect(visits.every(({ at }) => at <= createdAt)).toBe(true);
    }
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    expect(list.map(({ number }) => number)).toEqual(list.map(({ number }) => number).toSorted((a, b) => a - b));
  });

  test('are the same whenever they are asked for, and change later: refunds come after weeks', () => {
    const at = environment();
    const orders = made(at);
    const account = orders.accounts[0]!;
    const before = orders.created(account, begin, end);
    expect(made(environment()).created(account, begin, end)).toEqual(before);
    const now = at.clock.now();
    at.clock.advance(60 * 86_400);
    const after = orders.created(account, begin, end);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const refunded = (list: typeof before): number => list.filter(({ refunds }) => refunds.length > 0).length;
    expect(refunded(after)).toBeGreaterThan(refunded(before) + 10);
    const changed = orders.updated(account, now, at.clock.now());
    const late = after.filter(({ updatedAt }) => updatedAt >= now).map(({ id }) => id);
    expect(changed.map(({ id }) => id)).toEqual(expect.arrayContaining(late));
  });

  test('totals are the sums of what is listed', () => {
    const orders = made(environment());
    const account = orders.accounts[1]!;
    const days = ['2026-11-01', '2026-11-07'] as const;
    const list = orders
      .created(
        account,
        startOfDay(account.timeZone, dayNumber(days[0])),
        startOfDay(account.timeZone, dayNumber(days[1]) + 1),
      )
      .filter(({ isTest }) => !isTest);
    const totals = orders.totals({ account: account.id, from: days[0], to: days[1] });
    const sold = list.filter(({ cancelledAt }) => cancelledAt === null);
    expect(totals.orders).toBe(list.length);
    expect(totals.revenue).toBe(String(sold.reduce((sum, { amount }) => sum + amount, 0n)));
  });
});

describe('deals', () => {
  const made = (at: Environment) =>
    new DealsTruth(at, {
      world: worldOf('hubspot')!,
      accounts: accountsTruth('hubspot', { seed: 1 }),
      historyDays: 60,
    });

  test('move through stages as time goes by', () => {
    const at = environment();
    const truth = made(at);
    const account = truth.accounts[0]!;
    const open = truth.deals(account).filter(({ stage }) => stage !== 'won' && stage !== 'lost');
    expect(open.length).toBeGreaterThan(10);
    expect(open.every(({ closeAt }) => closeAt > at.clock.now())).toBe(true);
    at.clock.advance(45 * 86_400);
    const later = new Map(truth.deals(account).map((deal) => [deal.id, deal]));
    expect(open.every(({ id }) => ['won', 'lost'].includes(later.get(id)!.stage))).toBe(true);
    expect(open.every(({ id, updatedAt }) => later.get(id)!.updatedAt > updatedAt)).toBe(true);
  });

  test('belong to contacts whose visits lie in the past', () => {
    const at = environment();
    const truth = made(at);
    for (const { visits, createdAt, deal, id } of truth.contacts(truth.accounts[1]!)) {
      expect(visits.length).toBeGreaterThan(0);
      expect(visits.every((visit) => visit.at >= createdAt && visit.at <= at.clock.now())).toBe(true);
      expect(deal === null || deal.contactId === id).toBe(true);
    }
  });

  test('what was won on days is in the totals', () => {
    const truth = made(environment());
    const totals = truth.totals({ account: null, from: '2026-10-20', to: '2026-11-19' });
    const within = { from: Date.parse('2026-10-19') - dayMs, to: Date.parse('2026-11-21') };
    const won = truth.accounts
      .filter(({ kind }) => kind === 'normal')
      .flatMap((account) => truth.deals(account))
      .filter(({ stage, closeAt }) => stage === 'won' && closeAt > within.from && closeAt < within.to);
    expect(totals.conversions).toBeGreaterThan(100);
    expect(totals.conversions).toBeLessThanOrEqual(won.length);
  });
});
