const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });

/** How long before or after `now` an instant is; null when more than a day away. Both in milliseconds. */
export function ago(instant: number, now: number): string | null {
  const seconds = Math.round((instant - now) / 1_000);
  const size = Math.abs(seconds);
  if (size < 5) return 'just now';
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3_600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.trunc(seconds / 3_600), 'hour');
  return null;
}
