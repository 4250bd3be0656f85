import { dayNumber } from '../../mock/calendar.pure.ts';

/** What a request for insights asks, checked. */
export interface InsightsQuery {
  level: 'account' | 'campaign' | 'adset' | 'ad';
  since: string;
  until: string;
  /** Days that one row covers; null for the whole range. */
  increment: number | null;
  fields: readonly string[];
  breakdowns: readonly string[];
  windows: readonly string[];
  /** Ids by the field that is filtered on, e.g. `campaign.id`. */
  only: ReadonlyMap<string, readonly string[]>;
}

const insightFields = [
  'account_id',
  'account_name',
  'account_currency',
  'campaign_id',
  'campaign_name',
  'adset_id',
  'adset_name',
  'ad_id',
  'ad_name',
  'date_start',
  'date_stop',
  'spend',
  'impressions',
  'clicks',
  'inline_link_clicks',
  'outbound_clicks',
  'reach',
  'frequency',
  'actions',
  'action_values',
  'conversions',
  'conversion_values',
  'purchase_roas',
  'attribution_setting',
  'objective',
];
const levels = ['account', 'campaign', 'adset', 'ad'];
const windows = ['1d_click', '7d_click', '28d_click', '1d_view', '1d_ev', 'incrementality', 'default'];
const removedWindows = ['7d_view', '28d_view'];
const insightBreakdowns = ['publisher_platform', 'country'];

/** Reads the parameters of insights; a text says what is wrong with them. */
export function readInsights(input: URLSearchParams): InsightsQuery | string {
  const level = input.get('level') ?? 'account';
  if (!levels.includes(level)) return `Param level must be one of {${levels.join(', ')}}`;
  const range = readRange(input.get('time_range'));
  if (typeof range === 'string') return range;
  const fields = listOf(input.get('fields') ?? 'account_id,impressions,spend');
  const breakdowns = listOf(input.get('breakdowns') ?? '');
  const asked = listOf(input.get('action_attribution_windows') ?? '');
  const problem = listProblem(fields, breakdowns, asked);
  if (problem !== null) return problem;
  const increment = readIncrement(input.get('time_increment'));
  if (increment === undefined) return 'Param time_increment must be an integer from 1 to 90, or all_days';
  const only = readFiltering(input.get('filtering'));
  if (only === null) return 'Invalid parameter: filtering';
  return { level: level as InsightsQuery['level'], ...range, increment, fields, breakdowns, windows: asked, only };
}

function listProblem(fields: string[], breakdowns: string[], asked: string[]): string | null {
  const field = fields.find((one) => !insightFields.includes(one));
  if (field !== undefined) return `${field} is not valid for fields param`;
  if (breakdowns.some((one) => !insightBreakdowns.includes(one)))
    return `breakdowns[0] must be one of: ${insightBreakdowns.join(', ')}`;
  const gone = asked.find((one) => removedWindows.includes(one));
  if (gone !== undefined) return `The attribution window ${gone} is no longer available`;
  return asked.every((one) => windows.includes(one))
    ? null
    : `action_attribution_windows[0] must be one of: ${windows.join(', ')}`;
}

/** Days of the range a request asks for; null when it names none. */
export function daysAsked(input: URLSearchParams): number | null {
  const range = readRange(input.get('time_range'));
  return typeof range === 'string' ? null : dayNumber(range.until) - dayNumber(range.since) + 1;
}

/** Lists come as `a,b` or as JSON. */
function listOf(value: string): string[] {
  const plain = value.startsWith('[') ? value.replaceAll(/[[\]"]/g, '') : value;
  return plain
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

function readRange(value: string | null): { since: string; until: string } | string {
  const parsed = parse(value ?? '') as { since?: unknown; until?: unknown } | null;
  const { since, until } = parsed ?? {};
  const day = /^\d{4}-\d{2}-\d{2}$/;
  if (typeof since !== 'string' || typeof until !== 'string' || !day.test(since) || !day.test(until))
    return 'Must specify time_range: {"since":"YYYY-MM-DD","until":"YYYY-MM-DD"}';
  return since > until ? 'time_range: since must not be later than until' : { since, until };
}

function readIncrement(value: string | null): number | null | undefined {
  if (value === null || value === 'all_days') return null;
  const days = Number(value);
  return Number.isInteger(days) && days >= 1 && days <= 90 ? days : undefined;
}

function readFiltering(value: string | null): Map<string, string[]> | null {
  if (value === null) return new Map();
  const filters = parse(value);
  if (!Array.isArray(filters)) return null;
  const only = new Map<string, string[]>();
  for (const { field, operator, value: ids } of filters as Record<string, unknown>[]) {
    if (!/^(campaign|adset|ad)\.id$/.test(String(field)) || operator !== 'IN' || !Array.isArray(ids)) return null;
    only.set(String(field), ids.map(String));
  }
  return only;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
