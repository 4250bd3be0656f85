import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { AdsTruth } from '../truth/ads-truth.ts';
import { DealsTruth } from '../truth/deals-truth.ts';
import type { CrmRecord } from './records.ts';

/** Tokens of private apps by the index of their portal. */
export const privateApps = [
  'pat-eu1-10000000-double-hubspot-berlin',
  'pat-ap1-20000000-double-hubspot-auckland',
  'pat-na1-30000000-double-hubspot-partner',
  'pat-eu1-40000000-double-hubspot-london',
] as const;

export const requiredScopes = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.companies.read',
  'crm.objects.deals.read',
];
const revenueScope = 'marketing.campaigns.revenue.read';
export const optionalScopes = ['content', 'marketing.campaigns.read', revenueScope];

export interface HubspotState {
  deals: DealsTruth;
  /** What marketing e-mails and campaigns achieve by day. */
  marketing: AdsTruth;
  /** Instants of calls by portal. */
  calls: Map<string, number[]>;
  /** Objects by type and portal as they were a moment ago. */
  records: Map<string, { moment: number; records: CrmRecord[] }>;
}

export type HubspotDouble = Running<HubspotState>;

/** Optional scopes that a portal's plan lets it grant: the second one has no reports on revenue. */
export function grantable(account: Pick<AccountTruth, 'index'>): string[] {
  return account.index === 1 ? optionalScopes.filter((scope) => scope !== revenueScope) : optionalScopes;
}

export function hubspotState(environment: Environment): HubspotState {
  const { tokens } = environment;
  const accounts = accountsTruth('hubspot', environment, 8);
  const world = worldOf('hubspot')!;
  for (const account of accounts) {
    tokens.add(privateApps[account.index]!, tokens.grant([], [account.id]));
  }
  return {
    deals: new DealsTruth(environment, { world, accounts, historyDays: 460, digits: 11 }),
    marketing: new AdsTruth(environment, { world, accounts, lateDays: 3, historyDays: 500 }),
    calls: new Map(),
    records: new Map(),
  };
}

/** A token belongs to one portal: the first that was chosen. */
export function portalOf(request: DoubleRequest): string | null {
  return request.grant?.accounts?.[0] ?? null;
}

/** The portal that is asked. */
export function portal(request: DoubleRequest, { state }: HubspotDouble): AccountTruth {
  const { deals } = state;
  return deals.account(portalOf(request) ?? '') ?? deals.accounts[0]!;
}
