import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { AdsTruth, type Entity } from '../truth/ads-truth.ts';

export interface LinkedinState {
  truth: AdsTruth;
}

export type LinkedinDouble = Running<LinkedinState>;

export function linkedinState(environment: Environment): LinkedinState {
  // Days are those of UTC wherever the account is.
  const accounts = accountsTruth('linkedin_ads', environment, 9).map((one) => ({ ...one, timeZone: 'UTC' }));
  const world = worldOf('linkedin_ads')!;
  return { truth: new AdsTruth(environment, { world, accounts, lateDays: 25, digits: 9 }) };
}

/** Whether the user has a role in the account. */
export function mayRead({ id, kind }: AccountTruth, { grant }: DoubleRequest, { faults }: LinkedinDouble): boolean {
  return kind !== 'forbidden' && !faults.forbidden.has(id) && (!grant?.accounts || grant.accounts.includes(id));
}

/** One campaign group was removed; what it spent stays in reports. */
export function isRemoved(entity: Entity, account: AccountTruth, { truth }: LinkedinState): boolean {
  const group = entity.parent?.parent ?? entity.parent ?? entity;
  return truth.campaigns(account).at(-1) === group;
}
