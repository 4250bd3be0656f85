/** One condition of a filter, e.g. `greater-or-equal(datetime,2026-11-01T00:00:00Z)`. */
export interface FilterPart {
  operator: string;
  field: string;
  value: string;
}

const part = /^([a-z-]+)\(([\w.$]+),\s*("[^"]*"|'[^']*'|\[[^\]]*\]|[^(),]+)\)$/;

/** Reads a filter whose parts are joined by commas or `and(…)`; null when it cannot be read. */
export function parseFilter(text: string): FilterPart[] | null {
  const inner = /^and\((.*)\)$/.exec(text)?.[1] ?? text;
  if (inner === '') return [];
  const parts = splitOutside(inner).map((one) => part.exec(one.trim()));
  if (parts.some((found) => found === null)) return null;
  return parts.map((found) => ({
    operator: found![1]!,
    field: found![2]!,
    value: found![3]!.replaceAll(/^["']|["']$/g, ''),
  }));
}

/** Splits at commas that stand in no brackets or quotes. */
function splitOutside(text: string): string[] {
  const pieces = text.match(/"[^"]*"|'[^']*'|[()[\],]|[^"'()[\],]+/g) ?? [];
  const parts: string[] = [''];
  let depth = 0;
  for (const piece of pieces) {
    if ('(['.includes(piece)) depth += 1;
    if (')]'.includes(piece)) depth -= 1;
    if (piece === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

const timeTests: Record<string, (value: number, limit: number) => boolean> = {
  'greater-than': (value, limit) => value > limit,
  'greater-or-equal': (value, limit) => value >= limit,
  'less-than': (value, limit) => value < limit,
  'less-or-equal': (value, limit) => value <= limit,
  equals: (value, limit) => value === limit,
};

/** Whether an instant meets every part on a field of time. */
export function meetsTime(parts: readonly FilterPart[], field: string, instant: number): boolean {
  return parts.every(
    (one) => one.field !== field || (timeTests[one.operator]?.(instant, Date.parse(one.value)) ?? false),
  );
}

/** The value that a field must equal; null when there is no such part. */
export function equalTo(parts: readonly FilterPart[], field: string): string | null {
  return parts.find((one) => one.field === field && one.operator === 'equals')?.value ?? null;
}
