export interface Sort {
  key: string;
  direction: 'up' | 'down';
}

/** The order after clicking a heading: numbers start with the largest, words with A, the third click ends sorting. */
export function nextSort(now: Sort | undefined, key: string, numeric: boolean): Sort | undefined {
  const first = numeric ? 'down' : 'up';
  if (now?.key !== key) return { key, direction: first };
  return now.direction === first ? { key, direction: first === 'up' ? 'down' : 'up' } : undefined;
}

/** Sorts a copy. Unknown values come last in both directions; equal ones keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  value: (row: Row) => string | number | null,
  direction: Sort['direction'],
): Row[] {
  const sign = direction === 'up' ? 1 : -1;
  return rows.toSorted((left, right) => {
    const [a, b] = [value(left), value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'string' && typeof b === 'string') return sign * a.localeCompare(b);
    return sign * (Number(a) - Number(b));
  });
}
