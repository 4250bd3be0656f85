import { createHash } from 'node:crypto';
import type { ChannelTruth } from '../../mock/worlds.pure.ts';
import { worldOf } from '../../mock/worlds.pure.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { ContactTruth, DealTruth } from '../truth/deals-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { isoIn } from '../truth/zone.pure.ts';
import type { ZohoDouble } from './state.ts';

const world = worldOf('zoho_crm')!;
const momentMs = 10_000;
const deletedAfterMs = 10 * 86_400_000;
const plannedDays = 60;

/** A record of a module. Instants in ms. */
export interface ZohoRecord {
  id: string;
  modifiedAt: number;
  deletedAt: number | null;
  fields(): Record<string, unknown>;
}

type Maker = (contact: ContactTruth, account: AccountTruth, now: number) => ZohoRecord[];

const makers: Readonly<Record<string, Maker>> = {
  Deals: (contact, account, now) => (contact.deal ? [deal(contact, contact.deal, account, now)] : []),
  // A lead that is converted moves away: it is then a contact, an account and a deal.
  Leads: (contact, account) => (contact.deal ? [] : [person(contact, account, 'Lead_Status', contact.updatedAt)]),
  Contacts: (contact, account) => (contact.deal ? [person(contact, account, null, contact.deal.createdAt)] : []),
  Accounts: (contact, account) => (contact.deal ? [company(contact, account)] : []),
};

export const modules = [...Object.keys(makers), 'Campaigns'];

/** Records of a module, deleted ones too. Requests within ten seconds share them. */
export function recordsOf(module: string, account: AccountTruth, { state, clock }: ZohoDouble): ZohoRecord[] {
  const key = `${module}/${account.id}`;
  const moment = Math.floor(clock.now() / momentMs);
  const known = state.records.get(key);
  if (known?.moment === moment) return known.records;
  const maker = makers[module];
  const records = maker
    ? state.deals.contacts(account).flatMap((contact) => maker(contact, account, clock.now()))
    : campaigns(account);
  state.records.set(key, { moment, records });
  return records;
}

const stages: Record<DealTruth['stage'], readonly [string, number]> = {
  new: ['Qualification', 10],
  qualified: ['Needs Analysis', 20],
  proposal: ['Proposal/Price Quote', 75],
  won: ['Closed Won', 100],
  lost: ['Closed Lost', 0],
};

function deal(contact: ContactTruth, one: DealTruth, account: AccountTruth, now: number): ZohoRecord {
  const isDeleted = one.stage === 'lost' && one.id.endsWith('7') && one.closeAt + deletedAfterMs <= now;
  const [stage, probability] = stages[one.stage];
  const campaign = contact.visits.at(-1)?.campaign ?? null;
  return {
    id: one.id,
    modifiedAt: one.updatedAt,
    deletedAt: isDeleted ? one.closeAt + deletedAfterMs : null,
    fields: () => ({
      Deal_Name: one.name,
      Amount: Number(decimal(one.amount)),
      Currency: one.currency,
      Exchange_Rate: 1,
      Stage: stage,
      Probability: probability,
      Closing_Date: isoIn(account.timeZone, one.closeAt).slice(0, 10),
      Lead_Source: contact.visits[0]?.channel ?? null,
      Campaign_Source: campaign === null ? null : { id: campaignId(campaign), name: campaign },
      Contact_Name: { id: contact.id, name: `${contact.firstName} ${contact.lastName}` },
      Created_Time: isoIn(account.timeZone, one.createdAt, true),
    }),
  };
}

function person(contact: ContactTruth, account: AccountTruth, status: string | null, modifiedAt: number): ZohoRecord {
  return {
    id: `6${contact.id.padStart(17, '0')}`,
    modifiedAt,
    deletedAt: null,
    fields: () => ({
      Email: contact.email,
      Full_Name: `${contact.firstName} ${contact.lastName}`,
      Lead_Source: contact.visits[0]?.channel ?? null,
      ...(status === null ? {} : { [status]: 'Contacted' }),
      Created_Time: isoIn(account.timeZone, contact.createdAt, true),
    }),
  };
}

function company(contact: ContactTruth, account: AccountTruth): ZohoRecord {
  const { deal: one } = contact;
  return {
    id: `7${contact.id.padStart(17, '0')}`,
    modifiedAt: one!.updatedAt,
    deletedAt: null,
    fields: () => ({
      Account_Name: contact.company,
      Industry: 'Manufacturing',
      Account_Type: one!.stage === 'won' ? 'Customer' : 'Prospect',
      Created_Time: isoIn(account.timeZone, one!.createdAt, true),
    }),
  };
}

function campaigns(account: AccountTruth): ZohoRecord[] {
  if (account.kind === 'empty') return [];
  return world.channels.flatMap((channel) => channel.campaigns.map((name) => campaign(channel, name, account)));
}

function campaign(channel: ChannelTruth, name: string, account: AccountTruth): ZohoRecord {
  const at = Date.parse('2026-09-01T08:00:00Z');
  return {
    id: campaignId(name),
    modifiedAt: at,
    deletedAt: null,
    fields: () => ({
      Campaign_Name: name,
      Type: channel.channel,
      Status: 'Active',
      Start_Date: '2026-09-01',
      End_Date: '2026-10-30',
      Actual_Cost: channel.dailySpend * plannedDays,
      Budgeted_Cost: channel.dailySpend * plannedDays,
      Currency: account.currency,
      Created_Time: isoIn(account.timeZone, at, true),
    }),
  };
}

function campaignId(name: string): string {
  const number = BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 12)}`);
  return `8${String(number).padStart(17, '0')}`;
}
