import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { DealsTruth } from '../truth/deals-truth.ts';
import type { Row } from './soql.pure.ts';

/** Sessions that are open from the start, by the index of their organisation; for tests. */
export const sessions = [
  '00D!double.session.berlin',
  '00D!double.session.auckland',
  '00D!double.session.partner',
  '00D!double.session.london',
] as const;

export interface SalesforceState {
  deals: DealsTruth;
  /** Instants of calls by organisation. */
  calls: Map<string, number[]>;
  /** Rows of queries that go on, by locator. */
  locators: Map<string, { rows: Row[]; fields: string[]; object: string }>;
  /** Rows by object and organisation as they were a moment ago. */
  rows: Map<string, { moment: number; rows: Row[] }>;
}

export type SalesforceDouble = Running<SalesforceState>;

export function salesforceState(environment: Environment): SalesforceState {
  const { tokens } = environment;
  const accounts = accountsTruth('salesforce', environment).map((account) => ({
    ...account,
    id: `00D${account.id}EAM`,
  }));
  for (const account of accounts) tokens.add(sessions[account.index]!, tokens.grant([], [account.id]));
  const deals = new DealsTruth(environment, { world: worldOf('salesforce')!, accounts, historyDays: 460, digits: 12 });
  return { deals, calls: new Map(), locators: new Map(), rows: new Map() };
}

/** A session belongs to one organisation: the first that was chosen. */
export function organizationOf(request: DoubleRequest): string | null {
  return request.grant?.accounts?.[0] ?? null;
}

export function organization(request: DoubleRequest, { state }: SalesforceDouble): AccountTruth {
  return state.deals.account(organizationOf(request) ?? '') ?? state.deals.accounts[0]!;
}

/** The host of an organisation; another one than that of the login. */
export function instanceHost(organizationId: string): string {
  return `nordwind-${organizationId.replaceAll(/^00D|\D/g, '')}.my.salesforce.com`;
}

/** The first organisation works in several currencies; the others have one and no field for it. */
export function hasCurrencies({ index }: AccountTruth): boolean {
  return index === 0;
}
