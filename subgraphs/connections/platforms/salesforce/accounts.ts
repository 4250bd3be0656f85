import { z } from 'zod';
import { isPlatformFailure } from '../../engine/platform-failure.ts';
import type { Account, Api } from '../connector.ts';

const organization = z.looseObject({ Id: z.string(), Name: z.string(), TimeZoneSidKey: z.string() });
const described = z.looseObject({ fields: z.array(z.looseObject({ name: z.string() })) });

/** Fields that are read when the user may see them. */
export const wantedFields = {
  Opportunity: [
    'Id',
    'Amount',
    'CurrencyIsoCode',
    'StageName',
    'Probability',
    'IsClosed',
    'IsWon',
    'IsDeleted',
    'CloseDate',
    'CreatedDate',
    'SystemModstamp',
    'LeadSource',
    'CampaignId',
    'Type',
  ],
  OpportunityHistory: ['Id', 'OpportunityId', 'StageName', 'Probability', 'Amount', 'IsDeleted', 'CreatedDate'],
  OpportunityContactRole: ['OpportunityId', 'ContactId'],
  Lead: [
    'Id',
    'Status',
    'LeadSource',
    'IsConverted',
    'ConvertedDate',
    'ConvertedOpportunityId',
    'IsDeleted',
    'CreatedDate',
    'SystemModstamp',
  ],
  Contact: ['Id', 'LeadSource', 'IsDeleted', 'CreatedDate', 'SystemModstamp'],
  Account: ['Id', 'Industry', 'Type', 'IsDeleted', 'CreatedDate', 'SystemModstamp'],
  Campaign: [
    'Id',
    'Name',
    'Type',
    'Status',
    'StartDate',
    'EndDate',
    'ActualCost',
    'BudgetedCost',
    'CurrencyIsoCode',
    'IsDeleted',
    'CreatedDate',
  ],
  CampaignMember: [
    'Id',
    'CampaignId',
    'ContactId',
    'Status',
    'HasResponded',
    'FirstRespondedDate',
    'IsDeleted',
    'CreatedDate',
    'SystemModstamp',
  ],
} as const;

export type ObjectName = keyof typeof wantedFields;

/**
 * The organisation of the session, with the fields its user may see: a query that names another one fails. What is not
 * said by organisations of a single currency was typed in.
 */
export async function salesforceAccounts(api: Api): Promise<Account[]> {
  const [found] = z
    .array(organization)
    .length(1)
    .parse(await records(api, 'SELECT Id, Name, TimeZoneSidKey FROM Organization'));
  const currency = (await corporateCurrency(api)) ?? (api.settings['currency'] || 'USD');
  const names = Object.keys(wantedFields) as ObjectName[];
  const extra: Record<string, string> = {};
  for (const name of names) extra[name] = (await visibleFields(api, name)).join(',');
  return [{ id: found!.Id, name: found!.Name, currency, timeZone: found!.TimeZoneSidKey, state: 'ok', extra }];
}

async function records(api: Api, q: string): Promise<unknown[]> {
  const { body } = await api.call({ url: '/query', query: { q } });
  return (body as { records?: unknown[] }).records ?? [];
}

/** Null for organisations of a single currency, which have no such object. */
async function corporateCurrency(api: Api): Promise<string | null> {
  try {
    const [found] = await records(api, 'SELECT IsoCode FROM CurrencyType WHERE IsCorporate = true');
    return z.looseObject({ IsoCode: z.string() }).parse(found).IsoCode;
  } catch (error) {
    if (isPlatformFailure(error) && error.failure.class === 'permission') return null;
    throw error;
  }
}

/** None for an object that the user may not see. */
async function visibleFields(api: Api, name: ObjectName): Promise<string[]> {
  try {
    const { body } = await api.call({ url: `/sobjects/${name}/describe` });
    const there = new Set(described.parse(body).fields.map((field) => field.name));
    return wantedFields[name].filter((field) => there.has(field));
  } catch (error) {
    const isClosed = isPlatformFailure(error) && ['permission', 'bad_request'].includes(error.failure.class);
    if (isClosed) return [];
    throw error;
  }
}

/** The fields of an object that can be asked for; those of a parent are there when the link to it is. */
export function fieldsOf({ extra = {} }: Account, name: ObjectName): string[] {
  const own = (extra[name] ?? '').split(',').filter(Boolean);
  const fields = own.length > 0 ? own : ['Id'];
  const parents: Partial<Record<ObjectName, readonly string[]>> = {
    Opportunity: ['Campaign.Name'],
    CampaignMember: ['Campaign.Name', 'Campaign.Type'],
  };
  return fields.includes('CampaignId') ? [...fields, ...(parents[name] ?? [])] : fields;
}
