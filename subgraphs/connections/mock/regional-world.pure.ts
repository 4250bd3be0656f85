import { demandFactor } from './calendar.pure.ts';
import { campaignCents, carryOverDays, hill } from './daily-figures.pure.ts';
import { marketsOf, type Market } from './markets.pure.ts';
import { Random } from './random.pure.ts';
import type { ChannelTruth, World } from './worlds.pure.ts';

/** A change of spend in some markets, as a geo experiment makes it. */
export interface MockTest {
  channel: string;
  regions: string[];
  /** First and last day, `YYYY-MM-DD`, inclusive. */
  from: string;
  to: string;
  /** What spend is multiplied by; 0 spends nothing. */
  factor: number;
}

/** How generated data is split by market. */
export interface MockRegions {
  count: number;
  tests: MockTest[];
}

/** A test with days as numbers. */
export interface DayTest {
  channel: string;
  regions: ReadonlySet<string>;
  first: number;
  last: number;
  factor: number;
}

/** A market split into as many markets sells too little in each to measure anything, so such a world is larger. */
export const regionalScale = 10;

/** How a market differs from the country. */
export interface RegionTruth extends Market {
  /** Of the population of all markets. */
  share: number;
  /** Per channel, what a head of this market spends, and what it can be moved to buy, over the mean. */
  spendTilt: number[];
  response: number[];
  /** How it follows the two waves of demand that markets share. */
  loadings: [number, number];
}

/** The markets of a world. The same seed and count give the same ones. */
export function regionTruths(world: World, seed: number, count: number): RegionTruth[] {
  const markets = marketsOf(count);
  const total = markets.reduce((sum, { population }) => sum + population, 0);
  return markets.map((market) => {
    const random = new Random(seed, 'region', world.platform, market.name);
    return {
      ...market,
      share: market.population / total,
      spendTilt: world.channels.map(() => random.factor(0.2)),
      response: world.channels.map(() => random.factor(0.15)),
      loadings: [random.normal(), random.normal()],
    };
  });
}

/**
 * What channels spend and cause in the markets on a run of days. Spend of a day is known without any other day, so the
 * numbers of a day do not depend on the run they are computed in.
 */
export class RegionalDays {
  readonly regions: readonly RegionTruth[];
  readonly #world: World;
  readonly #first: number;
  readonly #length: number;
  /** By region, channel and day: cents of each campaign, days of the carry-over first. */
  readonly #cents: Int32Array[][][];

  constructor(
    world: World,
    seed: number,
    regions: readonly RegionTruth[],
    tests: readonly DayTest[],
    days: { first: number; length: number },
  ) {
    this.#world = world;
    this.regions = regions;
    this.#first = days.first - carryOverDays;
    this.#length = days.length + carryOverDays;
    this.#cents = this.#spend(seed, tests);
  }

  #spend(seed: number, tests: readonly DayTest[]): Int32Array[][][] {
    const days = Array.from({ length: this.#length }, (_, index) => this.#first + index);
    const { channels, platform } = this.#world;
    return channels.map((truth, channel) => {
      const national = truth.campaigns.map((_, index) =>
        days.map((day) => campaignCents(this.#world, truth, index, seed, day) * regionalScale),
      );
      return this.regions.map((region) => {
        const own = days.map((day) => {
          const level = new Random(seed, 'market level', platform, channel, region.name, Math.floor(day / 28));
          const noise = new Random(seed, 'market spend', platform, channel, region.name, day).factor(0.1);
          const planned = factorOn(tests, truth.channel, region.name, day);
          return region.share * region.spendTilt[channel]! * (0.5 + level.uniform()) * noise * planned;
        });
        return national.map((cents) => Int32Array.from(cents, (value, index) => Math.round(value * own[index]!)));
      });
    });
  }

  /** Cents of a campaign in a market on a day. */
  cents(channel: number, region: number, campaign: number, day: number): number {
    return this.#cents[channel]![region]![campaign]![day - this.#first]!;
  }

  /** Spend of a channel in a market, in whole currency units. */
  spend(channel: number, region: number, day: number): number {
    let cents = 0;
    for (const campaign of this.#cents[channel]![region]!) cents += campaign[day - this.#first]!;
    return cents / 100;
  }

  /**
   * Conversions a channel causes in a market on a day, on average: the curve of the country per head, so that
   * maximum and half-saturation are the country's times the market's share.
   */
  effect(channel: number, region: number, day: number): number {
    const truth = this.#world.channels[channel]!;
    const { share, response } = this.regions[region]!;
    let stock = 0;
    for (let k = carryOverDays; k >= 0; k -= 1) stock = stock * truth.carryOver + this.spend(channel, region, day - k);
    const size = regionalScale * share;
    return truth.maximum * size * response[channel]! * hill(stock, truth.halfSaturation * size, truth.shape);
  }
}

function factorOn(tests: readonly DayTest[], channel: string, region: string, day: number): number {
  let factor = 1;
  for (const test of tests) {
    const meant = test.channel === channel && test.regions.has(region) && day >= test.first && day <= test.last;
    if (meant) factor *= test.factor;
  }
  return factor;
}

/** Conversions a day without any marketing in all markets together, before trend and season. */
export function regionalBaseline({ baseline, channels }: Pick<World, 'baseline' | 'channels'>): number {
  const national = baseline?.daily ?? 0.8 * channels.reduce((sum, { maximum }) => sum + maximum, 0);
  return national * regionalScale;
}

/** Mean value of a conversion without marketing. */
export function baselineValue({
  baseline,
  channels,
}: {
  baseline: World['baseline'];
  channels: readonly ChannelTruth[];
}) {
  return baseline?.conversionValue ?? channels.reduce((sum, truth) => sum + truth.conversionValue, 0) / channels.length;
}

/**
 * Conversions in a market on a day without any marketing, on average: its share of the country's, moved by what all
 * markets have in common, by waves that some of them share, and by a slow wave of its own.
 */
export function regionalDemand(world: World, seed: number, region: RegionTruth, day: number): number {
  const common = 0.04 * wave(seed, 'common', day, 10);
  const [first, second] = region.loadings;
  const shared = 0.05 * (first * wave(seed, 'shared 1', day, 21) + second * wave(seed, 'shared 2', day, 35));
  const own = 0.02 * wave(seed, region.name, day, 14);
  return regionalBaseline(world) * region.share * demandFactor(world, day) * Math.exp(common + shared + own);
}

/** A smooth random wave around 0 with a variance below 1, given by normal numbers every so many days. */
function wave(seed: number, name: string, day: number, every: number): number {
  const knot = Math.floor(day / every);
  const part = day / every - knot;
  const at = (index: number): number => new Random(seed, 'wave', name, index).normal();
  const smooth = part * part * (3 - 2 * part);
  return at(knot) * (1 - smooth) + at(knot + 1) * smooth;
}
