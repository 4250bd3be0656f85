import { json, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { Entity } from '../truth/ads-truth.ts';
import { isoIn } from '../truth/zone.pure.ts';
import { badParameter, metaErrors } from './errors.pure.ts';
import { fieldsOf, graphPage, pick } from './paging.ts';
import type { MetaDouble } from './state.ts';

/** `GET /me`. */
export function me(request: DoubleRequest): Answer {
  return json(pick({ id: '10158000000000001', name: 'Nora Nordwind' }, fieldsOf(request.query, ['id', 'name'])));
}

/** `GET /me/permissions`: what the user granted. */
export function permissions(request: DoubleRequest): Answer {
  const scopes = request.grant?.scopes.length ? request.grant.scopes : ['ads_read', 'business_management'];
  return json({ data: scopes.map((permission) => ({ permission, status: 'granted' })) });
}

/** `GET /me/adaccounts`: those the user chose, the forbidden one among them. */
export function adAccounts(request: DoubleRequest, double: MetaDouble): Answer {
  const chosen = request.grant?.accounts;
  const accounts = double.state.truth.accounts.filter(({ id }) => !chosen || chosen.includes(id));
  const fields = fieldsOf(request.query, ['id', 'account_id']);
  const unknown = fields.find((field) => !accountFields.includes(field));
  if (unknown !== undefined) return badParameter(`Tried accessing nonexisting field (${unknown})`);
  const items = accounts.map((account) => pick(accountNode(account), [...new Set([...fields, 'id'])]));
  return graphPage(items, request, double);
}

/** `GET /act_{account}`. */
export function adAccount(request: DoubleRequest, double: MetaDouble): Answer {
  const account = readable(request, double);
  if (!('id' in account)) return account;
  const fields = fieldsOf(request.query, ['id', 'account_id']);
  return json(pick(accountNode(account), [...new Set([...fields, 'id'])]));
}

/** `GET /act_{account}/campaigns`, `/adsets` and `/ads`. */
export function entities(level: 'campaigns' | 'adsets' | 'ads') {
  return (request: DoubleRequest, double: MetaDouble): Answer => {
    const account = readable(request, double);
    if (!('id' in account)) return account;
    const { truth } = double.state;
    const read = {
      campaigns: () => truth.campaigns(account),
      adsets: () => truth.adGroups(account),
      ads: () => truth.ads(account),
    };
    const since = updatedSince(request.query);
    if (since === null) return badParameter('Invalid parameter: filtering');
    const fields = [...new Set([...fieldsOf(request.query, ['id']), 'id'])];
    const items = read[level]()
      .filter(({ updatedAt }) => updatedAt / 1000 > since)
      .map((entity) => pick(entityNode(entity, level, account), fields));
    return graphPage(items, request, double);
  };
}

/** The account of a request, or the refusal: it does not exist, was not chosen, or belongs to somebody else. */
export function readable(request: DoubleRequest, { state }: MetaDouble): AccountTruth | Answer {
  const account = state.truth.account(request.params.account ?? '');
  const chosen = request.grant?.accounts;
  if (!account || (chosen && !chosen.includes(account.id))) return metaErrors.notFound(request);
  const scopes = request.grant?.scopes ?? [];
  const may = scopes.length === 0 || scopes.includes('ads_read') || scopes.includes('ads_management');
  return account.kind === 'forbidden' || !may ? metaErrors.forbidden(account.id, request) : account;
}

const accountFields = [
  'id',
  'account_id',
  'name',
  'currency',
  'timezone_name',
  'account_status',
  'timezone_offset_hours_utc',
];

function accountNode({ id, name, currency, timeZone }: AccountTruth): Record<string, unknown> {
  return { id: `act_${id}`, account_id: id, name, currency, timezone_name: timeZone, account_status: 1 };
}

function entityNode(entity: Entity, level: string, { id: accountId, timeZone }: AccountTruth): Record<string, unknown> {
  const { parent } = entity;
  return {
    id: entity.id,
    name: entity.name,
    account_id: accountId,
    status: 'ACTIVE',
    effective_status: 'ACTIVE',
    objective: level === 'campaigns' ? objectiveOf(entity.channel) : undefined,
    campaign_id: level === 'ads' ? parent?.parent?.id : parent?.id,
    adset_id: level === 'ads' ? parent?.id : undefined,
    created_time: isoIn(timeZone, entity.createdAt),
    updated_time: isoIn(timeZone, entity.updatedAt),
  };
}

/** Retargeting sells, the rest makes known. */
export function objectiveOf(channel: string): string {
  return channel === 'Instagram Stories' ? 'OUTCOME_AWARENESS' : 'OUTCOME_SALES';
}

interface Filter {
  field?: unknown;
  operator?: unknown;
  value?: unknown;
}

/** Unix seconds of a filter on `updated_time`; null when the filter cannot be read. */
function updatedSince(query: URLSearchParams): number | null {
  const given = query.get('filtering');
  if (given === null) return 0;
  try {
    const filters = JSON.parse(given) as Filter[];
    const time = filters.find(({ field }) => String(field).endsWith('updated_time'));
    if (!time) return 0;
    return time.operator === 'GREATER_THAN' && Number.isFinite(Number(time.value)) ? Number(time.value) : null;
  } catch {
    return null;
  }
}
