import { advertisingWorlds } from './advertising-worlds.pure.ts';
import { crmWorlds } from './crm-worlds.pure.ts';
import { paymentWorlds } from './payment-worlds.pure.ts';
import { shopWorlds } from './shop-worlds.pure.ts';
import { warehouseWorlds } from './warehouse-worlds.pure.ts';

/** How spend of a channel really works. */
export interface ChannelTruth {
  channel: string;
  /** Mean spend of a day before trend and season, in whole currency units. */
  dailySpend: number;
  /** Share of a day's effect that carries over to the next. */
  carryOver: number;
  /** Adstock at which half of `maximum` is reached. */
  halfSaturation: number;
  /** Hill exponent; above 1 gives an S curve. */
  shape: number;
  /** Conversions a day that the channel causes at the most. */
  maximum: number;
  /** Mean value of a conversion, in whole currency units. */
  conversionValue: number;
  /** What the platform claims for itself, as a multiple of what it caused. */
  overclaim: number;
  costPerThousand: number;
  clickRate: number;
  campaigns: readonly string[];
}

/** A first-order chain over the channels of a world. Rows sum to 1 with `conversion` and `exit`. */
export interface ChainTruth {
  /** Probability that a journey begins with each channel. */
  start: readonly number[];
  /** From each channel to each other one; the diagonal is zero, as repeats are told apart from steps. */
  next: readonly (readonly number[])[];
  /** From each channel to a conversion. */
  conversion: readonly number[];
  /** Journeys that end on a day before trend and season. */
  dailyJourneys: number;
  /** Probability that a touch is repeated. */
  repeat: number;
  /** Mean days between two touches. */
  gap: number;
}

/** What a platform's generated data is made from. */
export interface World {
  platform: string;
  channels: readonly ChannelTruth[];
  chain: ChainTruth;
  /** Conversions a day without any marketing, before trend and season; delivered as a channel of their own. */
  baseline: { channel: string; daily: number; conversionValue: number } | null;
  /** Growth of spend and demand in a year. */
  trend: number;
  /** Factors from Monday to Sunday. */
  week: readonly number[];
  /** Height of the yearly wave; its top is in late November. */
  yearly: number;
}

const meta: World = {
  platform: 'meta_business',
  channels: [
    {
      channel: 'Meta Prospecting',
      dailySpend: 900,
      carryOver: 0.6,
      halfSaturation: 3000,
      shape: 1.4,
      maximum: 70,
      conversionValue: 62,
      overclaim: 1.5,
      costPerThousand: 7.5,
      clickRate: 0.011,
      campaigns: ['Broad Video', 'Lookalike 1 %', 'Interests'],
    },
    {
      channel: 'Meta Retargeting',
      dailySpend: 320,
      carryOver: 0.35,
      halfSaturation: 450,
      shape: 1,
      maximum: 22,
      conversionValue: 71,
      overclaim: 2.4,
      costPerThousand: 11,
      clickRate: 0.019,
      campaigns: ['Visitors 30 days', 'Abandoned baskets'],
    },
    {
      channel: 'Instagram Stories',
      dailySpend: 260,
      carryOver: 0.5,
      halfSaturation: 900,
      shape: 1.2,
      maximum: 16,
      conversionValue: 55,
      overclaim: 1.3,
      costPerThousand: 5.2,
      clickRate: 0.007,
      campaigns: ['Stories Launch', 'Creators'],
    },
  ],
  chain: {
    start: [0.58, 0.12, 0.3],
    next: [
      [0, 0.22, 0.13],
      [0.09, 0, 0.05],
      [0.24, 0.16, 0],
    ],
    conversion: [0.04, 0.21, 0.03],
    dailyJourneys: 130,
    repeat: 0.18,
    gap: 2.2,
  },
  baseline: null,
  trend: 0.18,
  week: [0.96, 0.95, 0.97, 1, 1.02, 1.06, 1.04],
  yearly: 0.22,
};

