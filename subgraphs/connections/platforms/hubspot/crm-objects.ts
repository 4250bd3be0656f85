import type { Journey } from '../../csv/journey-columns.pure.ts';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Json, Mapped, Slice } from '../connector.ts';
import { micros } from '../kit/money.pure.ts';
import { changedAt, chosen, crmStream, type CrmRecord } from './crm-search.ts';
import { instant, sourceIn, touchesOf, type Properties } from './sources.pure.ts';

const original = ['hs_analytics_source', 'hs_analytics_source_data_1', 'hs_analytics_source_data_2'];
const latest = ['hs_latest_source', 'hs_latest_source_data_1', 'hs_latest_source_data_2'];
const times = ['hs_analytics_first_timestamp', 'hs_latest_source_timestamp'];

const sourceDetails = { source: 'hs_analytics_source', latestSource: 'hs_latest_source', stage: 'lifecyclestage' };

export const contacts = crmStream({
  type: 'contacts',
  title: 'Contacts, and how they found here',
  delivers: ['items', 'journeys'],
  kind: 'contact',
  modified: 'lastmodifieddate',
  properties: [
    'createdate',
    'lastmodifieddate',
    'lifecyclestage',
    'closedate',
    'total_revenue',
    ...original,
    ...latest,
    ...times,
  ],
  map: (row, slice) => {
    const { properties } = row;
    return {
      items: [
        {
          key: row.id,
          kind: 'contact',
          occurredAt: instant(properties['createdate']) ?? new Date(row.createdAt),
          updatedAt: changedAt(row, 'lastmodifieddate'),
          channel: null,
          details: chosen(properties, sourceDetails),
        },
      ],
      journeys: journeysOf(row, slice),
    };
  },
});

/**
 * The way of a contact to its first deal that was won, with the revenue of all its deals in the portal's currency; or
 * to where it is now, without one.
 */
function journeysOf({ id, properties, updatedAt }: CrmRecord, { account }: Slice): Journey[] {
  const bought = instant(properties['closedate']);
  const at = bought ?? instant(properties['hs_latest_source_timestamp']) ?? new Date(updatedAt);
  const touches = touchesOf(properties, at);
  if (touches.length === 0) return [];
  return [
    {
      key: id,
      date: dayIn(at, account.timeZone),
      currency: account.currency,
      conversions: bought ? 1 : 0,
      nulls: bought ? 0 : 1,
      value: bought ? micros(properties['total_revenue']) : 0n,
      touches,
    },
  ];
}

export const companies = crmStream({
  type: 'companies',
  title: 'Companies',
  delivers: ['items'],
  kind: 'contact',
  modified: 'hs_lastmodifieddate',
  properties: ['createdate', 'hs_lastmodifieddate', 'lifecyclestage', 'industry', 'country', ...original],
  map: (row) => ({
    items: [
      {
        key: row.id,
        kind: 'contact',
        occurredAt: instant(row.properties['createdate']) ?? new Date(row.createdAt),
        updatedAt: changedAt(row, 'hs_lastmodifieddate'),
        channel: null,
        details: {
          type: 'company',
          ...chosen(row.properties, { ...sourceDetails, industry: 'industry', country: 'country' }),
        },
      },
    ],
  }),
});

export const deals = crmStream({
  type: 'deals',
  title: 'Deals',
  delivers: ['items'],
  kind: 'deal',
  modified: 'hs_lastmodifieddate',
  properties: [
    'amount',
    'deal_currency_code',
    'dealstage',
    'pipeline',
    'closedate',
    'createdate',
    'hs_lastmodifieddate',
    'hs_is_closed_won',
    'hs_is_closed',
    ...original,
  ],
  map: dealItems,
});

/** A deal that was won counts on the day it was closed, in the portal's zone; others count nothing. */
function dealItems(row: CrmRecord, slice: Slice): Mapped {
  const { properties } = row;
  const isWon = wasWon(properties, slice);
  const created = instant(properties['createdate']) ?? new Date(row.createdAt);
  const source = sourceIn(properties, 'hs_analytics_source') ?? { channel: 'Direct', campaign: null };
  const currency = properties['deal_currency_code'];
  return {
    items: [
      {
        key: row.id,
        kind: 'deal',
        occurredAt: (isWon ? instant(properties['closedate']) : null) ?? created,
        updatedAt: changedAt(row, 'hs_lastmodifieddate'),
        ...source,
        ...(currency ? { currency } : {}),
        ...(isWon ? { conversions: 1, revenue: micros(properties['amount']) } : {}),
        details: dealDetails(properties, slice, isWon),
      },
    ],
  };
}

function dealDetails(properties: Properties, slice: Slice, isWon: boolean): Record<string, Json> {
  const closes = instant(properties['closedate']);
  const named = (type: string, property: string): string | null => {
    const id = properties[property] ?? null;
    return id === null ? null : (slice.nameOf(type, id) ?? id);
  };
  return {
    stage: named('stage', 'dealstage'),
    pipeline: named('pipeline', 'pipeline'),
    state: isWon ? 'won' : stateOf(properties),
    amount: properties['amount'] ?? null,
    expectedClose: closes && dayIn(closes, slice.account.timeZone),
    source: properties['hs_analytics_source'] ?? null,
  };
}

/** Portals name their stages as they like; where the property is missing, the pipeline tells which stage is won. */
function wasWon({ hs_is_closed_won: said, dealstage }: Properties, slice: Slice): boolean {
  if (said === 'true' || said === 'false') return said === 'true';
  return dealstage === 'closedwon' || slice.nameOf('won_stage', dealstage ?? '') !== null;
}

function stateOf({ hs_is_closed: isClosed }: Properties): string {
  return isClosed === 'true' ? 'lost' : 'open';
}
