import type { World } from './worlds.pure.ts';

const dayMs = 86_400_000;
/** Days since 1970 of 1 January 2024, where the trend is 1. */
const anchor = 19_723;
/** Day of the year on which the yearly wave is highest. */
const peak = 330;

/** Days since 1970-01-01 of a day written `YYYY-MM-DD`. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
}

/** The day written `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Trend times yearly wave times weekday of a world on a day; around 1. */
export function demandFactor(world: World, day: number): number {
  const wave = 1 + world.yearly * Math.cos((2 * Math.PI * (dayOfYear(day) - peak)) / 365.25);
  // 1970-01-01 was a Thursday.
  const weekday = world.week[(day + 3) % 7]!;
  return (1 + world.trend) ** ((day - anchor) / 365.25) * wave * weekday;
}

function dayOfYear(day: number): number {
  const year = new Date(day * dayMs).getUTCFullYear();
  return day - Date.UTC(year, 0, 1) / dayMs;
}