const google: World = {
  platform: 'google_ads',
  channels: [
    {
      channel: 'Google Search Generic',
      dailySpend: 780,
      carryOver: 0.2,
      halfSaturation: 1300,
      shape: 1.1,
      maximum: 60,
      conversionValue: 66,
      overclaim: 1.1,
      costPerThousand: 42,
      clickRate: 0.045,
      campaigns: ['Generic – Exact', 'Generic – Broad', 'Competitors'],
    },
    {
      channel: 'Google Search Brand',
      dailySpend: 150,
      carryOver: 0.1,
      halfSaturation: 160,
      shape: 1,
      maximum: 9,
      conversionValue: 68,
      overclaim: 4.2,
      costPerThousand: 55,
      clickRate: 0.19,
      campaigns: ['Brand'],
    },
    {
      channel: 'Google Shopping',
      dailySpend: 620,
      carryOver: 0.25,
      halfSaturation: 1000,
      shape: 1.3,
      maximum: 52,
      conversionValue: 58,
      overclaim: 1.4,
      costPerThousand: 9,
      clickRate: 0.013,
      campaigns: ['Shopping – Bestsellers', 'Shopping – All products'],
    },
    {
      channel: 'YouTube',
      dailySpend: 340,
      carryOver: 0.7,
      halfSaturation: 2200,
      shape: 1.6,
      maximum: 30,
      conversionValue: 60,
      overclaim: 0.6,
      costPerThousand: 6,
      clickRate: 0.004,
      campaigns: ['In-stream', 'Shorts'],
    },
  ],
  chain: {
    start: [0.36, 0.14, 0.26, 0.24],
    next: [
      [0, 0.2, 0.15, 0.03],
      [0.06, 0, 0.07, 0.02],
      [0.11, 0.14, 0, 0.03],
      [0.18, 0.12, 0.09, 0],
    ],
    conversion: [0.07, 0.24, 0.1, 0.015],
    dailyJourneys: 150,
    repeat: 0.12,
    gap: 1.6,
  },
  baseline: null,
  trend: 0.1,
  week: [1.05, 1.04, 1.03, 1.01, 0.97, 0.93, 0.97],
  yearly: 0.18,
};

const klaviyoWorld: World = {
  platform: 'klaviyo',
  channels: [
    {
      channel: 'Email Campaigns',
      dailySpend: 60,
      carryOver: 0.3,
      halfSaturation: 90,
      shape: 1.2,
      maximum: 18,
      conversionValue: 57,
      overclaim: 1.8,
      costPerThousand: 1.4,
      clickRate: 0.021,
      campaigns: ['Newsletter', 'Product News', 'Sale'],
    },
    {
      channel: 'Email Flows',
      dailySpend: 25,
      carryOver: 0.15,
      halfSaturation: 30,
      shape: 1,
      maximum: 14,
      conversionValue: 64,
      overclaim: 2.1,
      costPerThousand: 1.4,
      clickRate: 0.052,
      campaigns: ['Welcome', 'Abandoned Cart', 'Win-back'],
    },
    {
      channel: 'SMS',
      dailySpend: 45,
      carryOver: 0.1,
      halfSaturation: 80,
      shape: 1.3,
      maximum: 9,
      conversionValue: 49,
      overclaim: 1.5,
      costPerThousand: 38,
      clickRate: 0.085,
      campaigns: ['Flash Sale', 'Back in Stock'],
    },
  ],
  chain: {
    start: [0.55, 0.33, 0.12],
    next: [
      [0, 0.19, 0.08],
      [0.15, 0, 0.12],
      [0.14, 0.11, 0],
    ],
    conversion: [0.05, 0.16, 0.12],
    dailyJourneys: 110,
    repeat: 0.2,
    gap: 2.8,
  },
  baseline: { channel: 'Direct and Organic', daily: 85, conversionValue: 59 },
  trend: 0.12,
  week: [1.02, 1.08, 1.03, 1.05, 0.98, 0.9, 0.94],
  yearly: 0.2,
};

const all = [
  meta,
  google,
  klaviyoWorld,
  ...advertisingWorlds,
  ...shopWorlds,
  ...crmWorlds,
  ...paymentWorlds,
  ...warehouseWorlds,
];
const worlds = new Map(all.map((world) => [world.platform, world]));

/** The world of a platform; undefined for platforms without generated data. */
export function worldOf(platform: string): World | undefined {
  return worlds.get(platform);
}
