import { Cron } from 'croner';

/** The next runs of a cron expression of five parts in a time zone, after an instant. Throws when it is no such thing. */
export function nextRuns(schedule: string, timeZone: string, after: Date, count: number): Date[] {
  return new Cron(schedule, { timezone: timeZone, paused: true, mode: '5-part' }).nextRuns(count, after);
}
