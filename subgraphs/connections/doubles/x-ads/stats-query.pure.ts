import { dayIn, startOfDay } from '../truth/zone.pure.ts';
import { dayText } from '../../mock/calendar.pure.ts';
import type { Level } from '../truth/sum-days.pure.ts';

/** What a request for figures asks, checked. */
export interface StatsQuery {
  level: Level;
  ids: string[];
  from: string;
  to: string;
  placement: string;
  groups: string[];
}

export interface Problem {
  parameter: string;
  message: string;
}

const levels: Record<string, Level> = { CAMPAIGN: 'campaign', LINE_ITEM: 'group', PROMOTED_TWEET: 'ad' };
const placements = ['ALL_ON_TWITTER', 'SPOTLIGHT', 'TREND'];
const metricGroups = ['ENGAGEMENT', 'BILLING', 'WEB_CONVERSION', 'VIDEO', 'MEDIA'];
const mostIds = 20;
const dayMs = 86_400_000;

export function levelOf(entity: string | null): Level | undefined {
  return levels[entity ?? ''];
}

/** Reads the parameters of figures by day; days begin at the account's midnight. */
export function readStats(query: URLSearchParams, timeZone: string, longestDays: number): StatsQuery | Problem {
  const level = levelOf(query.get('entity'));
  if (!level) return { parameter: 'entity', message: `entity must be one of ${Object.keys(levels).join(', ')}` };
  const ids = (query.get('entity_ids') ?? '').split(',').filter(Boolean);
  if (ids.length === 0 || ids.length > mostIds)
    return { parameter: 'entity_ids', message: `Between 1 and ${mostIds} entity_ids are needed` };
  const placement = query.get('placement') ?? '';
  if (!placements.includes(placement))
    return { parameter: 'placement', message: `placement must be one of ${placements.join(', ')}` };
  const groups = (query.get('metric_groups') ?? '').split(',');
  if (groups.some((group) => !metricGroups.includes(group)))
    return { parameter: 'metric_groups', message: `metric_groups must be of ${metricGroups.join(', ')}` };
  if (query.get('granularity') !== 'DAY')
    return { parameter: 'granularity', message: 'granularity DAY is served here' };
  const range = rangeOf(query, timeZone, longestDays);
  return 'parameter' in range ? range : { level, ids, placement, groups, ...range };
}

function rangeOf(
  query: URLSearchParams,
  timeZone: string,
  longestDays: number,
): { from: string; to: string } | Problem {
  const begin = midnight(query.get('start_time'), timeZone);
  if (begin === null) return { parameter: 'start_time', message: `start_time must be midnight in ${timeZone}` };
  const end = midnight(query.get('end_time'), timeZone);
  if (end === null) return { parameter: 'end_time', message: `end_time must be midnight in ${timeZone}` };
  if (end <= begin) return { parameter: 'end_time', message: 'end_time must be after start_time' };
  if (end - begin > longestDays)
    return { parameter: 'end_time', message: `The time range is too large: at most ${longestDays} days` };
  return { from: dayText(begin), to: dayText(end - 1) };
}

/** Days since 1970 of a time that is the beginning of a day; null when it is none. */
function midnight(value: string | null, timeZone: string): number | null {
  const at = Date.parse(value ?? '');
  if (Number.isNaN(at)) return null;
  const day = dayIn(timeZone, at);
  return startOfDay(timeZone, day) === at ? day : null;
}

/** Days between two times of a request. */
export function daysBetween(query: URLSearchParams): number | null {
  const length = Date.parse(query.get('end_time') ?? '') - Date.parse(query.get('start_time') ?? '');
  return Number.isNaN(length) ? null : Math.round(length / dayMs);
}
