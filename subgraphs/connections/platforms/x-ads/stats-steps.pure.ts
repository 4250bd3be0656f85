import { startOfDay } from '../../engine/day-bounds.pure.ts';
import { addDays } from '../../sync/plan-slices.pure.ts';
import type { Slice } from '../connector.ts';

/** More ids than this are refused in one request for figures. */
const mostIds = 20;

/**
 * How far a slice is: what had figures is listed first; then, twenty at a time, it is looked up to which campaigns ad
 * groups belong, and their figures are read.
 */
export interface StatsStep {
  /** Placement and id of what is left to be read, in the order of placements. */
  left: [placement: string, id: string][];
  /** Campaigns by ad group of the present twenty; null while they are not known. */
  campaigns: Record<string, string> | null;
}

/** The first ids that are left, of one placement. */
export function batchOf({ left }: StatsStep, { pageSize }: Slice): { placement: string; ids: string[] } {
  const placement = left[0]?.[0] ?? '';
  const size = Math.max(1, Math.min(mostIds, pageSize));
  const ids = left.slice(0, size).flatMap(([place, id]) => (place === placement ? [id] : []));
  return { placement, ids };
}

/** The step after the figures of a batch; null after the last one. */
export function afterBatch(step: StatsStep, slice: Slice): StatsStep | null {
  const left = step.left.slice(batchOf(step, slice).ids.length);
  return left.length > 0 ? { left, campaigns: null } : null;
}

/** A day's first instant in a zone as text with the zone's offset, so that it has whole hours wherever it is. */
export function midnightText(day: string, timeZone: string): string {
  const minutes = Math.round((Date.parse(`${day}T00:00:00Z`) - startOfDay(day, timeZone).getTime()) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = Math.abs(minutes);
  return `${day}T00:00:00${minutes < 0 ? '-' : '+'}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

/** First day and the day after the last, as X wants them. */
export function rangeOf({ from, to, account }: Slice): { start_time: string; end_time: string } {
  return {
    start_time: midnightText(from, account.timeZone),
    end_time: midnightText(addDays(to, 1), account.timeZone),
  };
}

/** Days of a slice. */
export function daysOf({ from, to }: Slice): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
