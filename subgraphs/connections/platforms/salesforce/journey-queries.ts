import { z } from 'zod';
import type { ApiRequest, Slice } from '../connector.ts';
import { fieldsOf } from './accounts.ts';
import { moreRequest, queryRequest, windowOf } from './soql-stream.ts';

/** Opportunities whose touches are put together at once; the least that Salesforce gives in a page. */
export const batchRows = 200;

/** Channel, campaign and instant in ms. */
export type Touch = [channel: string, campaign: string | null, at: number];

export const joined = z.object({
  id: z.string(),
  isWon: z.boolean(),
  closeDate: z.string(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  touches: z.array(z.tuple([z.string(), z.string().nullable(), z.number()])),
});

export type Joined = z.infer<typeof joined>;

export type Step = 'roles' | 'members' | 'leads';

/** A page of opportunities while its touches are collected. */
export interface Place {
  step: Step | 'opportunities';
  /** The next page of this step. */
  more: string | null;
  /** The next page of opportunities. */
  behind: string | null;
  found: Joined[];
  /** Contacts with the opportunities they belong to. */
  contacts: Record<string, string[]>;
}

/** The query of a place: opportunities, then who belongs to them, what reached these people, and where they came from. */
export function requestOf(slice: Slice, place: Place | null): ApiRequest {
  const path = place?.step === 'opportunities' ? place.behind : (place?.more ?? null);
  if (path !== null) return moreRequest(slice, path, batchRows);
  const list = (ids: readonly string[]): string => ids.map((id) => `'${id}'`).join(',');
  const ids = list(place?.found.map(({ id }) => id) ?? []);
  switch (place?.step) {
    case 'roles':
      return queryRequest(
        slice,
        `SELECT OpportunityId, ContactId FROM OpportunityContactRole WHERE OpportunityId IN (${ids})`,
        'query',
      );
    case 'members':
      return queryRequest(
        slice,
        'SELECT ContactId, HasResponded, CreatedDate, Campaign.Name, Campaign.Type FROM CampaignMember ' +
          `WHERE ContactId IN (${list(Object.keys(place.contacts))})`,
        'query',
      );
    case 'leads':
      return queryRequest(
        slice,
        `SELECT ConvertedOpportunityId, LeadSource, CreatedDate FROM Lead WHERE ConvertedOpportunityId IN (${ids})`,
        'query',
      );
    default: {
      const currency = fieldsOf(slice.account, 'Opportunity').filter((field) => field === 'CurrencyIsoCode');
      const fields = ['Id', 'Amount', 'IsWon', 'CloseDate', ...currency].join(', ');
      const where = windowOf(slice, 'SystemModstamp');
      return queryRequest(
        slice,
        `SELECT ${fields} FROM Opportunity WHERE ${where} ORDER BY SystemModstamp, Id`,
        'query',
        batchRows,
      );
    }
  }
}
