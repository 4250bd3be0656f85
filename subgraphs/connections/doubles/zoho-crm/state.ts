import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { DealsTruth } from '../truth/deals-truth.ts';
import type { ZohoRecord } from './records.ts';

/** Tokens that are good from the start, by the index of their organisation; for tests. */
export const firstTokens = [
  '1000.double.zoho.berlin',
  '1000.double.zoho.auckland',
  '1000.double.zoho.partner',
  '1000.double.zoho.london',
] as const;

export interface ZohoState {
  deals: DealsTruth;
  /** Instants of calls by organisation. */
  calls: Map<string, number[]>;
  /** Records by module and organisation as they were a moment ago. */
  records: Map<string, { moment: number; records: ZohoRecord[] }>;
}

export type ZohoDouble = Running<ZohoState>;

export function zohoState(environment: Environment): ZohoState {
  const { tokens } = environment;
  const accounts = accountsTruth('zoho_crm', environment, 18);
  for (const account of accounts) tokens.add(firstTokens[account.index]!, tokens.grant([], [account.id]));
  const deals = new DealsTruth(environment, { world: worldOf('zoho_crm')!, accounts, historyDays: 460, digits: 18 });
  return { deals, calls: new Map(), records: new Map() };
}

/** A token belongs to one organisation: the first that was chosen. */
export function organizationOf(request: DoubleRequest): string | null {
  return request.grant?.accounts?.[0] ?? null;
}

export function organization(request: DoubleRequest, { state }: ZohoDouble): AccountTruth {
  return state.deals.account(organizationOf(request) ?? '') ?? state.deals.accounts[0]!;
}
