import { z } from 'zod';
import { defineStream, type Slice } from '../connector.ts';
import { count, micros } from '../kit/money.pure.ts';
import { elementsOf, idOfUrn, restliDays, restliList, restliUrl } from './restli.pure.ts';

/** LinkedIn leaves out what lies behind so many elements, and does not say so. */
const mostElements = 15_000;

/** At most 20 of them may be asked for at once, and only those are given. */
const metrics = [
  'impressions',
  'clicks',
  'costInLocalCurrency',
  'externalWebsiteConversions',
  'oneClickLeads',
  'conversionValueInLocalCurrency',
];

const figure = z.union([z.number(), z.string()]).nullish();
const figures = {
  impressions: figure,
  clicks: figure,
  costInLocalCurrency: figure,
  externalWebsiteConversions: figure,
  oneClickLeads: figure,
  conversionValueInLocalCurrency: figure,
};

const element = z.looseObject({
  dateRange: z.object({ start: z.object({ year: z.number(), month: z.number(), day: z.number() }) }),
  pivotValues: z.array(z.string()).min(1),
  ...figures,
});

type Element = z.infer<typeof element>;

function report(slice: Slice, more: Readonly<Record<string, string>>, fields: readonly string[]) {
  return {
    url: restliUrl('/adAnalytics', {
      ...more,
      dateRange: restliDays(slice.from, slice.to),
      accounts: restliList([`urn:li:sponsoredAccount:${slice.account.id}`]),
      fields: fields.join(','),
    }),
  };
}

/** The id in the pivot of a type, e.g. `sponsoredCampaign`; null when it is not among them. */
function pivotOf({ pivotValues }: Element, type: string): string | null {
  const urn = pivotValues.find((value) => value.startsWith(`urn:li:${type}:`));
  return urn === undefined ? null : idOfUrn(urn);
}

function dayOf({ dateRange: { start } }: Element): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${start.year}-${two(start.month)}-${two(start.day)}`;
}

/** Conversions on the advertiser's website, and forms that are filled in on LinkedIn itself. */
function conversionsOf(row: { externalWebsiteConversions?: unknown; oneClickLeads?: unknown }): number {
  return count(row.externalWebsiteConversions as number) + count(row.oneClickLeads as number);
}

export const adDaily = defineStream<Element>({
  name: 'ad_daily',
  title: 'Creatives by day',
  delivers: ['facts'],
  basis: 'claimed',
  scopes: ['r_ads_reporting'],
  key: ['dateRange.start.year', 'dateRange.start.month', 'dateRange.start.day', 'pivotValues'],
  row: element,
  cursor: { by: 'day', lookbackDays: 30, windowDays: 30, historyDays: 730 },
  // There are no pages.
  pageSize: 0,
  request: (slice) => {
    const pivots = restliList(['CAMPAIGN_GROUP', 'CAMPAIGN', 'CREATIVE']);
    const fields = ['dateRange', 'pivotValues', ...metrics];
    return report(slice, { q: 'statistics', pivots, timeGranularity: 'DAILY' }, fields);
  },
  rows: elementsOf,
  next: () => null,
  cutOff: (_, rows) =>
    rows.length >= mostElements ? `LinkedIn gives at most ${mostElements} rows of a report at once.` : null,
  map: (row, slice) => {
    const group = pivotOf(row, 'sponsoredCampaignGroup');
    const campaign = pivotOf(row, 'sponsoredCampaign');
    const creative = pivotOf(row, 'sponsoredCreative');
    const nameOf = (type: string, id: string | null) => id && (slice.nameOf(type, id) ?? id);
    return {
      facts: [
        {
          date: dayOf(row),
          entity: `${slice.account.id}/${creative ?? campaign ?? group ?? ''}`,
          channel: 'LinkedIn Ads',
          campaign: nameOf('campaign_group', group),
          adGroup: nameOf('campaign', campaign),
          ad: nameOf('creative', creative),
          spend: micros(row.costInLocalCurrency),
          impressions: count(row.impressions),
          clicks: count(row.clicks),
          conversions: conversionsOf(row),
          revenue: micros(row.conversionValueInLocalCurrency),
        },
      ],
    };
  },
  totals: {
    request: (slice) => report(slice, { q: 'analytics', pivot: 'ACCOUNT', timeGranularity: 'ALL' }, metrics),
    read: (answer) => {
      const [sums = {}] = elementsOf(answer) as z.infer<z.ZodObject<typeof figures>>[];
      return {
        spend: micros(sums.costInLocalCurrency),
        impressions: count(sums.impressions),
        clicks: count(sums.clicks),
        conversions: conversionsOf(sums),
      };
    },
  },
});
