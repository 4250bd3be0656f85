import { z } from 'zod';
import { defineStream, type Stream } from '../connector.ts';
import { dataOf, nextCursor } from './accounts.ts';

const object = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  campaign_id: z.string().nullish(),
  entity_status: z.string().nullish(),
});

/** Names of campaigns or line items, those that were deleted too. */
function objects(kind: 'campaigns' | 'line_items', title: string): Stream {
  return defineStream<z.infer<typeof object>>({
    name: kind,
    title,
    delivers: ['entities'],
    key: ['id'],
    row: object,
    cursor: { by: 'none' },
    pageSize: 1000,
    request: ({ account, pageSize }, at) => ({
      url: `/accounts/${account.id}/${kind}`,
      query: { count: pageSize, with_deleted: true, cursor: (at as string | null) ?? undefined },
    }),
    rows: dataOf,
    next: nextCursor,
    map: ({ id, name, campaign_id: parent = null, entity_status: status = null }) => ({
      entities: [{ type: kind.slice(0, -1), id, name: name || id, parent, status }],
    }),
  });
}

export const campaigns = objects('campaigns', 'Campaigns');
export const lineItems = objects('line_items', 'Ad groups');
