const millisPerDay = 86_400_000;

/** The day of an instant, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A day so many days later. */
export function addDays(day: string, count: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + count * millisPerDay));
}

/** Days from one to the other, both included. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisPerDay) + 1;
}

/** The day before an instant, in UTC: the last whose figures may be whole. */
export function lastWholeDay(now: Date): string {
  return addDays(dayOf(now), -1);
}
