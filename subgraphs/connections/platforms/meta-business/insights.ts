import { z } from 'zod';
import type { Answer, ApiRequest, Json, Report, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { count, micros } from '../kit/money.pure.ts';

/** One event goes by several names in `actions`; only this one is counted. */
const purchase = 'omni_purchase';

const actions = z.array(z.looseObject({ action_type: z.string(), value: z.string() })).optional();

const insightRow = z.looseObject({
  date_start: z.string(),
  account_id: z.string(),
  campaign_id: z.string(),
  campaign_name: z.string(),
  adset_name: z.string().optional(),
  ad_id: z.string().optional(),
  ad_name: z.string().optional(),
  spend: z.string().optional(),
  impressions: z.string().optional(),
  clicks: z.string().optional(),
  actions,
  action_values: actions,
});

type Actions = z.infer<typeof actions>;

function valueOf(list: Actions, field = 'value'): string | undefined {
  const found = list?.find(({ action_type: type }) => type === purchase);
  return found?.[field] as string | undefined;
}

function parameters(slice: Slice, level: 'ad' | 'campaign', fields: string): Record<string, string> {
  return {
    level,
    time_increment: '1',
    time_range: JSON.stringify({ since: slice.from, until: slice.to }),
    fields,
    action_attribution_windows: '["default","incrementality"]',
    use_unified_attribution_setting: 'true',
    limit: String(slice.pageSize),
  };
}

/** A report is asked for, prepared by Meta, and then read like any list. */
function reportOf(level: 'ad' | 'campaign', fields: string): Report {
  return {
    create: (slice) => ({
      method: 'POST',
      url: `/act_${slice.account.id}/insights`,
      form: parameters(slice, level, fields),
    }),
    id: ({ body }) => (body as { report_run_id: string }).report_run_id,
    poll: (_, id) => ({
      url: `/${String(id)}`,
      query: { fields: 'async_status,async_percent_completion,error_message' },
    }),
    state: ({ body }) => {
      const {
        async_status: status,
        async_percent_completion: percent,
        error_message: said,
      } = body as Record<string, Json>;
      if (status === 'Job Completed' && percent === 100) return { state: 'done' };
      if (status !== 'Job Failed' && status !== 'Job Skipped') return { state: 'waiting' };
      const message = `Meta could not prepare the report: ${String(said ?? status)}.`;
      return { state: 'failed', failure: { class: 'transient', message } };
    },
    pollSeconds: 2,
    giveUpMinutes: 30,
  };
}

function readReport(slice: Slice, at: Json | null, report: Json | null): ApiRequest {
  const query = { limit: slice.pageSize, after: (at as string | null) ?? undefined };
  return { url: `/${String(report)}/insights`, query };
}

export function dataOf({ body }: Answer): readonly unknown[] {
  return (body as { data?: unknown[] }).data ?? [];
}

/** The cursor of the next page: `next` is there as long as there is one, but holds the token. */
export function afterOf({ body }: Answer): string | null {
  const { paging } = body as { paging?: { next?: string; cursors?: { after?: string } } };
  return paging?.next ? (paging.cursors?.after ?? null) : null;
}

const daily = { by: 'day', lookbackDays: 28, windowDays: 30, historyDays: 1120 } as const;
const adFields =
  'account_id,campaign_id,campaign_name,adset_id,adset_name,ad_id,ad_name,spend,impressions,clicks,actions,action_values';

export const adDaily = defineStream<z.infer<typeof insightRow>>({
  name: 'ad_daily',
  title: 'Advertisements by day',
  delivers: ['facts'],
  basis: 'claimed',
  scopes: ['ads_read'],
  key: ['date_start', 'account_id', 'ad_id'],
  row: insightRow,
  cursor: daily,
  pageSize: 1000,
  report: reportOf('ad', adFields),
  request: readReport,
  rows: dataOf,
  next: afterOf,
  map: (row) => ({
    facts: [
      {
        date: row.date_start,
        entity: `${row.account_id}/${row.ad_id}`,
        channel: 'Meta Ads',
        campaign: row.campaign_name,
        adGroup: row.adset_name ?? null,
        ad: row.ad_name ?? null,
        spend: micros(row.spend),
        impressions: count(row.impressions),
        clicks: count(row.clicks),
        conversions: count(valueOf(row.actions)),
        revenue: micros(valueOf(row.action_values)),
      },
    ],
  }),
  // Purchases may be missing in sums by account, so only what was delivered is compared.
  totals: {
    request: (slice) => ({
      url: `/act_${slice.account.id}/insights`,
      query: {
        level: 'account',
        time_range: JSON.stringify({ since: slice.from, until: slice.to }),
        fields: 'spend,impressions,clicks',
      },
    }),
    read: (answer) => {
      const [sums] = dataOf(answer) as { spend?: string; impressions?: string; clicks?: string }[];
      return { spend: micros(sums?.spend), impressions: count(sums?.impressions), clicks: count(sums?.clicks) };
    },
  },
});

/** What Meta's own experiments say a campaign caused, beside what it claims: a cross-check for models. */
export const campaignLift = defineStream<z.infer<typeof insightRow>>({
  name: 'campaign_lift',
  title: 'Incremental purchases of campaigns, as Meta estimates them',
  delivers: ['items'],
  basis: 'claimed',
  scopes: ['ads_read'],
  key: ['date_start', 'account_id', 'campaign_id'],
  row: insightRow,
  cursor: daily,
  pageSize: 1000,
  report: reportOf('campaign', 'account_id,campaign_id,campaign_name,spend,actions,action_values'),
  request: readReport,
  rows: dataOf,
  next: afterOf,
  map: (row) => {
    const incremental = valueOf(row.actions, 'incrementality');
    if (incremental === undefined) return null;
    const details = {
      campaignId: row.campaign_id,
      campaign: row.campaign_name,
      claimedConversions: count(valueOf(row.actions)),
      incrementalConversions: count(incremental),
      incrementalRevenue: count(valueOf(row.action_values, 'incrementality')),
      spend: count(row.spend),
    };
    const at = new Date(`${row.date_start}T12:00:00Z`);
    const key = `${row.account_id}/${row.campaign_id}/${row.date_start}`;
    return {
      items: [{ key, kind: 'lift', date: row.date_start, occurredAt: at, updatedAt: null, channel: null, details }],
    };
  },
});
