/**
 * Columns as the text of Postgres arrays. A parameter that is one text crosses thread and socket much faster than an
 * array whose elements the driver writes one by one.
 */

/** Numbers, days, ids: values that need no quotes. */
export function plainArray(values: { join(separator: string): string }): string {
  return `{${values.join(',')}}`;
}

const special = /["\\]/g;

/** Any text; null stays null. */
export function textArray(values: readonly (string | null)[]): string {
  const parts = values.map((value) => (value === null ? 'null' : `"${value.replaceAll(special, String.raw`\$&`)}"`));
  return `{${parts.join(',')}}`;
}
