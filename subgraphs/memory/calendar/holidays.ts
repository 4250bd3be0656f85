import type Library from 'date-holidays';
import { badInput } from '@liftos/core/errors.ts';
import type { Holiday } from './calendar-day.pure.ts';
import { dayNumber, dayText } from './day-number.pure.ts';

type Year = ReadonlyMap<string, readonly Holiday[]>;
type Region = { library: Library; years: Map<number, Year> };

/** Regions with their years, kept for the life of the process; there are some thousand regions at most. */
const regions = new Map<string, Promise<Region>>();

/** Years the rules of the library reach; outside, no holidays are known. */
const [firstYear, lastYear] = [1900, 2100];

const millisPerDay = 86_400_000;

/**
 * Holidays of a region (`US`, `DE-BY`, `CH-ZH-ZH`) by day, for the years from `first` to `last`. Throws BAD_USER_INPUT
 * for a region that does not exist.
 */
export async function holidaysOf(region: string, first: number, last: number): Promise<Year> {
  const name = region.trim().toUpperCase();
  const loading = regions.get(name) ?? loadRegion(name);
  const { library, years } = await loading;
  regions.set(name, loading);
  const days = new Map<string, readonly Holiday[]>();
  for (let year = Math.max(first, firstYear); year <= Math.min(last, lastYear); year += 1) {
    const known = years.get(year) ?? readYear(library, name, year);
    years.set(year, known);
    for (const [day, holidays] of known) days.set(day, holidays);
  }
  return days;
}

/** The library brings the rules of all countries, some 30 MB in memory, so it is loaded when first needed. */
async function loadRegion(name: string): Promise<Region> {
  const { default: Holidays } = await import('date-holidays');
  const [country = '', state, part] = name.split('-');
  const all = new Holidays();
  const known =
    Object.hasOwn(all.getCountries(), country) &&
    (state === undefined || Object.hasOwn(all.getStates(country) ?? {}, state)) &&
    (part === undefined || Object.hasOwn(all.getRegions(country, state ?? '') ?? {}, part));
  if (!known) throw badInput('region', 'Name a country such as US, or a part of one such as DE-BY.');
  const library = part
    ? new Holidays(country, state!, part)
    : state
      ? new Holidays(country, state)
      : new Holidays(country);
  return { library, years: new Map() };
}

function readYear(library: Library, region: string, year: number): Year {
  const days = new Map<string, Holiday[]>();
  for (const { date, start, end, name, type } of library.getHolidays(year)) {
    const first = dayNumber(date.slice(0, 10));
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / millisPerDay));
    for (let offset = 0; offset < length; offset += 1) {
      const day = dayText(first + offset);
      days.set(day, [...(days.get(day) ?? []), { name, region, isPublic: type === 'public' }]);
    }
  }
  return days;
}
