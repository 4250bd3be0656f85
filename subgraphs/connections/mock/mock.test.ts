import { describe, expect, test } from 'vitest';
import { dayNumber } from './calendar.pure.ts';
import { removalEffects } from './chain.pure.ts';
import { adstock, dailyRows, trueEffect, hill, type DailyRow } from './daily-figures.pure.ts';
import { journeysOfDay } from './journeys.pure.ts';
import { knownTruth } from './known-truth.pure.ts';
import { Random } from './random.pure.ts';
import { worldOf, type World } from './worlds.pure.ts';

const first = dayNumber('2024-01-01');
const platforms = [
  'meta_business',
  'google_ads',
  'klaviyo',
  'shopify',
  'woocommerce',
  'amazon_seller',
  'hubspot',
  'salesforce',
  'stripe',
  'paypal',
  'tiktok',
  'snowflake',
  'databricks',
  'zoho_crm',
  'linkedin_ads',
  'x_ads',
];
const worlds = platforms.map((platform) => worldOf(platform)!);
const year = Array.from({ length: 366 }, (_, i) => first + i);

function sum(rows: readonly DailyRow[], of: (row: DailyRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** Removal effects as Markov attribution estimates them: count steps with repeats collapsed, then solve. */
function estimate(world: World, seed: number): number[] {
  const n = world.channels.length;
  const counts = Array.from({ length: n + 1 }, () => new Float64Array(n + 2));
  const names = new Map(world.channels.map(({ channel }, index) => [channel, index]));
  for (const day of year) {
    for (const { touches, conversions } of journeysOfDay(world, seed, day, 'EUR')) {
      let from = n;
      for (const { channel } of touches) {
        const to = names.get(channel)!;
        if (to !== from) counts[from]![to]! += 1;
        from = to;
      }
      counts[from]![conversions === 1 ? n : n + 1]! += 1;
    }
  }
  const rows = counts.map((row) => Array.from(row, (count) => count / row.reduce((a, b) => a + b, 0)));
  return removalEffects({
    start: rows[n]!.slice(0, n),
    next: rows.slice(0, n),
    conversion: rows.slice(0, n).map((row) => row[n]!),
  });
}

describe.each(worlds.map((world) => [world.platform, world] as const))('%s', (_, world) => {
  test('a day is the same whenever and wherever it is generated', () => {
    const forwards = year.slice(0, 40).map((day) => dailyRows(world, 7, day));
    const backwards = year
      .slice(0, 40)
      .toReversed()
      .map((day) => dailyRows(world, 7, day))
      .toReversed();
    expect(backwards).toEqual(forwards);
    expect(journeysOfDay(world, 7, first + 3, 'EUR')).toEqual(journeysOfDay(world, 7, first + 3, 'EUR'));
  });

  test('another seed gives other data', () =>
    expect(dailyRows(world, 1, first)).not.toEqual(dailyRows(world, 2, first)));

  test('rows are plausible: keys unique, clicks within impressions, nothing negative', () => {
    const rows = year.flatMap((day) => dailyRows(world, 1, day));
    expect(new Set(rows.map((row) => `${row.date}|${row.channel}|${row.campaign}|${row.adGroup}|${row.ad}`)).size).toBe(
      rows.length,
    );
    expect(rows.every((row) => row.clicks <= row.impressions && row.spend >= 0n && row.conversions >= 0)).toBe(true);
    expect(rows.every((row) => row.spend % 10_000n === 0n && row.revenue % 10_000n === 0n)).toBe(true);
  });

  test('the spend that is reported explains the conversions that are reported, as the truth says', () => {
    for (const channel of world.channels) {
      const rows = Array.from({ length: 366 + 60 }, (_, i) =>
        dailyRows(world, 3, first - 60 + i).filter((row) => row.channel === channel.channel),
      );
      const spend = rows.map((day) => sum(day, (row) => Number(row.spend) / 1e6));
      let expected = 0;
      for (let t = 60; t < rows.length; t += 1) {
        let stock = 0;
        for (let k = 60; k >= 0; k -= 1) stock = stock * channel.carryOver + spend[t - k]!;
        if (t === 100) expect(stock).toBeCloseTo(adstock(world, channel, 3, first + 40), 6);
        expected += channel.overclaim * channel.maximum * hill(stock, channel.halfSaturation, channel.shape);
      }
      const reported = sum(rows.slice(60).flat(), (row) => row.conversions);
      // Reported counts are Poisson: five standard deviations.
      expect(Math.abs(reported - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  test('the effect saturates: twice the half-way adstock gives less than twice the conversions', () => {
    const channel = world.channels[0]!;
    expect(hill(channel.halfSaturation, channel.halfSaturation, channel.shape)).toBe(0.5);
    expect(trueEffect(world, channel, 1, first)).toBeLessThan(channel.maximum);
  });

  test('a year of journeys gives back the true removal effects within 0.02, and shares within 0.01', () => {
    const truth = knownTruth(world, 1).journeys.channels;
    const found = estimate(world, 1);
    const sum = found.reduce((total, effect) => total + effect, 0);
    truth.forEach(({ removalEffect, attributionShare }, i) => {
      expect(Math.abs(removalEffect - found[i]!)).toBeLessThan(0.02);
      expect(Math.abs(attributionShare - found[i]! / sum)).toBeLessThan(0.01);
    });
  });

  test('the chain is one: every row sums to 1 with the exit', () => {
    const { start, next, conversion } = world.chain;
    expect(start.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    next.forEach((row, i) => expect(row.reduce((a, b) => a + b, conversion[i]!)).toBeLessThan(1));
    expect(next.every((row, i) => row[i] === 0)).toBe(true);
  });
});

test('removal effects of a chain solved by hand', () => {
  // a converts with 1/2, or goes to b with 1/4; b converts with 1/2. p = 1/2 + 1/4 · 1/2 = 5/8; without b 1/2.
  const chain = {
    start: [1, 0],
    next: [
      [0, 0.25],
      [0, 0],
    ],
    conversion: [0.5, 0.5],
  };
  expect(removalEffects(chain)[1]).toBeCloseTo(0.2, 12);
  expect(removalEffects(chain)[0]).toBeCloseTo(1, 12);
});

test('random numbers have the moments they should', () => {
  const random = new Random(5, 'moments');
  const n = 40_000;
  const mean = (draw: () => number): number => Array.from({ length: n }, draw).reduce((a, b) => a + b, 0) / n;
  expect(mean(() => random.uniform())).toBeCloseTo(0.5, 1);
  expect(mean(() => random.factor(0.3))).toBeCloseTo(1, 1);
  expect(Math.abs(mean(() => random.poisson(3)) - 3)).toBeLessThan(0.05);
  expect(Math.abs(mean(() => random.poisson(80)) - 80)).toBeLessThan(0.3);
});
