import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { Entity } from '../truth/ads-truth.ts';
import { badParameter, noPermission, success } from './errors.pure.ts';
import { pagedList } from './paging.ts';
import { jsonList, jsonObject } from './parameters.pure.ts';
import { isChosen, isDeleted, type TiktokDouble } from './state.ts';

/** `GET /oauth2/advertiser/get/`: the advertisers that the user chose; asks for the application as well. */
export function advertisers(app: { id: string; secret: string }) {
  return (request: DoubleRequest, { state }: TiktokDouble): Answer => {
    if (request.query.get('app_id') !== app.id || request.query.get('secret') !== app.secret)
      return badParameter('app_id or secret: incorrect');
    const list = state.truth.accounts
      .filter(({ id }) => isChosen(id, request))
      .map(({ id, name }) => ({ advertiser_id: id, advertiser_name: name }));
    return success({ list });
  };
}

/** `GET /advertiser/info/`: refused as a whole when one of the advertisers is closed to the user. */
export function advertiserInfo(request: DoubleRequest, double: TiktokDouble): Answer {
  const ids = jsonList(request.query.get('advertiser_ids'));
  if (!ids || ids.length === 0) return badParameter('advertiser_ids: Field must be a JSON list of strings');
  if (ids.length > 100) return badParameter('advertiser_ids: at most 100');
  const accounts = ids.map((id) => double.state.truth.account(id));
  const closed = ids.find((id, index) => !accounts[index] || !mayRead(accounts[index], request, double));
  if (closed !== undefined) return noPermission(closed);
  const list = accounts.map((account) => ({
    advertiser_id: account!.id,
    name: account!.name,
    currency: account!.currency,
    timezone: 'Etc/GMT',
    display_timezone: account!.timeZone,
    status: 'STATUS_ENABLE',
  }));
  return success({ list });
}

/** `GET /campaign/get/`, `/adgroup/get/` and `/ad/get/`: what was deleted is left out unless it is asked for. */
export function objects(level: 'campaign' | 'adgroup' | 'ad') {
  return (request: DoubleRequest, double: TiktokDouble): Answer => {
    const account = readable(request, double);
    if (!('id' in account)) return account;
    const filtering = jsonObject(request.query.get('filtering'));
    if (!filtering) return badParameter('filtering: Not a valid JSON object');
    const withDeleted =
      filtering['secondary_status'] === `${level.toUpperCase()}_STATUS_ALL` ||
      filtering['primary_status'] === 'STATUS_ALL';
    const { truth } = double.state;
    const read = {
      campaign: () => truth.campaigns(account),
      adgroup: () => truth.adGroups(account),
      ad: () => truth.ads(account),
    };
    const items = read[level]()
      .filter((entity) => withDeleted || !isDeleted(entity, account, double.state))
      .map((entity) => node(entity, level, account, double));
    return pagedList(items, request, double);
  };
}

/** The advertiser of a request, or the refusal. */
export function readable(request: DoubleRequest, double: TiktokDouble): AccountTruth | Answer {
  const id = request.query.get('advertiser_id');
  if (!id) return badParameter('advertiser_id: Missing data for required field.');
  const account = double.state.truth.account(id);
  return account && mayRead(account, request, double) ? account : noPermission(id);
}

function mayRead({ id, kind }: AccountTruth, request: DoubleRequest, { faults }: TiktokDouble): boolean {
  return kind !== 'forbidden' && isChosen(id, request) && !faults.forbidden.has(id);
}

function node(entity: Entity, level: string, account: AccountTruth, { state }: TiktokDouble): Record<string, unknown> {
  const { id, name, parent } = entity;
  const status = isDeleted(entity, account, state) ? 'DELETE' : 'ENABLE';
  const instant = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return {
    advertiser_id: account.id,
    ...(level === 'campaign' ? { campaign_id: id, campaign_name: name } : {}),
    ...(level === 'adgroup' ? { adgroup_id: id, adgroup_name: name, campaign_id: parent!.id } : {}),
    ...(level === 'ad' ? { ad_id: id, ad_name: name, adgroup_id: parent!.id, campaign_id: parent!.parent!.id } : {}),
    secondary_status: `${level.toUpperCase()}_STATUS_${status}`,
    create_time: instant(entity.createdAt),
    modify_time: instant(entity.updatedAt),
  };
}
