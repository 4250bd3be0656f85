import type { DoubleRequest } from '../kit/request.ts';

/**
 * Parameters of a request as they were written, still encoded. Long ones come in the body of a POST that stands for a
 * GET. A text says what is wrong with the way they are written.
 */
export function restliParameters(request: DoubleRequest): Map<string, string> | string {
  const isTunnelled = request.method === 'POST';
  const text = isTunnelled ? request.raw.toString('utf8') : request.url.search.slice(1);
  const parameters = new Map<string, string>();
  for (const pair of text.split('&').filter(Boolean)) {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    const problem = problemOf(name, value);
    if (problem !== null) return problem;
    parameters.set(name, value);
  }
  return parameters;
}

function problemOf(name: string, value: string): string | null {
  if (/%28|%29|%2C/i.test(value)) return `Invalid query parameters passed to request: ${name} has encoded delimiters`;
  // Colons divide keys from values; those inside a URN must not.
  return /urn:/.test(value)
    ? `Invalid query parameters passed to request: ${name} has a URN that is not encoded`
    : null;
}

/** The elements of `List(a,b)`, decoded; null when it is none. */
export function listOf(value: string | undefined): string[] | null {
  const inner = /^List\((.*)\)$/.exec(value ?? '')?.[1];
  return inner === undefined ? null : inner.split(',').filter(Boolean).map(decodeURIComponent);
}

/** First and last day of `(start:(year:2026,month:11,day:1),end:(…))`; null when it is none. */
export function dateRangeOf(value: string | undefined): { from: string; to: string } | null {
  const day = String.raw`\(year:(\d{4}),month:(\d{1,2}),day:(\d{1,2})\)`;
  const found = new RegExp(`^\\(start:${day},end:${day}\\)$`).exec(value ?? '');
  if (!found) return null;
  const text = (at: number): string =>
    [found[at]!, found[at + 1]!.padStart(2, '0'), found[at + 2]!.padStart(2, '0')].join('-');
  return text(1) > text(4) ? null : { from: text(1), to: text(4) };
}

/** Statuses of `(status:(values:List(ACTIVE)))`; undefined when none are asked for, null when it cannot be read. */
export function statusesOf(value: string | undefined): string[] | null | undefined {
  if (value === undefined) return undefined;
  return listOf(/^\(status:\(values:(List\([A-Z_,]*\))\)\)$/.exec(value)?.[1]);
}
