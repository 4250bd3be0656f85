const day = /^\d{4}-\d{2}-\d{2}$/;
const dayLabel = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const monthLabel = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const longMillis = 200 * 86_400_000;
const [letter, gap] = [6.4, 22];

function instant(label: string): number {
  return Date.parse(`${label}T00:00:00Z`);
}

/** How points are named at an axis, where there is little room: days as `Jul 21`, over a long time as `Jul 2025`. */
export function shortNames(labels: readonly string[]): string[] {
  if (!labels.every((label) => day.test(label))) return [...labels];
  const isLong = labels.length > 1 && instant(labels.at(-1)!) - instant(labels[0]!) > longMillis;
  return labels.map((label) => (isLong ? monthLabel : dayLabel).format(instant(label)));
}

/** Every how many points one can be named so that names do not touch; `width` is that of the axis in pixels. */
export function nameStep(names: readonly string[], width: number): number {
  const longest = Math.max(1, ...names.map(({ length }) => length));
  const fitting = Math.max(2, Math.min(8, Math.floor(width / (longest * letter + gap))));
  return Math.max(1, Math.ceil(names.length / fitting));
}
