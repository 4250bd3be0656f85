import { worldOf } from '../../mock/worlds.pure.ts';
import type { Environment, Running } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountsTruth, type AccountTruth } from '../truth/accounts.pure.ts';
import { AdsTruth, type Entity } from '../truth/ads-truth.ts';
import { xErrors } from './errors.pure.ts';

/** A report that is being made; it is ready when it was asked after twice. */
export interface StatsJob {
  id: string;
  account: string;
  parameters: URLSearchParams;
  polls: number;
}

export interface XState {
  truth: AdsTruth;
  jobs: Map<string, StatsJob>;
  /** Calls in the present quarter of an hour by kind of resource. */
  windows: Map<string, { begin: number; calls: number }>;
}

export type XDouble = Running<XState>;

export function xState(environment: Environment): XState {
  const accounts = accountsTruth('x_ads', environment, 11).map((one) => ({
    ...one,
    id: BigInt(one.id).toString(36),
  }));
  const truth = new AdsTruth(environment, { world: worldOf('x_ads')!, accounts, lateDays: 5, digits: 9 });
  return { truth, jobs: new Map(), windows: new Map() };
}

/** The account of a request, or the refusal: it is not there, or closed to the user. */
export function readable(
  request: DoubleRequest,
  { state, faults }: XDouble,
): AccountTruth | ReturnType<typeof xErrors.forbidden> {
  const id = request.params.account ?? '';
  const account = state.truth.account(id);
  const chosen = request.grant?.accounts;
  const isOpen =
    account && account.kind !== 'forbidden' && !faults.forbidden.has(id) && (!chosen || chosen.includes(id));
  return isOpen ? account : xErrors.forbidden(id, request);
}

/** Where an entity is shown: takeovers have places of their own. */
export function placementOf(entity: Entity): string {
  if (entity.channel !== 'X Takeover') return 'ALL_ON_TWITTER';
  const campaign = entity.parent?.parent ?? entity.parent ?? entity;
  return campaign.name.startsWith('Trend') ? 'TREND' : 'SPOTLIGHT';
}

/** One campaign was deleted; its figures stay. */
export function isDeleted(entity: Entity, account: AccountTruth, { truth }: XState): boolean {
  const campaign = entity.parent?.parent ?? entity.parent ?? entity;
  return truth.campaigns(account)[1] === campaign;
}
