import { describe, expect, test } from 'vitest';
import { dayNumber, dayText } from './calendar.pure.ts';
import { checkRegions } from './check-regions.pure.ts';
import { knownTruth } from './known-truth.pure.ts';
import { marketsOf, mostMarkets } from './markets.pure.ts';
import { campaignRows, salesRows, type RegionalRow } from './regional-figures.pure.ts';
import type { MockRegions, MockTest } from './regional-world.pure.ts';
import { worldOf } from './worlds.pure.ts';

const world = worldOf('meta_business')!;
const channel = 'Meta Prospecting';
const first = dayNumber('2026-03-01');
const month = { first, length: 28 };
const treated = ['Chicago', 'Atlanta', 'Tampa', 'Denver'];
const holdout: MockTest = { channel, regions: treated, from: '2026-03-01', to: '2026-03-28', factor: 0 };
const plain: MockRegions = { count: 40, tests: [] };
const tested: MockRegions = { count: 40, tests: [holdout] };

function sum(rows: readonly RegionalRow[], of: (row: RegionalRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

const conversions = (row: RegionalRow): number => row.conversions;
const spend = (row: RegionalRow): number => Number(row.spend) / 1e6;

describe('markets', () => {
  test('have names of their own and come in all sizes', () => {
    for (const count of [2, 10, 40, mostMarkets]) {
      const markets = marketsOf(count);
      expect(new Set(markets.map(({ name }) => name)).size).toBe(count);
      expect(markets[0]!.population).toBeGreaterThan(markets.at(-1)!.population);
    }
  });

  test('spend and sell about as their population', () => {
    const rows = salesRows(world, 1, plain, month);
    const truth = knownTruth(world, 1, plain).regions!;
    const total = sum(rows, conversions);
    for (const { region, share } of truth.markets) {
      const own = sum(
        rows.filter((row) => row.region === region),
        conversions,
      );
      expect(own / total / share).toBeGreaterThan(0.6);
      expect(own / total / share).toBeLessThan(1.6);
    }
    expect(truth.markets.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 12);
  });
});

describe('figures of markets', () => {
  test('are the same whatever run of days they are generated in', () => {
    const whole = campaignRows(world, 7, tested, month);
    const parts = [0, 5, 6].map((from, index) =>
      campaignRows(world, 7, tested, { first: first + from, length: [5, 1, 22][index]! }),
    );
    expect(parts.flat()).toEqual(whole);
    const day = salesRows(world, 7, tested, { first: first + 9, length: 1 });
    expect(day).toEqual(salesRows(world, 7, tested, month).filter(({ date }) => date === dayText(first + 9)));
  });

  test('are plausible: keys unique, clicks within impressions, whole cents', () => {
    const rows = campaignRows(world, 1, plain, month);
    expect(new Set(rows.map((row) => `${row.date}|${row.region}|${row.campaign}`)).size).toBe(rows.length);
    expect(rows.every((row) => row.clicks <= row.impressions && row.spend >= 0n && row.spend % 10_000n === 0n)).toBe(
      true,
    );
  });
});

describe('a planned test', () => {
  test('changes spend of its channel in its markets on its days only', () => {
    const days = { first: first - 3, length: 34 };
    const before = campaignRows(world, 2, plain, days);
    const after = campaignRows(world, 2, tested, days);
    const changed = after.filter((row, index) => row.spend !== before[index]!.spend);
    expect(new Set(changed.map(({ region }) => region))).toEqual(new Set(treated));
    expect(new Set(changed.map((row) => row.channel))).toEqual(new Set([channel]));
    expect([changed[0]!.date, changed.at(-1)!.date]).toEqual(['2026-03-01', '2026-03-28']);
    expect(sum(changed, spend)).toBe(0);
    const { spendChange } = knownTruth(world, 2, tested).regions!.tests[0]!;
    expect(sum(after, spend) - sum(before, spend)).toBeCloseTo(spendChange, 4);
  });

  test('changes sales as the truth says, within what chance explains', () => {
    for (const factor of [0, 2.5]) {
      const settings: MockRegions = { count: 40, tests: [{ ...holdout, factor }] };
      const [before, after] = [plain, settings].map((some) => sum(salesRows(world, 3, some, month), conversions));
      const truth = knownTruth(world, 3, settings).regions!.tests[0]!;
      expect(Math.sign(truth.conversions)).toBe(factor - 1 > 0 ? 1 : -1);
      expect(truth.byRegion.reduce((total, part) => total + part.conversions, 0)).toBeCloseTo(truth.conversions, 8);
      const treatedSales = salesRows(world, 3, settings, month).filter(({ region }) => treated.includes(region));
      expect(Math.abs(after! - before! - truth.conversions)).toBeLessThan(
        5 * Math.sqrt(2 * sum(treatedSales, conversions)),
      );
    }
  });

  test('can be found by comparing with the other markets', () => {
    const days = { first: first - 84, length: 112 };
    const rows = salesRows(world, 4, tested, days);
    const cell = (isTreated: boolean, isAfter: boolean) =>
      sum(
        rows.filter((row) => treated.includes(row.region) === isTreated && row.date >= '2026-03-01' === isAfter),
        conversions,
      );
    const expected = (cell(true, false) * cell(false, true)) / cell(false, false);
    const truth = knownTruth(world, 4, tested).regions!.tests[0]!.conversions;
    expect((cell(true, true) - expected) / truth).toBeGreaterThan(0.5);
    expect((cell(true, true) - expected) / truth).toBeLessThan(1.5);
  });
});

test('settings that cannot be are refused with their field', () => {
  const refused = (count: number, test?: Partial<MockTest>) => {
    try {
      checkRegions(world, count, test ? [{ ...holdout, ...test }] : [], 'input.regions');
    } catch (error) {
      return (error as { details: { field: string } }).details.field;
    }
    return null;
  };
  expect(refused(40, {})).toBeNull();
  for (const count of [1, 51, 2.5, Number.NaN]) expect(refused(count)).toBe('input.regions.count');
  expect(refused(40, { channel: 'TV' })).toBe('input.regions.tests.0.channel');
  expect(refused(40, { regions: ['Atlantis'] })).toBe('input.regions.tests.0.regions');
  expect(refused(40, { regions: [] })).toBe('input.regions.tests.0.regions');
  expect(refused(40, { to: '2026-02-01' })).toBe('input.regions.tests.0.to');
  expect(refused(40, { to: '2029-02-01' })).toBe('input.regions.tests.0.to');
  for (const factor of [-1, 11, 1, Number.NaN]) expect(refused(40, { factor })).toBe('input.regions.tests.0.factor');
});
