import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { Entity } from '../truth/ads-truth.ts';
import { invalidParameter, linkedinErrors } from './errors.pure.ts';
import { restliParameters, statusesOf } from './restli.pure.ts';
import { isRemoved, mayRead, type LinkedinDouble } from './state.ts';

/** `GET /adAccounts?q=search`: accounts that are listed may be closed all the same. */
export function adAccounts(request: DoubleRequest, double: LinkedinDouble): Answer {
  const chosen = request.grant?.accounts;
  const elements = double.state.truth.accounts
    .filter(({ id }) => !chosen || chosen.includes(id))
    .map(({ id, name, currency }) => ({ id: Number(id), name, currency, status: 'ACTIVE', type: 'BUSINESS' }));
  return tokenPage(elements, request, double, { q: 'search', largest: 1000 });
}

/** `GET /adAccountUsers?q=authenticatedUser`: where the user has a role. */
export function adAccountUsers(request: DoubleRequest, double: LinkedinDouble): Answer {
  if (request.query.get('q') !== 'authenticatedUser') return invalidParameter('Finder q is missing or unknown');
  const elements = double.state.truth.accounts
    .filter((account) => mayRead(account, request, double))
    .map(({ id }) => ({ account: `urn:li:sponsoredAccount:${id}`, role: 'VIEWER', user: 'urn:li:person:nordwind' }));
  const start = Number(request.query.get('start') ?? 0);
  const count = Number(request.query.get('count') ?? 10);
  const page = pageOf(elements, start, count, double.faults).items;
  return json({ paging: { start, count, total: elements.length, links: [] }, elements: page });
}

/** `GET /adAccounts/{account}/adCampaignGroups` and `/adCampaigns`: what was removed must be asked for. */
export function campaigns(level: 'adCampaignGroups' | 'adCampaigns') {
  return (request: DoubleRequest, double: LinkedinDouble): Answer => {
    const account = readable(request, double);
    if (!('id' in account)) return account;
    const parameters = restliParameters(request);
    if (typeof parameters === 'string') return invalidParameter(parameters);
    const statuses = statusesOf(parameters.get('search'));
    if (statuses === null) return invalidParameter('search cannot be read');
    const wanted = statuses ?? ['ACTIVE', 'PAUSED', 'ARCHIVED'];
    const { truth } = double.state;
    const elements = (level === 'adCampaigns' ? truth.adGroups(account) : truth.campaigns(account))
      .map((entity) => node(entity, account, double))
      .filter(({ status }) => wanted.includes(status));
    return tokenPage(elements, request, double, { q: 'search', largest: 1000 });
  };
}

/** `GET /adAccounts/{account}/creatives?q=criteria`. */
export function creatives(request: DoubleRequest, double: LinkedinDouble): Answer {
  const account = readable(request, double);
  if (!('id' in account)) return account;
  if (request.header('x-restli-method')?.toUpperCase() !== 'FINDER')
    return invalidParameter('X-RestLi-Method: FINDER is missing');
  const elements = double.state.truth.ads(account).map((ad) => ({
    id: `urn:li:sponsoredCreative:${ad.id}`,
    name: ad.name,
    account: `urn:li:sponsoredAccount:${account.id}`,
    campaign: `urn:li:sponsoredCampaign:${ad.parent!.id}`,
    intendedStatus: isRemoved(ad, account, double.state) ? 'REMOVED' : 'ACTIVE',
    lastModifiedAt: ad.updatedAt,
  }));
  return tokenPage(elements, request, double, { q: 'criteria', largest: 100 });
}

function readable(request: DoubleRequest, double: LinkedinDouble): AccountTruth | Answer {
  const id = request.params.account ?? '';
  const account = double.state.truth.account(id);
  if (!account) return linkedinErrors.notFound(request);
  return mayRead(account, request, double) ? account : linkedinErrors.forbidden(id, request);
}

function node(entity: Entity, account: AccountTruth, { state }: LinkedinDouble) {
  const { id, name, parent } = entity;
  return {
    id: Number(id),
    name,
    account: `urn:li:sponsoredAccount:${account.id}`,
    ...(parent ? { campaignGroup: `urn:li:sponsoredCampaignGroup:${parent.id}` } : {}),
    status: isRemoved(entity, account, state) ? 'REMOVED' : 'ACTIVE',
    changeAuditStamps: { created: { time: entity.createdAt }, lastModified: { time: entity.updatedAt } },
  };
}

function tokenPage(
  elements: readonly unknown[],
  { query }: DoubleRequest,
  { faults }: LinkedinDouble,
  { q, largest }: { q: string; largest: number },
): Answer {
  if (query.get('q') !== q) return invalidParameter('Finder q is missing or unknown');
  const size = Number(query.get('pageSize') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > largest)
    return invalidParameter(`pageSize must be between 1 and ${largest}`);
  const token = query.get('pageToken');
  const start = token === null ? 0 : placeOf(token);
  if (start === null) return invalidParameter('pageToken is invalid');
  const { items, next } = pageOf(elements, start, size, faults);
  return json({ metadata: next === null ? {} : { nextPageToken: cursorOf(next) }, elements: items });
}
