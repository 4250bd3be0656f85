import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { ContactTruth, DealTruth } from '../truth/deals-truth.ts';
import { decimal, stableDigits } from '../truth/stable.pure.ts';
import type { VisitTruth } from '../truth/visits.pure.ts';
import type { HubspotDouble } from './state.ts';

export type ObjectType = 'contacts' | 'companies' | 'deals';

/** An object of the CRM; properties are made when they are shown. */
export interface CrmRecord {
  id: string;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  properties(): Record<string, string | null>;
}

/** The name of the property that tells of changes; it differs by type. */
export const modifiedProperty: Record<ObjectType, string> = {
  contacts: 'lastmodifieddate',
  companies: 'hs_lastmodifieddate',
  deals: 'hs_lastmodifieddate',
};

const stageIds: Record<DealTruth['stage'], string> = {
  new: 'appointmentscheduled',
  qualified: 'qualifiedtobuy',
  proposal: 'contractsent',
  won: 'closedwon',
  lost: 'closedlost',
};
/** Some deals that were lost are deleted after so many days. */
const archivedAfterMs = 10 * 86_400_000;

const momentMs = 10_000;

/** Every object of a type by id, those that were deleted too. Pages asked for within ten seconds share them. */
export function recordsOf(type: ObjectType, account: AccountTruth, double: HubspotDouble): CrmRecord[] {
  const { state, clock } = double;
  const key = `${type}/${account.id}`;
  const moment = Math.floor(clock.now() / momentMs);
  const known = state.records.get(key);
  if (known?.moment === moment) return known.records;
  const records = makeRecords(type, account, double);
  state.records.set(key, { moment, records });
  return records;
}

function makeRecords(type: ObjectType, account: AccountTruth, { state, seed, clock }: HubspotDouble): CrmRecord[] {
  const contacts = state.deals.contacts(account);
  if (type === 'contacts') return contacts.map(contactRecord);
  const withDeal = contacts.filter(({ deal }) => deal !== null);
  const made =
    type === 'deals'
      ? withDeal.map((contact) => dealRecord(contact, contact.deal!, clock.now()))
      : withDeal.map((contact) => companyRecord(contact, seed));
  return made.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function contactRecord(contact: ContactTruth): CrmRecord {
  const { id, createdAt, updatedAt, visits, deal } = contact;
  const won = deal?.stage === 'won' ? deal : null;
  return {
    id,
    createdAt,
    updatedAt,
    archivedAt: null,
    properties: () => ({
      email: contact.email,
      firstname: contact.firstName,
      lastname: contact.lastName,
      createdate: iso(createdAt),
      lastmodifieddate: iso(updatedAt),
      lifecyclestage: stageOfLife(contact),
      closedate: won && iso(won.closeAt),
      total_revenue: won && decimal(won.amount),
      num_associated_deals: deal ? '1' : null,
      ...sources(visits[0], 'hs_analytics_source'),
      ...sources(visits.at(-1), 'hs_latest_source'),
      hs_analytics_first_timestamp: visits[0] ? iso(visits[0].at) : null,
      hs_latest_source_timestamp: visits.length > 0 ? iso(visits.at(-1)!.at) : null,
    }),
  };
}

function stageOfLife({ deal }: ContactTruth): string {
  if (!deal) return 'lead';
  return deal.stage === 'won' ? 'customer' : 'opportunity';
}

function dealRecord({ visits }: ContactTruth, deal: DealTruth, now: number): CrmRecord {
  const isDeleted = deal.stage === 'lost' && deal.id.endsWith('7') && deal.closeAt + archivedAfterMs <= now;
  const archivedAt = isDeleted ? deal.closeAt + archivedAfterMs : null;
  return {
    id: deal.id,
    createdAt: deal.createdAt,
    updatedAt: archivedAt ?? deal.updatedAt,
    archivedAt,
    properties: () => ({
      dealname: deal.name,
      amount: decimal(deal.amount),
      amount_in_home_currency: decimal(deal.amount),
      deal_currency_code: deal.currency,
      dealstage: stageIds[deal.stage],
      pipeline: 'default',
      closedate: iso(deal.closeAt),
      createdate: iso(deal.createdAt),
      hs_lastmodifieddate: iso(deal.updatedAt),
      hs_is_closed_won: String(deal.stage === 'won'),
      hs_is_closed: String(deal.stage === 'won' || deal.stage === 'lost'),
      ...sources(visits[0], 'hs_analytics_source'),
      ...sources(visits.at(-1), 'hs_analytics_latest_source'),
    }),
  };
}

function companyRecord(contact: ContactTruth, seed: number): CrmRecord {
  const { createdAt, company, country, deal } = contact;
  return {
    id: stableDigits(seed, ['hubspot', 'company', contact.id], 11),
    createdAt,
    updatedAt: deal!.updatedAt,
    archivedAt: null,
    properties: () => ({
      name: company,
      country,
      createdate: iso(createdAt),
      hs_lastmodifieddate: iso(deal!.updatedAt),
      lifecyclestage: deal!.stage === 'won' ? 'customer' : 'opportunity',
      ...sources(contact.visits[0], 'hs_analytics_source'),
    }),
  };
}

/** A visit in the words of HubSpot's analytics: a group, and two levels of detail whose meaning depends on it. */
function sources(visit: VisitTruth | undefined, name: string): Record<string, string | null> {
  const [group, first, second] = visit ? groupOf(visit) : ['OFFLINE', 'CRM_UI', null];
  return { [name]: group, [`${name}_data_1`]: first, [`${name}_data_2`]: second };
}

function groupOf({ source, medium, campaign }: VisitTruth): [string, string | null, string | null] {
  switch (medium) {
    case 'paid_social':
      return ['PAID_SOCIAL', source === 'facebook' ? 'Facebook' : 'LinkedIn', campaign];
    case 'cpc':
      return ['PAID_SEARCH', campaign, 'rain jacket'];
    case 'email':
      return ['EMAIL_MARKETING', campaign, null];
    case 'organic':
      return ['ORGANIC_SEARCH', 'Unknown keywords (SSL)', 'GOOGLE'];
    default:
      return ['REFERRALS', source, null];
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
