import { badInput } from '@liftos/core/errors.ts';

export type PeriodKind = 'DAYS' | 'NUMBERS' | 'LABELS';

const day = /^\d{4}-\d{2}-\d{2}$/;
const millisPerDay = 86_400_000;

export function kindOfPeriods(periods: readonly string[]): PeriodKind {
  if (periods.every((period) => day.test(period) && !Number.isNaN(Date.parse(period)))) return 'DAYS';
  return periods.every((period) => /^-?\d{1,9}$/.test(period)) ? 'NUMBERS' : 'LABELS';
}

/**
 * The periods of rows in the order of time: days and whole numbers by what they say, which must be evenly spaced; other
 * labels as rows have them, in which all units must agree. `sorted` says that some unit had them in another order.
 */
export function inOrderOfTime(
  units: readonly string[],
  periods: readonly string[],
): { periods: string[]; sorted: boolean } {
  const seen = [...new Set(periods)];
  const kind = kindOfPeriods(seen);
  const ordered = kind === 'LABELS' ? seen : seen.toSorted((a, b) => valueOf(a, kind) - valueOf(b, kind));
  const places = new Map(ordered.map((period, place) => [period, place]));
  const last = new Map<string, number>();
  let sorted = false;
  for (let row = 0; row < units.length; row++) {
    const place = places.get(periods[row]!)!;
    if (place < (last.get(units[row]!) ?? -1)) {
      if (kind === 'LABELS') throw disorder(units[row]!, periods[row]!);
      sorted = true;
    }
    last.set(units[row]!, place);
  }
  if (kind !== 'LABELS') requireEven(ordered, kind);
  return { periods: ordered, sorted };
}

function valueOf(period: string, kind: PeriodKind): number {
  return kind === 'DAYS' ? Date.parse(period) / millisPerDay : Number(period);
}

function disorder(unit: string, period: string): Error {
  const text = `The periods are not in the order of time: ${unit} has ${period} after a later one. Sort the rows, or give days as YYYY-MM-DD.`;
  return badInput('input.panel.periods', text, { unit, period });
}

/** Months and longer are not of one length; a fifth is allowed. */
function requireEven(periods: readonly string[], kind: PeriodKind): void {
  const values = periods.map((period) => valueOf(period, kind));
  const steps = values.slice(1).map((value, index) => value - values[index]!);
  const usual = Math.min(...steps);
  const longest = kind === 'DAYS' && usual >= 28 ? usual * 1.2 : usual;
  const gap = steps.findIndex((step) => step > longest);
  if (gap < 0) return;
  const [after, before] = [periods[gap]!, periods[gap + 1]!];
  const text = `There is no period between ${after} and ${before}. Fill the gap, with zeros if nothing happened, or begin after it.`;
  throw badInput('input.panel.periods', text, { after, before });
}
