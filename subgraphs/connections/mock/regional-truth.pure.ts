import { dayNumber } from './calendar.pure.ts';
import { dayTests } from './regional-figures.pure.ts';
import {
  RegionalDays,
  regionTruths,
  regionalBaseline,
  regionalScale,
  type MockRegions,
  type MockTest,
} from './regional-world.pure.ts';
import type { World } from './worlds.pure.ts';

/** What a test really changes, on average, against the same days without it. Effects after its last day are left out. */
interface TestTruth extends MockTest {
  spendChange: number;
  /** Conversions it causes, below 0 for those that are lost. */
  conversions: number;
  /** The same at the mean value of a conversion. */
  revenue: number;
  byRegion: { region: string; spendChange: number; conversions: number }[];
}

/** What the generator really used in the markets. */
export interface RegionalTruth {
  /**
   * Conversions caused in a market = maximum · scale · share · response · hill(adstock) with halfSaturation · scale ·
   * share, with the effects of the country.
   */
  scale: number;
  /** Conversions a day without marketing, in all markets. */
  dailyConversionsWithoutMarketing: number;
  markets: { region: string; population: number; share: number; response: Record<string, number> }[];
  tests: TestTruth[];
}

/** The truth behind generated data of markets. */
export function regionalTruth(world: World, seed: number, { count, tests }: MockRegions): RegionalTruth {
  const regions = regionTruths(world, seed, count);
  return {
    scale: regionalScale,
    dailyConversionsWithoutMarketing: regionalBaseline(world),
    markets: regions.map(({ name, population, share, response }) => ({
      region: name,
      population,
      share,
      response: Object.fromEntries(world.channels.map(({ channel }, index) => [channel, response[index]!])),
    })),
    tests: tests.map((test) => testTruth(world, seed, count, tests, test)),
  };
}

function testTruth(world: World, seed: number, count: number, tests: readonly MockTest[], test: MockTest): TestTruth {
  const first = dayNumber(test.from);
  const days = { first, length: dayNumber(test.to) - first + 1 };
  const regions = regionTruths(world, seed, count).filter(({ name }) => test.regions.includes(name));
  const channel = world.channels.findIndex((truth) => truth.channel === test.channel);
  const others = tests.filter((other) => other !== test);
  const [with_, without] = [tests, others].map((some) => new RegionalDays(world, seed, regions, dayTests(some), days));
  const byRegion = regions.map(({ name }, region) => {
    let [spendChange, conversions] = [0, 0];
    for (let day = first; day < first + days.length; day += 1) {
      spendChange += with_!.spend(channel, region, day) - without!.spend(channel, region, day);
      conversions += with_!.effect(channel, region, day) - without!.effect(channel, region, day);
    }
    return { region: name, spendChange, conversions };
  });
  const conversions = byRegion.reduce((sum, part) => sum + part.conversions, 0);
  const { from, to, factor } = test;
  return {
    // The order in which a person reads them; stored settings have lost theirs.
    channel: test.channel,
    regions: test.regions,
    from,
    to,
    factor,
    spendChange: byRegion.reduce((sum, part) => sum + part.spendChange, 0),
    conversions,
    revenue: conversions * world.channels[channel]!.conversionValue,
    byRegion,
  };
}
