import type { Journey } from '../../csv/journey-columns.pure.ts';
import type { Item, Slice } from '../connector.ts';
import { channelOfLead, isAdvertising } from '../kit/lead-channel.pure.ts';
import { micros } from '../kit/money.pure.ts';
import { instant, moduleStream, plainItem, type ZohoRow } from './module-stream.ts';

const times = ['Created_Time', 'Modified_Time'];

/** A deal that was won counts on its closing date; others count nothing. */
export const deals = moduleStream({
  name: 'deals',
  title: 'Deals',
  module: 'Deals',
  delivers: ['items', 'journeys'],
  kind: 'deal',
  fields: ['Amount', 'Currency', 'Stage', 'Probability', 'Closing_Date', 'Lead_Source', 'Campaign_Source', ...times],
  map: (row, slice) => ({ items: [dealItem(row, slice)], journeys: journeysOf(row, slice) }),
});

function dealItem(row: ZohoRow, slice: Slice): Item {
  const won = wasWon(row, slice) ? row.Closing_Date : null;
  return {
    ...plainItem(row, 'deal', {
      stage: row.Stage,
      state: stateOf(row, slice),
      probability: row.Probability,
      amount: row.Amount,
      closingDate: row.Closing_Date,
      source: row.Lead_Source,
    }),
    channel: channelOfLead(row.Lead_Source),
    campaign: row.Campaign_Source?.name ?? null,
    ...(row.Currency ? { currency: row.Currency } : {}),
    ...(won ? { date: won, occurredAt: instant(`${won}T12:00:00Z`) } : {}),
    ...(won ? { conversions: 1, revenue: micros(row.Amount) } : {}),
  };
}

/** What each company calls its stages is its own affair; the usual name of won ones has the word in it. */
function wasWon({ Stage: stage }: ZohoRow, { settings }: Slice): boolean {
  const named = (settings['wonStages'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const own = (stage ?? '').trim().toLowerCase();
  return named.length > 0 ? named.includes(own) : /\bwon\b/.test(own);
}

function stateOf(row: ZohoRow, slice: Slice): 'won' | 'lost' | 'open' {
  if (wasWon(row, slice)) return 'won';
  return /\blost\b/i.test(row.Stage ?? '') ? 'lost' : 'open';
}

/** Zoho knows of one touch: what the deal came from, when it was opened. */
function journeysOf(row: ZohoRow, slice: Slice): Journey[] {
  const campaign = row.Campaign_Source?.name ?? null;
  const hasSource = campaign !== null || Boolean(row.Lead_Source);
  const state = stateOf(row, slice);
  const { Closing_Date: closed, Created_Time: created } = row;
  if (!hasSource || state === 'open' || !closed || !created) return [];
  const age = (instant(`${closed}T23:59:59Z`).getTime() - instant(created).getTime()) / 86_400_000;
  return [
    {
      key: row.id,
      date: closed,
      currency: row.Currency ?? slice.account.currency,
      ...(state === 'won'
        ? { conversions: 1, nulls: 0, value: micros(row.Amount) }
        : { conversions: 0, nulls: 1, value: 0n }),
      touches: [{ channel: channelOfLead(row.Lead_Source), campaign, age: Math.max(0, age) }],
    },
  ];
}

export const leads = moduleStream({
  name: 'leads',
  title: 'Leads',
  module: 'Leads',
  delivers: ['items'],
  kind: 'contact',
  fields: ['Lead_Source', 'Lead_Status', ...times],
  map: (row) => ({
    items: [plainItem(row, 'contact', { type: 'lead', source: row.Lead_Source, status: row.Lead_Status })],
  }),
});

export const contacts = moduleStream({
  name: 'contacts',
  title: 'Contacts',
  module: 'Contacts',
  delivers: ['items'],
  kind: 'contact',
  fields: ['Lead_Source', ...times],
  map: (row) => ({ items: [plainItem(row, 'contact', { type: 'contact', source: row.Lead_Source })] }),
});

export const companies = moduleStream({
  name: 'accounts',
  title: 'Accounts',
  module: 'Accounts',
  delivers: ['items'],
  kind: 'contact',
  fields: ['Industry', 'Account_Type', ...times],
  map: (row) => ({
    items: [plainItem(row, 'contact', { type: 'company', industry: row.Industry, state: row.Account_Type })],
  }),
});

/**
 * Campaigns with what they cost. The cost counts on the first day of a campaign, as Zoho knows no others; that of
 * advertising platforms comes from them and counts nothing here.
 */
export const campaigns = moduleStream({
  name: 'campaigns',
  title: 'Campaigns and what they cost',
  module: 'Campaigns',
  delivers: ['entities', 'items'],
  kind: 'event',
  fields: [
    'Campaign_Name',
    'Type',
    'Status',
    'Start_Date',
    'End_Date',
    'Actual_Cost',
    'Budgeted_Cost',
    'Currency',
    ...times,
  ],
  map: (row) => ({
    entities: [{ type: 'campaign', id: row.id, name: row.Campaign_Name ?? row.id, status: row.Status ?? null }],
    items: [cost(row)],
  }),
});

function cost(row: ZohoRow): Item {
  const channel = channelOfLead(row.Type);
  const item = plainItem(row, 'event', {
    type: row.Type,
    status: row.Status,
    start: row.Start_Date,
    end: row.End_Date,
    actualCost: row.Actual_Cost,
    budgetedCost: row.Budgeted_Cost,
  });
  if (!row.Start_Date || !row.Actual_Cost || isAdvertising(channel)) return item;
  return {
    ...item,
    date: row.Start_Date,
    occurredAt: instant(`${row.Start_Date}T12:00:00Z`),
    channel,
    campaign: row.Campaign_Name ?? null,
    ...(row.Currency ? { currency: row.Currency } : {}),
    spend: micros(row.Actual_Cost),
  };
}
