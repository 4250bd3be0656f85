import { z } from 'zod';
import { defineStream, type Stream } from '../connector.ts';
import { afterOf, dataOf } from './insights.ts';

const object = z.looseObject({
  id: z.string(),
  name: z.string(),
  effective_status: z.string().optional(),
  campaign_id: z.string().optional(),
  adset_id: z.string().optional(),
});

/** Names and states of campaigns, ad sets or advertisements, those that are over included. */
function objects(edge: 'campaigns' | 'adsets' | 'ads', title: string, parent?: 'campaign_id' | 'adset_id'): Stream {
  return defineStream<z.infer<typeof object>>({
    name: edge,
    title,
    delivers: ['entities'],
    scopes: ['ads_read'],
    key: ['id'],
    row: object,
    cursor: { by: 'none' },
    pageSize: 500,
    request: (slice, at) => ({
      url: `/act_${slice.account.id}/${edge}`,
      query: {
        fields: ['id', 'name', 'effective_status', parent].filter(Boolean).join(','),
        limit: slice.pageSize,
        after: (at as string | null) ?? undefined,
      },
    }),
    rows: dataOf,
    next: afterOf,
    map: ({ id, name, effective_status: status, ...row }) => ({
      entities: [{ type: edge.slice(0, -1), id, name, status: status ?? null, parent: parent ? row[parent] : null }],
    }),
  });
}

export const campaigns = objects('campaigns', 'Campaigns');
export const adSets = objects('adsets', 'Ad sets', 'campaign_id');
export const ads = objects('ads', 'Advertisements', 'adset_id');
