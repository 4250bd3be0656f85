const usual: readonly (number | null)[] = [null, 30, 90, 180, 365, 730, 1095, 1825, 3650];

/** Periods to choose from, in days and null for ever; one that was set otherwise is among them. */
export function periods(current: number | null): (number | null)[] {
  const all = usual.includes(current) ? [...usual] : [...usual, current];
  return all.sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
}

export function periodName(days: number | null): string {
  if (days === null) return 'for ever';
  if (days % 365 !== 0) return `${days} days`;
  return days === 365 ? '1 year' : `${days / 365} years`;
}

/** What the value of an option stands for. */
export function daysOf(value: string): number | null {
  return value === '' ? null : Number(value);
}
