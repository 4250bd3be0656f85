import type { Item } from '../connector.ts';
import { channelOfLead, isAdvertising } from '../kit/lead-channel.pure.ts';
import { micros } from '../kit/money.pure.ts';
import { instant, plainItem, soqlStream, type SalesforceRecord } from './soql-stream.ts';

/** An opportunity that was won counts on its close date; others count nothing. */
export const opportunities = soqlStream({
  name: 'opportunities',
  title: 'Opportunities',
  object: 'Opportunity',
  delivers: ['items'],
  kind: 'deal',
  stamp: 'SystemModstamp',
  map: (row) => ({ items: [deal(row)] }),
});

function deal(row: SalesforceRecord): Item {
  const isWon = row.IsWon === true;
  return {
    ...plainItem(row, 'deal', {
      stage: row.StageName,
      state: stateOf(row),
      probability: row.Probability,
      amount: row.Amount,
      closeDate: row.CloseDate,
      source: row.LeadSource,
      type: row.Type,
    }),
    ...(isWon && row.CloseDate ? { date: row.CloseDate, occurredAt: instant(`${row.CloseDate}T12:00:00Z`) } : {}),
    channel: channelOfLead(row.LeadSource),
    campaign: row.Campaign?.Name ?? null,
    ...(row.CurrencyIsoCode ? { currency: row.CurrencyIsoCode } : {}),
    ...(isWon ? { conversions: 1, revenue: micros(row.Amount) } : {}),
  };
}

function stateOf({ IsWon: isWon, IsClosed: isClosed }: SalesforceRecord): string {
  if (isWon) return 'won';
  return isClosed ? 'lost' : 'open';
}

/** Each stage that an opportunity went through, with its amount then. */
export const stages = soqlStream({
  name: 'opportunity_stages',
  title: 'Stages of opportunities',
  object: 'OpportunityHistory',
  delivers: ['items'],
  kind: 'event',
  stamp: 'CreatedDate',
  map: (row) => ({
    items: [
      plainItem(row, 'event', {
        opportunity: row.OpportunityId,
        stage: row.StageName,
        probability: row.Probability,
        amount: row.Amount,
      }),
    ],
  }),
});

export const leads = soqlStream({
  name: 'leads',
  title: 'Leads',
  object: 'Lead',
  delivers: ['items'],
  kind: 'contact',
  stamp: 'SystemModstamp',
  map: (row) => ({
    items: [
      plainItem(row, 'contact', {
        type: 'lead',
        status: row.Status,
        source: row.LeadSource,
        converted: row.IsConverted,
        convertedOn: row.ConvertedDate,
      }),
    ],
  }),
});

export const contacts = soqlStream({
  name: 'contacts',
  title: 'Contacts',
  object: 'Contact',
  delivers: ['items'],
  kind: 'contact',
  stamp: 'SystemModstamp',
  map: (row) => ({ items: [plainItem(row, 'contact', { type: 'contact', source: row.LeadSource })] }),
});

export const companies = soqlStream({
  name: 'accounts',
  title: 'Accounts',
  object: 'Account',
  delivers: ['items'],
  kind: 'contact',
  stamp: 'SystemModstamp',
  map: (row) => ({ items: [plainItem(row, 'contact', { type: 'company', industry: row.Industry, state: row.Type })] }),
});

/**
 * Campaigns with what they cost. The cost counts on the first day of a campaign, as Salesforce knows no others; that of
 * advertising platforms comes from them and counts nothing here.
 */
export const campaigns = soqlStream({
  name: 'campaigns',
  title: 'Campaigns and what they cost',
  object: 'Campaign',
  delivers: ['entities', 'items'],
  kind: 'event',
  stamp: null,
  map: (row) => ({
    entities: [{ type: 'campaign', id: row.Id, name: row.Name ?? row.Id, status: row.Status ?? null }],
    items: [cost(row)],
  }),
});

function cost(row: SalesforceRecord): Item {
  const channel = channelOfLead(row.Type);
  const item = plainItem(row, 'event', {
    type: row.Type,
    status: row.Status,
    start: row.StartDate,
    end: row.EndDate,
    actualCost: row.ActualCost,
    budgetedCost: row.BudgetedCost,
  });
  if (!row.StartDate || !row.ActualCost || isAdvertising(channel)) return item;
  return {
    ...item,
    date: row.StartDate,
    occurredAt: instant(`${row.StartDate}T12:00:00Z`),
    channel,
    campaign: row.Name ?? null,
    ...(row.CurrencyIsoCode ? { currency: row.CurrencyIsoCode } : {}),
    spend: micros(row.ActualCost),
  };
}

/** Who was reached by a campaign, and whether he responded. */
export const campaignMembers = soqlStream({
  name: 'campaign_members',
  title: 'Members of campaigns',
  object: 'CampaignMember',
  delivers: ['items'],
  kind: 'event',
  stamp: 'SystemModstamp',
  map: (row) => ({
    items: [
      plainItem(row, 'event', {
        campaign: row.Campaign?.Name,
        status: row.Status,
        responded: row.HasResponded,
        firstResponse: row.FirstRespondedDate,
      }),
    ],
  }),
});
