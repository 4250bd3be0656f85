import { z } from 'zod';
import { defineStream, type Answer, type Json, type Slice } from '../connector.ts';
import { dataOf } from './accounts.ts';
import { afterBatch, batchOf, daysOf, rangeOf, type StatsStep } from './stats-steps.pure.ts';

const activeEntity = z.object({ entity_id: z.string(), placements: z.array(z.string()).nullish() });
const lineItem = z.object({ id: z.string(), campaign_id: z.string() });

/** A metric is a list over days with nulls in it, or null as a whole, which is nothing on every day. */
const series = z.array(z.number().nullable()).nullish();
const entityStats = z.object({
  id: z.string(),
  id_data: z.array(
    z.object({
      metrics: z.object({
        impressions: series,
        clicks: series,
        billed_charge_local_micro: series,
        conversion_purchases: z.object({ metric: series, order_quantity: series, sale_amount: series }).nullish(),
      }),
    }),
  ),
});

const figure = z.number().nullish();
const dayRow = z.looseObject({
  id: z.string(),
  placement: z.string(),
  campaign: z.string().nullish(),
  date: z.string(),
  impressions: figure,
  clicks: figure,
  spend: figure,
  conversions: figure,
  revenue: figure,
});

function stepOf(at: Json | null): StatsStep | null {
  return at as unknown as StatsStep | null;
}

/** Every placement in which something was shown is asked for on its own. */
function firstStep(answer: Answer): StatsStep | null {
  const active = z.array(activeEntity).parse(dataOf(answer));
  const left = active
    .flatMap(({ entity_id: id, placements }) =>
      (placements?.length ? placements : ['ALL_ON_TWITTER']).map((placement): [string, string] => [placement, id]),
    )
    .sort(([a, x], [b, y]) => a.localeCompare(b) || x.localeCompare(y));
  return left.length > 0 ? { left, campaigns: null } : null;
}

/** Figures as rows of a day. Lists that do not fit the days asked for are put aside as a whole. */
function rowsOf(answer: Answer, slice: Slice, step: StatsStep): unknown[] {
  const days = daysOf(slice);
  const { placement } = batchOf(step, slice);
  return dataOf(answer).flatMap((raw): unknown[] => {
    const parsed = entityStats.safeParse(raw);
    if (!parsed.success) return [raw];
    const { id, id_data: parts } = parsed.data;
    return parts.flatMap(({ metrics }): unknown[] => {
      const { conversion_purchases: purchases, billed_charge_local_micro: spend, impressions, clicks } = metrics;
      const conversions = purchases?.metric ?? purchases?.order_quantity;
      const lists = { impressions, clicks, spend, conversions, revenue: purchases?.sale_amount };
      if (Object.values(lists).some((list) => list && list.length !== days.length)) return [raw];
      return days.map((date, index) => ({
        id,
        placement,
        campaign: step.campaigns?.[id],
        date,
        ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list?.[index]])),
      }));
    });
  });
}

/**
 * Ad groups by day. Not posts: what is spent on videos and takeovers belongs to no post, so that sums over posts would
 * be too small.
 */
export const adGroupDaily = defineStream<z.infer<typeof dayRow>>({
  name: 'ad_group_daily',
  title: 'Ad groups by day',
  delivers: ['facts'],
  basis: 'claimed',
  key: ['id', 'placement', 'date'],
  row: dayRow,
  // Figures are asked for seven days at once, and corrected for two weeks.
  cursor: { by: 'day', lookbackDays: 14, windowDays: 7, historyDays: 1095 },
  pageSize: 20,
  request(slice, at) {
    const step = stepOf(at);
    const { id } = slice.account;
    if (!step)
      return { url: `/stats/accounts/${id}/active_entities`, query: { entity: 'LINE_ITEM', ...rangeOf(slice) } };
    const { placement, ids } = batchOf(step, slice);
    if (!step.campaigns) {
      const query = { line_item_ids: ids.join(','), with_deleted: true, count: 1000 };
      return { url: `/accounts/${id}/line_items`, query };
    }
    return {
      url: `/stats/accounts/${id}`,
      query: {
        entity: 'LINE_ITEM',
        entity_ids: ids.join(','),
        ...rangeOf(slice),
        granularity: 'DAY',
        placement,
        metric_groups: 'ENGAGEMENT,BILLING,WEB_CONVERSION',
      },
    };
  },
  rows(answer, slice, at) {
    const step = stepOf(at);
    return step?.campaigns ? rowsOf(answer, slice, step) : [];
  },
  next(answer, slice, at) {
    const step = stepOf(at);
    if (!step) return firstStep(answer) as unknown as Json;
    if (step.campaigns) return afterBatch(step, slice) as unknown as Json;
    const groups = z.array(lineItem).parse(dataOf(answer));
    const campaigns = Object.fromEntries(groups.map(({ id, campaign_id: campaign }) => [id, campaign]));
    return { left: step.left, campaigns };
  },
  map(row, slice) {
    const { id, placement, campaign = null } = row;
    const suffix = placement === 'ALL_ON_TWITTER' ? '' : `/${placement}`;
    return {
      facts: [
        {
          date: row.date,
          entity: `${slice.account.id}/${id}${suffix}`,
          channel: 'X Ads',
          campaign: campaign && (slice.nameOf('campaign', campaign) ?? campaign),
          adGroup: slice.nameOf('line_item', id) ?? id,
          ad: null,
          spend: BigInt(row.spend ?? 0),
          impressions: row.impressions ?? 0,
          clicks: row.clicks ?? 0,
          conversions: row.conversions ?? 0,
          revenue: BigInt(row.revenue ?? 0),
        },
      ],
    };
  },
});
