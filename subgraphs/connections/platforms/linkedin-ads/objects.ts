import { z } from 'zod';
import { defineStream, type Json, type Stream } from '../connector.ts';
import { elementsOf, idOfUrn, nextToken, restliList, restliUrl } from './restli.pure.ts';

/** Without these, cancelled, removed and draft ones would be missing. */
const everyStatus = `(status:(values:${restliList([
  'ACTIVE',
  'ARCHIVED',
  'CANCELED',
  'COMPLETED',
  'DRAFT',
  'PAUSED',
  'PENDING_DELETION',
  'REMOVED',
])}))`;

const campaign = z.looseObject({
  id: z.union([z.string(), z.number()]),
  name: z.string().optional(),
  status: z.string().optional(),
  campaignGroup: z.string().optional(),
});

function pageToken(at: Json | null): string | undefined {
  return at === null ? undefined : encodeURIComponent(String(at));
}

/** Names of campaign groups or campaigns, whatever their status. */
function campaignsOf(edge: 'adCampaignGroups' | 'adCampaigns', type: string, title: string): Stream {
  return defineStream<z.infer<typeof campaign>>({
    name: `${type}s`,
    title,
    delivers: ['entities'],
    scopes: ['r_ads'],
    key: ['id'],
    row: campaign,
    cursor: { by: 'none' },
    pageSize: 500,
    request: ({ account, pageSize }, at) => ({
      url: restliUrl(`/adAccounts/${account.id}/${edge}`, {
        q: 'search',
        search: everyStatus,
        pageSize,
        pageToken: pageToken(at),
      }),
    }),
    rows: elementsOf,
    next: nextToken,
    map: ({ id, name, status, campaignGroup }) => ({
      entities: [
        {
          type,
          id: String(id),
          name: name ?? String(id),
          status: status ?? null,
          parent: campaignGroup ? idOfUrn(campaignGroup) : null,
        },
      ],
    }),
  });
}

const creative = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  campaign: z.string().optional(),
  intendedStatus: z.string().optional(),
});

export const campaignGroups = campaignsOf('adCampaignGroups', 'campaign_group', 'Campaign groups');
export const campaigns = campaignsOf('adCampaigns', 'campaign', 'Campaigns');

/** Creatives may have no name; their number then stands for it. */
export const creatives = defineStream<z.infer<typeof creative>>({
  name: 'creatives',
  title: 'Creatives',
  delivers: ['entities'],
  scopes: ['r_ads'],
  key: ['id'],
  row: creative,
  cursor: { by: 'none' },
  pageSize: 100,
  request: ({ account, pageSize }, at) => ({
    url: restliUrl(`/adAccounts/${account.id}/creatives`, { q: 'criteria', pageSize, pageToken: pageToken(at) }),
    headers: { 'x-restli-method': 'FINDER' },
  }),
  rows: elementsOf,
  next: nextToken,
  map: ({ id, name, campaign: parent, intendedStatus }) => ({
    entities: [
      {
        type: 'creative',
        id: idOfUrn(id),
        name: name || idOfUrn(id),
        status: intendedStatus ?? null,
        parent: parent ? idOfUrn(parent) : null,
      },
    ],
  }),
});
