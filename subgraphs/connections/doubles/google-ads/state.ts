import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import { Memo } from '../kit/memo.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth } from '../truth/accounts.pure.ts';
import { AdsTruth } from '../truth/ads-truth.ts';
import { stableDigits } from '../truth/stable.pure.ts';
import type { CustomerNode } from './fields.pure.ts';

/** A customer, with the manager above it; the manager itself has none. */
export interface Customer extends CustomerNode {
  manager: string | null;
  kind: 'normal' | 'forbidden' | 'empty';
}

interface GoogleState {
  truth: AdsTruth;
  /** The manager first. */
  customers: readonly Customer[];
  /** Operations of today (UTC), and which day that is. */
  operations: { day: number; count: number };
  /** Results that are being paged. */
  results: Memo<unknown[]>;
}

export type GoogleDouble = Running<GoogleState>;

/** Days in which conversions still arrive. */
export const googleLateDays = 30;

export function googleState(environment: Environment): GoogleState {
  const accounts = accountsTruth('google_ads', environment, 10);
  const truth = new AdsTruth(environment, {
    world: worldOf('google_ads')!,
    accounts,
    lateDays: googleLateDays,
    digits: 11,
    historyDays: 1200,
  });
  const manager: Customer = {
    id: stableDigits(environment.seed, ['google_ads', 'manager'], 10),
    name: 'Nordwind Group',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    isManager: true,
    manager: null,
    kind: 'normal',
  };
  const clients = accounts.map((account): Customer => ({ ...account, isManager: false, manager: manager.id }));
  return { truth, customers: [manager, ...clients], operations: { day: 0, count: 0 }, results: new Memo() };
}

/** The customer itself and those below it that the user chose, with their level. */
export function customersUnder(
  customer: Customer,
  { state }: GoogleDouble,
  { grant }: DoubleRequest,
): (Customer & { level: number })[] {
  const below = state.customers.filter(
    ({ id, manager }) => manager === customer.id && (!grant?.accounts || grant.accounts.includes(id)),
  );
  return [{ ...customer, level: 0 }, ...below.map((one) => ({ ...one, level: 1 }))];
}
