import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { Entity } from '../truth/ads-truth.ts';
import { dayIn, startOfDay } from '../truth/zone.pure.ts';
import { invalid } from './errors.pure.ts';
import { isDeleted, readable, type XDouble } from './state.ts';

const usualCount = 200;
const largestCount = 1000;

/** `GET /accounts`: closed ones are listed too. */
export function accounts(request: DoubleRequest, double: XDouble): Answer {
  const { truth } = double.state;
  const chosen = request.grant?.accounts;
  const items = truth.accounts
    .filter(({ id }) => !chosen || chosen.includes(id))
    .map(({ id, name, timeZone }) => ({
      id,
      name,
      timezone: timeZone,
      timezone_switch_at: instant(startOfDay(timeZone, dayIn(timeZone, truth.firstDay * 86_400_000))),
      approval_status: 'ACCEPTED',
      deleted: false,
    }));
  return cursorPage(items, request, double);
}

/** `GET /accounts/{account}/funding_instruments`: here the currency is. */
export function fundingInstruments(request: DoubleRequest, double: XDouble): Answer {
  const account = readable(request, double);
  if ('status' in account) return account;
  const item = { id: 'hw6ie', currency: account.currency, type: 'CREDIT_CARD', deleted: false };
  return cursorPage([item], request, double);
}

type Kind = 'campaigns' | 'line_items' | 'promoted_tweets';

/** `GET /accounts/{account}/campaigns`, `/line_items` and `/promoted_tweets`. */
export function objects(kind: Kind) {
  const ids = { campaigns: 'campaign_ids', line_items: 'line_item_ids', promoted_tweets: 'promoted_tweet_ids' }[kind];
  return (request: DoubleRequest, double: XDouble): Answer => {
    const account = readable(request, double);
    if ('status' in account) return account;
    const { truth } = double.state;
    const wanted = request.query.get(ids)?.split(',');
    if (wanted && wanted.length > 200) return invalid(ids, 'At most 200 ids.');
    const withDeleted = request.query.get('with_deleted') === 'true';
    const read = {
      campaigns: () => truth.campaigns(account),
      line_items: () => truth.adGroups(account),
      promoted_tweets: () => truth.ads(account),
    };
    const items = read[kind]()
      .filter(({ id }) => !wanted || wanted.includes(id))
      .filter((entity) => withDeleted || !isDeleted(entity, account, double.state))
      .map((entity) => node(entity, kind, account, double));
    return cursorPage(items, request, double);
  };
}

function node(entity: Entity, kind: Kind, account: AccountTruth, { state }: XDouble): Record<string, unknown> {
  const { id, name, parent } = entity;
  return {
    id,
    ...(kind === 'promoted_tweets' ? { line_item_id: parent!.id, tweet_id: `18${id}00` } : { name }),
    ...(kind === 'line_items' ? { campaign_id: parent!.id } : {}),
    entity_status: 'ACTIVE',
    deleted: isDeleted(entity, account, state),
    created_at: instant(entity.createdAt),
    updated_at: instant(entity.updatedAt),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

function cursorPage(items: readonly unknown[], { query }: DoubleRequest, { faults }: XDouble): Answer {
  const count = Number(query.get('count') ?? usualCount);
  if (!Number.isInteger(count) || count < 1 || count > largestCount)
    return invalid('count', `count must be between 1 and ${largestCount}`);
  const cursor = query.get('cursor');
  if (cursor !== null && query.get('with_total_count') === 'true')
    return invalid('cursor', 'cursor and with_total_count exclude each other');
  const start = cursor === null ? 0 : placeOf(cursor);
  if (start === null) return invalid('cursor', 'The cursor is invalid.');
  const page = pageOf(items, start, count, faults);
  return json({
    request: { params: {} },
    next_cursor: page.next === null ? null : cursorOf(page.next),
    data: page.items,
  });
}
