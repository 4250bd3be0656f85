import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { AdsTruth, type Entity } from '../truth/ads-truth.ts';

export interface TiktokState {
  truth: AdsTruth;
  /** Instants of the calls of the last minute. */
  calls: number[];
}

export type TiktokDouble = Running<TiktokState>;

export function tiktokState(environment: Environment): TiktokState {
  // Ids are longer than what a number holds.
  const accounts = accountsTruth('tiktok', environment, 19);
  const truth = new AdsTruth(environment, { world: worldOf('tiktok')!, accounts, lateDays: 6, digits: 19 });
  return { truth, calls: [] };
}

/** Whether a user of this token chose the advertiser. */
export function isChosen(id: string, { grant }: DoubleRequest): boolean {
  return !grant?.accounts || grant.accounts.includes(id);
}

/** One campaign of an advertiser was deleted; what it spent stays in reports. */
export function isDeleted(entity: Entity, account: AccountTruth, { truth }: TiktokState): boolean {
  const campaign = entity.parent?.parent ?? entity.parent ?? entity;
  return truth.campaigns(account).at(-1) === campaign;
}
