import { conversionProbability, removalEffects } from './chain.pure.ts';
import { carryOverDays } from './daily-figures.pure.ts';
import { regionalTruth, type RegionalTruth } from './regional-truth.pure.ts';
import type { MockRegions } from './regional-world.pure.ts';
import type { World } from './worlds.pure.ts';

/** What the generator really used, so that answers of models can be checked against it. */
export interface KnownTruth {
  platform: string;
  seed: number;
  /** Effect of spend: conversions caused = maximum · hill(adstock), adstock = Σ spend(day − k) · carryOver^k. */
  effects: {
    channel: string;
    carryOver: number;
    halfSaturation: number;
    shape: number;
    maximumDailyConversions: number;
    conversionValue: number;
    /** Reported conversions are the caused ones times this. */
    overclaim: number;
  }[];
  memoryDays: number;
  baseline: { channel: string; dailyConversions: number } | null;
  trendPerYear: number;
  weekdayFactors: readonly number[];
  yearlyAmplitude: number;
  /** How markets differ, and what tests in them change; null when nothing is split by market. */
  regions: RegionalTruth | null;
  /** Journeys come from a first-order chain; these are exact. */
  journeys: {
    conversionProbability: number;
    channels: {
      channel: string;
      start: number;
      conversion: number;
      next: Record<string, number>;
      /** Share of conversions lost without the channel. */
      removalEffect: number;
      /** Removal effect over the sum of all: the channel's share in Markov attribution. */
      attributionShare: number;
    }[];
  };
}

/** The truth behind a platform's generated data. */
export function knownTruth(world: World, seed: number, regions?: MockRegions): KnownTruth {
  return {
    platform: world.platform,
    seed,
    effects: world.channels.map((channel) => ({
      channel: channel.channel,
      carryOver: channel.carryOver,
      halfSaturation: channel.halfSaturation,
      shape: channel.shape,
      maximumDailyConversions: channel.maximum,
      conversionValue: channel.conversionValue,
      overclaim: channel.overclaim,
    })),
    memoryDays: carryOverDays,
    baseline: world.baseline && { channel: world.baseline.channel, dailyConversions: world.baseline.daily },
    trendPerYear: world.trend,
    weekdayFactors: world.week,
    yearlyAmplitude: world.yearly,
    regions: regions ? regionalTruth(world, seed, regions) : null,
    journeys: journeyTruth(world),
  };
}

function journeyTruth({ chain, channels }: World): KnownTruth['journeys'] {
  const effects = removalEffects(chain);
  const sum = effects.reduce((total, effect) => total + effect, 0);
  return {
    conversionProbability: conversionProbability(chain),
    channels: channels.map(({ channel }, i) => ({
      channel,
      start: chain.start[i]!,
      conversion: chain.conversion[i]!,
      next: Object.fromEntries(channels.map((other, j) => [other.channel, chain.next[i]![j]!])),
      removalEffect: effects[i]!,
      attributionShare: effects[i]! / sum,
    })),
  };
}
