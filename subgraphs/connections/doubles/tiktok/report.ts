import { dayNumber } from '../../mock/calendar.pure.ts';
import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { decimal } from '../truth/stable.pure.ts';
import { sumDays, type DaySums, type Level } from '../truth/sum-days.pure.ts';
import { badParameter } from './errors.pure.ts';
import { readable } from './objects.ts';
import { pagedList } from './paging.ts';
import { jsonList } from './parameters.pure.ts';
import { isDeleted, type TiktokDouble, type TiktokState } from './state.ts';

/** Days of a report by day. */
const longestRange = 30;

const levels: Record<string, { level: Level; id: string }> = {
  AUCTION_ADVERTISER: { level: 'account', id: 'advertiser_id' },
  AUCTION_CAMPAIGN: { level: 'campaign', id: 'campaign_id' },
  AUCTION_ADGROUP: { level: 'group', id: 'adgroup_id' },
  AUCTION_AD: { level: 'ad', id: 'ad_id' },
};
const names = ['campaign_id', 'campaign_name', 'adgroup_id', 'adgroup_name', 'ad_name'];
const metricNames = [
  ...names,
  'spend',
  'impressions',
  'clicks',
  'reach',
  'conversion',
  'complete_payment',
  'total_complete_payment_rate',
];

/** `GET /report/integrated/get/`. */
export function report(request: DoubleRequest, double: TiktokDouble): Answer {
  const account = readable(request, double);
  if (!('id' in account)) return account;
  const { query } = request;
  const asked = levels[query.get('data_level') ?? ''];
  const metrics = jsonList(query.get('metrics'));
  const problem = problemOf(request, asked?.id, metrics);
  if (problem !== null) return badParameter(problem);
  const days = double.state.truth.days(account, query.get('start_date')!, query.get('end_date')!);
  const rows = sumDays(days, asked!.level).map((sums) => ({
    dimensions: { [asked!.id]: sums.entity?.id ?? account.id, stat_time_day: `${sums.date} 00:00:00` },
    metrics: pick({ ...namesOf(sums, account, double.state), ...figures(sums) }, metrics!),
  }));
  return pagedList(rows, request, double);
}

/** Days that a report asks for; null for other requests. */
export function daysAsked({ query }: DoubleRequest): number | null {
  const from = query.get('start_date');
  const to = query.get('end_date');
  return from && to ? dayNumber(to) - dayNumber(from) + 1 : null;
}

function problemOf(request: DoubleRequest, id: string | undefined, metrics: string[] | null): string | null {
  const { query } = request;
  if (id === undefined) return `data_level: must be one of ${Object.keys(levels).join(', ')}`;
  if (query.get('report_type') !== 'BASIC' || query.get('service_type') !== 'AUCTION')
    return 'report_type: BASIC reports of the service AUCTION are served here';
  const dimensions = jsonList(query.get('dimensions'));
  if (!dimensions) return 'dimensions: Not a valid JSON list';
  if (dimensions.toSorted().join() !== [id, 'stat_time_day'].toSorted().join())
    return `dimensions: ["${id}","stat_time_day"] go with this data_level`;
  if (!metrics) return 'metrics: Not a valid JSON list';
  const unknown = metrics.find((name) => !metricNames.includes(name));
  if (unknown !== undefined) return `metrics: ${unknown} is not supported`;
  const days = daysAsked(request);
  if (days === null || !(days >= 1)) return 'start_date: must not be later than end_date';
  return days > longestRange ? `The time span must not exceed ${longestRange} days with stat_time_day.` : null;
}

/** Of what was deleted, reports give no names. */
function namesOf({ entity }: DaySums, account: AccountTruth, state: TiktokState): Record<string, string> {
  if (!entity) return {};
  const path = [entity, entity.parent, entity.parent?.parent].filter((one) => one != null);
  const [campaign, group, ad] = path.toReversed();
  const nameOf = (name: string | undefined): string => (isDeleted(entity, account, state) ? '-' : (name ?? '-'));
  return {
    campaign_id: campaign!.id,
    campaign_name: nameOf(campaign!.name),
    adgroup_id: group?.id ?? '-',
    adgroup_name: nameOf(group?.name),
    ad_name: nameOf(ad?.name),
  };
}

function figures({ spend, impressions, clicks, conversions, revenue }: DaySums): Record<string, string> {
  const isSold = conversions > 0;
  return {
    spend: decimal(spend),
    impressions: String(impressions),
    clicks: String(clicks),
    reach: String(Math.ceil(impressions * 0.8)),
    conversion: String(conversions),
    complete_payment: isSold ? String(conversions) : '-',
    total_complete_payment_rate: isSold ? decimal(revenue) : '-',
  };
}

function pick(all: Record<string, string>, wanted: readonly string[]): Record<string, string> {
  return Object.fromEntries(wanted.map((name) => [name, all[name] ?? '-']));
}
