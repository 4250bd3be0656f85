/** Schedules offered by name; any other cron expression can be typed. */
export const schedules = [
  { value: '', label: 'Only by hand' },
  { value: '0 * * * *', label: 'Every hour' },
  { value: '0 */6 * * *', label: 'Every six hours' },
  { value: '0 4 * * *', label: 'Every day at 04:00' },
  { value: '0 4 * * 1', label: 'Every Monday at 04:00' },
] as const;

export function scheduleName(cron: string | null): string {
  return schedules.find(({ value }) => value === (cron ?? ''))?.label ?? cron ?? '';
}
