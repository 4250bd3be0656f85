import { channelRow } from './campaigns.pure.ts';
import { worldOf } from '../../mock/worlds.pure.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { ContactTruth, DealTruth } from '../truth/deals-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { isoIn } from '../truth/zone.pure.ts';
import type { Row } from './soql.pure.ts';
import { hasCurrencies, type SalesforceDouble } from './state.ts';

const world = worldOf('salesforce')!;
const momentMs = 10_000;
/** Some opportunities that were lost are deleted after so long. */
const deletedAfterMs = 10 * 86_400_000;

type Maker = (contact: ContactTruth, account: AccountTruth, now: number) => Row[];

const makers: Readonly<Record<string, Maker>> = {
  Opportunity: (contact, account, now) => (contact.deal ? [opportunity(contact, contact.deal, account, now)] : []),
  OpportunityHistory: ({ deal }) => (deal ? historyOf(deal) : []),
  OpportunityContactRole: ({ deal, id }) => (deal ? [contactRole(deal, id)] : []),
  Lead: (contact) => [lead(contact)],
  Contact: (contact) => (contact.deal ? [person(contact)] : []),
  Account: (contact) => (contact.deal ? [company(contact)] : []),
  CampaignMember: (contact) => members(contact),
};

export const objectNames = [...Object.keys(makers), 'Campaign', 'Organization', 'CurrencyType'];

/** Rows of an object, deleted ones too. Queries within ten seconds share them. */
export function rowsOf(object: string, account: AccountTruth, { state, clock }: SalesforceDouble): Row[] {
  const key = `${object}/${account.id}`;
  const moment = Math.floor(clock.now() / momentMs);
  const known = state.rows.get(key);
  if (known?.moment === moment) return known.rows;
  const rows = madeRows(object, account, () => state.deals.contacts(account), clock.now());
  state.rows.set(key, { moment, rows });
  return rows;
}

function madeRows(object: string, account: AccountTruth, contacts: () => ContactTruth[], now: number): Row[] {
  const maker = makers[object];
  if (maker) return contacts().flatMap((contact) => maker(contact, account, now));
  if (object === 'Campaign') {
    if (account.kind === 'empty') return [];
    return world.channels.flatMap((channel) =>
      channel.campaigns.map((name) => channelRow(channel, name, account.currency)),
    );
  }
  if (object === 'CurrencyType') return [{ Id: '01L000000000001AAA', IsoCode: account.currency, IsCorporate: true }];
  return [{ Id: account.id, Name: account.name, TimeZoneSidKey: account.timeZone, IsSandbox: false }];
}

const stages: Record<DealTruth['stage'], readonly [string, number]> = {
  new: ['Prospecting', 10],
  qualified: ['Qualification', 30],
  proposal: ['Proposal/Price Quote', 75],
  won: ['Closed Won', 100],
  lost: ['Closed Lost', 0],
};

function opportunity(contact: ContactTruth, deal: DealTruth, account: AccountTruth, now: number): Row {
  const [stage, probability] = stages[deal.stage];
  const isDeleted = deal.stage === 'lost' && deal.id.endsWith('7') && deal.closeAt + deletedAfterMs <= now;
  const last = contact.visits.at(-1);
  return {
    Id: idOf('006', deal.id),
    Name: deal.name,
    Amount: Number(decimal(deal.amount)),
    ...(hasCurrencies(account) ? { CurrencyIsoCode: deal.currency } : {}),
    StageName: stage,
    Probability: probability,
    IsClosed: deal.stage === 'won' || deal.stage === 'lost',
    IsWon: deal.stage === 'won',
    IsDeleted: isDeleted,
    CloseDate: isoIn(account.timeZone, deal.closeAt).slice(0, 10),
    CreatedDate: stamp(deal.createdAt),
    SystemModstamp: stamp(isDeleted ? deal.closeAt + deletedAfterMs : deal.updatedAt),
    LeadSource: contact.visits[0]?.channel ?? null,
    CampaignId: last?.campaign ? campaignId(last.campaign) : null,
    'Campaign.Name': last?.campaign ?? null,
    AccountId: idOf('001', contact.id),
    Type: 'New Customer',
  };
}

