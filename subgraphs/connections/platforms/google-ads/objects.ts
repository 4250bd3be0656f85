import { z } from 'zod';
import { defineStream, type Stream } from '../connector.ts';
import { nextTokenOf, resultsOf, search } from './query.ts';

const part = z.looseObject({ id: z.string(), name: z.string().optional(), status: z.string().optional() });

const objectRow = z.looseObject({
  campaign: part,
  adGroup: part.optional(),
  adGroupAd: z
    .looseObject({ status: z.string().optional(), ad: z.looseObject({ id: z.string(), name: z.string().optional() }) })
    .optional(),
});

type Row = z.infer<typeof objectRow>;

/** Names and states, also of what was removed: it still has cost. */
function objects(name: string, title: string, fields: string, key: string, entityOf: (row: Row) => Named): Stream {
  return defineStream<Row>({
    name,
    title,
    delivers: ['entities'],
    key: [key],
    row: objectRow,
    cursor: { by: 'none' },
    pageSize: 0,
    request: ({ account }, at) =>
      search(account, `SELECT ${fields} FROM ${key.startsWith('adGroupAd') ? 'ad_group_ad' : name.slice(0, -1)}`, at),
    rows: resultsOf,
    next: nextTokenOf,
    map: (row) => {
      const { id, label, status, parent } = entityOf(row);
      return { entities: [{ type: name.slice(0, -1), id, name: label ?? id, status: status ?? null, parent }] };
    },
  });
}

interface Named {
  id: string;
  label: string | undefined;
  status: string | undefined;
  parent: string | null;
}

export const campaigns = objects(
  'campaigns',
  'Campaigns',
  'campaign.id, campaign.name, campaign.status',
  'campaign.id',
  ({ campaign: { id, name, status } }) => ({ id, label: name, status, parent: null }),
);

export const adGroups = objects(
  'ad_groups',
  'Ad groups',
  'campaign.id, ad_group.id, ad_group.name, ad_group.status',
  'adGroup.id',
  ({ campaign, adGroup }) => ({ id: adGroup!.id, label: adGroup!.name, status: adGroup!.status, parent: campaign.id }),
);

export const ads = objects(
  'ads',
  'Advertisements',
  'campaign.id, ad_group.id, ad_group_ad.ad.id, ad_group_ad.ad.name, ad_group_ad.status',
  'adGroupAd.resourceName',
  ({ adGroup, adGroupAd }) => ({
    id: `${adGroup!.id}~${adGroupAd!.ad.id}`,
    label: adGroupAd!.ad.name,
    status: adGroupAd!.status,
    parent: adGroup!.id,
  }),
);
