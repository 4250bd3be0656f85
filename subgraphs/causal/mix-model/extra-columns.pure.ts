import type { CalendarHoliday } from '@liftos/core/ports/memory.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { CalendarEvent, ControlChoice } from './mix-choice.pure.ts';
import { periodOf, type PeriodGrid } from './period-grid.pure.ts';

/**
 * Holidays as events of their own; those seen on one day only, whose effect nothing else could check, are one event
 * together.
 */
export function holidayEvents(holidays: readonly CalendarHoliday[], publicOnly: boolean): CalendarEvent[] {
  const byName = new Map<string, string[]>();
  for (const { date, name, isPublic } of holidays) {
    if (publicOnly && !isPublic) continue;
    byName.set(name, [...(byName.get(name) ?? []), date]);
  }
  const events = [...byName].map(([name, dates]) => ({ name, dates }));
  const single = events.filter(({ dates }) => dates.length === 1).flatMap(({ dates }) => dates);
  const often = events.filter(({ dates }) => dates.length > 1).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return single.length === 0 ? often : [...often, { name: 'other holidays', dates: [...new Set(single)].toSorted() }];
}

/** The share of each period's days that the event takes. */
export function eventValues(dates: readonly string[], grid: PeriodGrid): Float64Array {
  const values = new Float64Array(grid.periods);
  for (const date of new Set(dates)) {
    const period = periodOf(grid, date);
    if (period >= 0) values[period]! += 1 / grid.length;
  }
  return values;
}

/**
 * Given values as means of the days of each period that have one. Throws GAP for a period without, NOT_FINITE for a
 * value that is none, SHAPE when there are not as many values as days.
 */
export function controlValues(
  { name, dates, values }: Extract<ControlChoice, { values: unknown }>,
  grid: PeriodGrid,
): Float64Array {
  const field = 'controls';
  if (dates.length !== values.length) {
    throw new Problem('SHAPE', `${name} has ${values.length} values for ${dates.length} days.`, { name, field });
  }
  const days = dates.map((date, index) => ({ date, value: values[index]! }));
  const broken = days.find(({ value }) => !Number.isFinite(value));
  if (broken) throw new Problem('NOT_FINITE', `${name} has no value on ${broken.date}.`, { name, field });
  const [sums, counts] = [new Float64Array(grid.periods), new Float64Array(grid.periods)];
  for (const { date, value } of days.toSorted((a, b) => (a.date < b.date ? -1 : 1) || a.value - b.value)) {
    const period = periodOf(grid, date);
    if (period < 0) continue;
    sums[period]! += value;
    counts[period]! += 1;
  }
  const missing = counts.indexOf(0);
  if (missing >= 0) {
    const from = grid.dates[missing];
    throw new Problem('GAP', `${name} has no value in the period from ${from}; give one for every period.`, {
      name,
      field,
      date: from,
    });
  }
  return sums.map((sum, period) => sum / counts[period]!);
}
