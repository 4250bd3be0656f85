import { dayNumber, dayText } from './calendar.pure.ts';
import { revenueOf, type DailyRow } from './daily-figures.pure.ts';
import { Random } from './random.pure.ts';
import {
  RegionalDays,
  baselineValue,
  regionTruths,
  regionalDemand,
  type DayTest,
  type MockRegions,
  type MockTest,
} from './regional-world.pure.ts';
import type { World } from './worlds.pure.ts';

/** A day of a campaign, or of all sales, in a market. */
export interface RegionalRow extends DailyRow {
  region: string;
}

/** The channel under which all sales of a market are reported, however they came about. */
const allSales = 'All Sales';

interface Days {
  first: number;
  length: number;
}

/** Tests with days as numbers. */
export function dayTests(tests: readonly MockTest[]): DayTest[] {
  return tests.map(({ channel, regions, from, to, factor }) => {
    return { channel, regions: new Set(regions), first: dayNumber(from), last: dayNumber(to), factor };
  });
}

function daysOf(world: World, seed: number, { count, tests }: MockRegions, days: Days): RegionalDays {
  return new RegionalDays(world, seed, regionTruths(world, seed, count), dayTests(tests), days);
}

/** What a platform reports by campaign and market, conversions being what it claims. */
export function campaignRows(world: World, seed: number, settings: MockRegions, days: Days): RegionalRow[] {
  const computed = daysOf(world, seed, settings, days);
  const rows: RegionalRow[] = [];
  for (let day = days.first; day < days.first + days.length; day += 1) {
    computed.regions.forEach((_, region) => {
      world.channels.forEach((_channel, channel) => {
        rows.push(...channelRows(world, computed, { channel, region, day }, seed));
      });
    });
  }
  return rows;
}

interface Cell {
  channel: number;
  region: number;
  day: number;
}

function channelRows(
  world: World,
  computed: RegionalDays,
  { channel, region, day }: Cell,
  seed: number,
): RegionalRow[] {
  const truth = world.channels[channel]!;
  const { name } = computed.regions[region]!;
  const total = computed.spend(channel, region, day) * 100;
  const claimed = computed.effect(channel, region, day) * truth.overclaim;
  return truth.campaigns.map((campaign, index) => {
    const random = new Random(seed, 'market ads', world.platform, campaign, name, day);
    const cents = computed.cents(channel, region, index, day);
    const impressions = Math.round((cents / 100 / truth.costPerThousand) * 1000 * random.factor(0.08));
    const clicks = Math.min(impressions, random.poisson(impressions * truth.clickRate));
    const conversions = random.poisson(total === 0 ? 0 : (claimed * cents) / total);
    return {
      date: dayText(day),
      region: name,
      channel: truth.channel,
      campaign,
      adGroup: null,
      ad: null,
      spend: BigInt(cents) * 10_000n,
      impressions,
      clicks,
      conversions,
      revenue: revenueOf(conversions, truth.conversionValue, random),
    };
  });
}

/** All sales by market, as a shop books them: those that would come anyway and those that channels really cause. */
export function salesRows(world: World, seed: number, settings: MockRegions, days: Days): RegionalRow[] {
  const computed = daysOf(world, seed, settings, days);
  const rows: RegionalRow[] = [];
  for (let day = days.first; day < days.first + days.length; day += 1) {
    computed.regions.forEach((truth, region) => {
      const random = new Random(seed, 'market sales', world.platform, truth.name, day);
      const demand = regionalDemand(world, seed, truth, day) * random.factor(0.04);
      const parts = [{ mean: demand, value: baselineValue(world) }];
      world.channels.forEach(({ conversionValue }, channel) => {
        parts.push({ mean: computed.effect(channel, region, day), value: conversionValue });
      });
      const sold = parts.map(({ mean, value }) => {
        const conversions = random.poisson(mean);
        return { conversions, revenue: revenueOf(conversions, value, random) };
      });
      rows.push({
        date: dayText(day),
        region: truth.name,
        channel: allSales,
        campaign: null,
        adGroup: null,
        ad: null,
        spend: 0n,
        impressions: 0,
        clicks: 0,
        conversions: sold.reduce((sum, { conversions }) => sum + conversions, 0),
        revenue: sold.reduce((sum, { revenue }) => sum + revenue, 0n),
      });
    });
  }
  return rows;
}
