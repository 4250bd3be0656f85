import { dayText, demandFactor } from './calendar.pure.ts';
import { Random } from './random.pure.ts';
import type { ChannelTruth, World } from './worlds.pure.ts';

/** A day of an advertisement, as a platform would report it. */
export interface DailyRow {
  date: string;
  channel: string;
  campaign: string | null;
  adGroup: string | null;
  ad: string | null;
  /** Micros. */
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  /** Micros. */
  revenue: bigint;
}

/** Days of earlier spend whose effect is carried over; what lies before has faded. */
export const carryOverDays = 60;
const adsPerCampaign = ['Image', 'Video'] as const;
const microsPerCent = 10_000n;

/** Hill curve: 0 at no adstock, 1/2 at `half`, towards 1. */
export function hill(adstock: number, half: number, shape: number): number {
  if (adstock <= 0) return 0;
  return 1 / (1 + (half / adstock) ** shape);
}

/** The spend of a campaign on a day in whole cents; depends on nothing else. */
export function campaignCents(world: World, truth: ChannelTruth, index: number, seed: number, day: number): number {
  const random = new Random(seed, 'spend', world.platform, truth.channel, index, day);
  // Budgets are moved every few weeks, without which no model could tell channels apart.
  const level = new Random(seed, 'level', world.platform, truth.channel, index, Math.floor((day + 7 * index) / 21));
  const share = truth.dailySpend / truth.campaigns.length;
  const budget = 0.4 + 1.2 * level.uniform();
  return Math.round(share * 100 * budget * demandFactor(world, day) * random.factor(0.12));
}

/** The spend of a channel on a day, in whole currency units. */
export function channelSpend(world: World, truth: ChannelTruth, seed: number, day: number): number {
  let cents = 0;
  for (let i = 0; i < truth.campaigns.length; i += 1) cents += campaignCents(world, truth, i, seed, day);
  return cents / 100;
}

/** Spend with what carries over from the days before: the sum of spend(day − k) · carryOver^k for k from 0 to 60. */
export function adstock(world: World, truth: ChannelTruth, seed: number, day: number): number {
  let sum = 0;
  for (let k = carryOverDays; k >= 0; k -= 1) sum = sum * truth.carryOver + channelSpend(world, truth, seed, day - k);
  return sum;
}

/** Conversions a channel causes on a day, on average. */
export function trueEffect(world: World, truth: ChannelTruth, seed: number, day: number): number {
  return truth.maximum * hill(adstock(world, truth, seed, day), truth.halfSaturation, truth.shape);
}

/** All rows of a platform on a day. The same seed and day give the same rows, whatever else is asked for. */
export function dailyRows(world: World, seed: number, day: number): DailyRow[] {
  const rows = world.channels.flatMap((truth) => channelRows(world, truth, seed, day));
  return world.baseline ? [...rows, baselineRow(world, world.baseline, seed, day)] : rows;
}

function channelRows(world: World, truth: ChannelTruth, seed: number, day: number): DailyRow[] {
  const cents = truth.campaigns.map((_, index) => campaignCents(world, truth, index, seed, day));
  const total = cents.reduce((sum, value) => sum + value, 0);
  const claimed = trueEffect(world, truth, seed, day) * truth.overclaim;
  return truth.campaigns.flatMap((campaign, index) => {
    const conversions = total === 0 ? 0 : (claimed * cents[index]!) / total;
    return adRows(
      truth,
      campaign,
      cents[index]!,
      conversions,
      new Random(seed, 'ads', world.platform, campaign, day),
      day,
    );
  });
}

/** Splits a campaign's day among its advertisements, without losing a cent. */
function adRows(
  truth: ChannelTruth,
  campaign: string,
  cents: number,
  expected: number,
  random: Random,
  day: number,
): DailyRow[] {
  const first = Math.round(cents * (0.35 + 0.3 * random.uniform()));
  return [first, cents - first].map((part, index) => {
    const impressions = Math.round((part / 100 / truth.costPerThousand) * 1000 * random.factor(0.08));
    const clicks = Math.min(impressions, random.poisson(impressions * truth.clickRate));
    const conversions = random.poisson(cents === 0 ? 0 : (expected * part) / cents);
    return {
      date: dayText(day),
      channel: truth.channel,
      campaign,
      adGroup: `${campaign} – ${index === 0 ? 'New customers' : 'All customers'}`,
      ad: adsPerCampaign[index]!,
      spend: BigInt(part) * microsPerCent,
      impressions,
      clicks,
      conversions,
      revenue: revenueOf(conversions, truth.conversionValue, random),
    };
  });
}

function baselineRow(world: World, baseline: NonNullable<World['baseline']>, seed: number, day: number): DailyRow {
  const random = new Random(seed, 'baseline', world.platform, day);
  const conversions = random.poisson(baseline.daily * demandFactor(world, day));
  return {
    date: dayText(day),
    channel: baseline.channel,
    campaign: null,
    adGroup: null,
    ad: null,
    spend: 0n,
    impressions: 0,
    clicks: 0,
    conversions,
    revenue: revenueOf(conversions, baseline.conversionValue, random),
  };
}

/** What conversions were worth, in micros and whole cents. */
export function revenueOf(conversions: number, value: number, random: Random): bigint {
  if (conversions === 0) return 0n;
  return BigInt(Math.round(conversions * value * 100 * random.factor(0.35 / Math.sqrt(conversions)))) * microsPerCent;
}
