import { z } from 'zod';
import { addDays, dayIn } from '../../sync/plan-slices.pure.ts';
import type { Answer, ApiRequest, Json, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { afterOf, resultsOf } from './emails.ts';

const campaign = z.looseObject({
  id: z.string(),
  properties: z.looseObject({ hs_name: z.string().nullish(), hs_campaign_status: z.string().nullish() }),
});

const pageSize = 100;

function listRequest(slice: Slice, after: string | null): ApiRequest {
  const query = { limit: slice.pageSize, after: after ?? undefined, properties: 'hs_name,hs_campaign_status' };
  return { url: `/marketing/campaigns/${slice.version}`, query };
}

export const campaigns = defineStream<z.infer<typeof campaign>>({
  name: 'campaigns',
  title: 'Campaigns',
  delivers: ['entities'],
  scopes: ['marketing.campaigns.read'],
  key: ['id'],
  row: campaign,
  cursor: { by: 'none' },
  pageSize,
  request: (slice, at) => listRequest(slice, at as string | null),
  rows: resultsOf,
  next: afterOf,
  map: ({ id, properties }) => ({
    entities: [{ type: 'campaign', id, name: properties.hs_name ?? id, status: properties.hs_campaign_status ?? null }],
  }),
});

const figure = z.number().nullish();
const results = z.looseObject({
  id: z.string(),
  sessions: figure,
  influencedContacts: figure,
  newContactsFirstTouch: figure,
  newContactsLastTouch: figure,
  revenueAmount: figure,
  dealAmount: figure,
  dealsNumber: figure,
  spendTotal: figure,
  budgetTotal: figure,
  currencyCode: z.string().nullish(),
});

/** The campaigns of a page of the list, the one that is read, and what its reports have said so far. */
interface Place {
  ids: string[];
  index: number;
  step: number;
  known: Record<string, Json>;
  after: string | null;
}

const reports = ['reports/metrics', 'reports/revenue', 'budget/totals'];
/** Campaigns are summed up over so many days. */
const summedDays = 730;

/**
 * What HubSpot credits to each campaign, and what was entered as spent on it: three reports each. They cover the whole
 * time and the same deals several times over, so they stand beside the daily figures and not in them.
 */
export const campaignResults = defineStream<z.infer<typeof results>>({
  name: 'campaign_results',
  title: 'What HubSpot credits to campaigns, and what they cost',
  delivers: ['items'],
  basis: 'claimed',
  scopes: ['marketing.campaigns.read', 'marketing.campaigns.revenue.read'],
  key: ['id'],
  row: results,
  cursor: { by: 'none' },
  pageSize,
  request: (slice, at) => {
    const place = at as Place | null;
    const id = place?.ids[place.index];
    if (id === undefined) return listRequest(slice, place?.after ?? null);
    const today = dayIn(slice.now, slice.account.timeZone);
    const range = { startDate: addDays(today, -summedDays), endDate: today };
    const step = reports[place!.step]!;
    return {
      url: `/marketing/campaigns/${slice.version}/${encodeURIComponent(id)}/${step}`,
      query: step.startsWith('reports') ? range : {},
    };
  },
  rows: (answer, _, at) => {
    const place = at as Place | null;
    const id = place?.ids[place.index];
    const isLast = place?.step === reports.length - 1;
    return id !== undefined && isLast ? [{ ...place.known, ...figuresIn(answer), id }] : [];
  },
  next: (answer, _, at) => nextPlace(answer, at as Place | null),
  map: ({ id, ...figures }, { now, nameOf, account }) => ({
    items: [
      {
        key: id,
        kind: 'event',
        occurredAt: new Date(`${dayIn(now, account.timeZone)}T12:00:00Z`),
        updatedAt: null,
        channel: null,
        details: {
          campaign: nameOf('campaign', id),
          sessions: figures.sessions ?? 0,
          influencedContacts: figures.influencedContacts ?? 0,
          newContactsFirstTouch: figures.newContactsFirstTouch ?? 0,
          newContactsLastTouch: figures.newContactsLastTouch ?? 0,
          revenue: figures.revenueAmount ?? 0,
          deals: figures.dealsNumber ?? 0,
          dealAmount: figures.dealAmount ?? 0,
          spend: figures.spendTotal ?? 0,
          budget: figures.budgetTotal ?? 0,
          currency: figures.currencyCode ?? account.currency,
        },
      },
    ],
  }),
});

function figuresIn({ body }: Answer): Record<string, Json> {
  const entries = Object.entries((body ?? {}) as Record<string, Json>);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'number' || typeof value === 'string'));
}

function nextPlace(answer: Answer, place: Place | null): Json | null {
  if (place && place.index < place.ids.length) {
    if (place.step < reports.length - 1)
      return { ...place, step: place.step + 1, known: { ...place.known, ...figuresIn(answer) } };
    const index = place.index + 1;
    return index < place.ids.length || place.after !== null ? { ...place, index, step: 0, known: {} } : null;
  }
  const ids = z
    .array(campaign)
    .parse(resultsOf(answer))
    .map(({ id }) => id);
  const after = afterOf(answer);
  return ids.length > 0 || after !== null ? { ids, index: 0, step: 0, known: {}, after } : null;
}
