import { dayNumber, dayText } from '@liftos/connections/mock/calendar.pure.ts';
import { carryOverDays, channelSpend, dailyRows, hill } from '@liftos/connections/mock/daily-figures.pure.ts';
import { worldOf, type ChannelTruth, type World } from '@liftos/connections/mock/worlds.pure.ts';
import type { StudyWorld } from '@liftos/causal/studies/cover-world.pure.ts';

/** Platforms whose generated data has sales without marketing beside those of channels. */
const platforms = [
  'shopify',
  'woocommerce',
  'amazon_seller',
  'klaviyo',
  'hubspot',
  'salesforce',
  'zoho_crm',
  'stripe',
  'paypal',
  'snowflake',
  'databricks',
];

const firstDay = dayNumber('2023-01-02');

/** Generated world number `index` over whole weeks: its revenue and spend, and what spend really brought. */
export function mockWorld(index: number, weeks: number): StudyWorld {
  const platform = platforms[index % platforms.length]!;
  const world = worldOf(platform);
  if (!world) throw new Error(`There is no generated world of ${platform}.`);
  const seed = 1000 + index;
  const kpi = new Float64Array(weeks);
  for (let day = 0; day < 7 * weeks; day++) {
    for (const { revenue } of dailyRows(world, seed, firstDay + day))
      kpi[Math.floor(day / 7)]! += Number(revenue) / 1e6;
  }
  const channels = world.channels.map((truth) => ({ name: truth.channel, ...trueSeries(world, truth, seed, weeks) }));
  return {
    name: `${platform}, seed ${seed}`,
    data: {
      dates: Array.from({ length: weeks }, (_, week) => dayText(firstDay + 7 * week)),
      geos: ['all'],
      kpi,
      channels: channels.map(({ name, spend }) => ({ name, spend })),
      controls: [],
      events: [],
    },
    truths: channels.map(({ roi }) => roi),
  };
}

/** Weekly spend of a channel, and the revenue it is credited with per unit of it. */
function trueSeries(world: World, truth: ChannelTruth, seed: number, weeks: number) {
  const spend = new Float64Array(weeks);
  let [adstock, revenue, total] = [0, 0, 0];
  for (let day = -carryOverDays; day < 7 * weeks; day++) {
    const today = channelSpend(world, truth, seed, firstDay + day);
    adstock = adstock * truth.carryOver + today;
    if (day < 0) continue;
    spend[Math.floor(day / 7)]! += today;
    total += today;
    const caused = truth.maximum * hill(adstock, truth.halfSaturation, truth.shape);
    revenue += caused * truth.overclaim * truth.conversionValue;
  }
  return { spend, roi: revenue / total };
}