function historyOf(deal: DealTruth): Row[] {
  return deal.history.map(({ stage, at }, index) => ({
    Id: idOf('008', `${deal.id.slice(1)}${index}`),
    OpportunityId: idOf('006', deal.id),
    StageName: stages[stage][0],
    Probability: stages[stage][1],
    Amount: Number(decimal(deal.amount)),
    IsDeleted: false,
    CreatedDate: stamp(at),
    SystemModstamp: stamp(at),
  }));
}

function contactRole(deal: DealTruth, contactId: string): Row {
  return {
    Id: idOf('00K', deal.id),
    OpportunityId: idOf('006', deal.id),
    ContactId: idOf('003', contactId),
    Role: 'Decision Maker',
    IsPrimary: true,
    IsDeleted: false,
    CreatedDate: stamp(deal.createdAt),
    SystemModstamp: stamp(deal.createdAt),
  };
}

function lead({ id, createdAt, visits, deal, firstName, lastName, email }: ContactTruth): Row {
  return {
    Id: idOf('00Q', id),
    Name: `${firstName} ${lastName}`,
    Email: email,
    Status: deal ? 'Qualified' : 'Open - Not Contacted',
    LeadSource: visits[0]?.channel ?? null,
    IsConverted: deal !== null,
    ConvertedDate: deal ? new Date(deal.createdAt).toISOString().slice(0, 10) : null,
    ConvertedContactId: deal ? idOf('003', id) : null,
    ConvertedOpportunityId: deal ? idOf('006', deal.id) : null,
    IsDeleted: false,
    CreatedDate: stamp(createdAt),
    SystemModstamp: stamp(deal?.createdAt ?? createdAt),
  };
}

function person({ id, visits, deal, firstName, lastName, email }: ContactTruth): Row {
  return {
    Id: idOf('003', id),
    Name: `${firstName} ${lastName}`,
    Email: email,
    AccountId: idOf('001', id),
    LeadSource: visits[0]?.channel ?? null,
    IsDeleted: false,
    CreatedDate: stamp(deal!.createdAt),
    SystemModstamp: stamp(deal!.createdAt),
  };
}

function company({ id, company: name, deal }: ContactTruth): Row {
  return {
    Id: idOf('001', id),
    Name: name,
    Industry: 'Manufacturing',
    Type: deal!.stage === 'won' ? 'Customer' : 'Prospect',
    IsDeleted: false,
    CreatedDate: stamp(deal!.createdAt),
    SystemModstamp: stamp(deal!.updatedAt),
  };
}

/** One for each campaign that reached somebody. */
function members({ id, visits, deal }: ContactTruth): Row[] {
  const first = new Map(visits.toReversed().flatMap((visit) => (visit.campaign ? [[visit.campaign, visit]] : [])));
  return [...first].map(([name, visit], index) => ({
    Id: idOf('00v', `${id.slice(1)}${index}`),
    CampaignId: campaignId(name),
    'Campaign.Name': name,
    'Campaign.Type': visit.channel,
    LeadId: idOf('00Q', id),
    ContactId: deal ? idOf('003', id) : null,
    Status: 'Responded',
    HasResponded: true,
    FirstRespondedDate: new Date(visit.at).toISOString().slice(0, 10),
    IsDeleted: false,
    CreatedDate: stamp(visit.at),
    SystemModstamp: stamp(Math.max(visit.at, deal?.createdAt ?? 0)),
  }));
}

function campaignId(name: string): string {
  return String(channelRow(world.channels[0]!, name, '')['Id']);
}

/** An id of eighteen characters; the first three name the object. */
function idOf(prefix: string, digits: string): string {
  return `${prefix}${digits.padStart(12, '0').slice(-12)}AAA`;
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}
