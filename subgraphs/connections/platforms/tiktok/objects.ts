import { z } from 'zod';
import { defineStream, type Answer, type Json, type Stream } from '../connector.ts';
import { listOf } from './accounts.ts';

const pageInfo = z.object({ data: z.object({ page_info: z.object({ page: z.number(), total_page: z.number() }) }) });

/** The number of the next page; null after the last one. */
export function nextPage({ body }: Answer): Json | null {
  const { page, total_page: last } = pageInfo.parse(body).data.page_info;
  return page < last ? page + 1 : null;
}

const object = z.looseObject({
  campaign_id: z.string().optional(),
  campaign_name: z.string().optional(),
  adgroup_id: z.string().optional(),
  adgroup_name: z.string().optional(),
  ad_id: z.string().optional(),
  ad_name: z.string().optional(),
  secondary_status: z.string().optional(),
});

type Level = 'campaign' | 'adgroup' | 'ad';

/** Names of campaigns, ad groups or advertisements. Without the filter those that were deleted would be missing. */
function objects(level: Level, name: string, title: string, parent?: Level): Stream {
  return defineStream<z.infer<typeof object>>({
    name,
    title,
    delivers: ['entities'],
    key: [`${level}_id`],
    row: object.required({ [`${level}_id`]: true } as Record<'ad_id', true>),
    cursor: { by: 'none' },
    pageSize: 1000,
    request: (slice, at) => ({
      url: `/${level}/get/`,
      query: {
        advertiser_id: slice.account.id,
        filtering: JSON.stringify({ secondary_status: `${level.toUpperCase()}_STATUS_ALL` }),
        page: (at as number | null) ?? 1,
        page_size: slice.pageSize,
      },
    }),
    rows: listOf,
    next: nextPage,
    map: (row) => {
      const id = row[`${level}_id`]!;
      const above = parent ? (row[`${parent}_id`] ?? null) : null;
      const status = row.secondary_status ?? null;
      return { entities: [{ type: level, id, name: row[`${level}_name`] ?? id, parent: above, status }] };
    },
  });
}

export const campaigns = objects('campaign', 'campaigns', 'Campaigns');
export const adGroups = objects('adgroup', 'adgroups', 'Ad groups', 'campaign');
export const ads = objects('ad', 'ads', 'Advertisements', 'adgroup');
