import { z } from 'zod';
import type { Answer, Json } from '../connector.ts';

/**
 * An address with parameters as LinkedIn wants them: brackets and commas of its own syntax stay as they are, values in
 * them are encoded. Written out as text, since the usual encoding of queries would encode everything.
 */
export function restliUrl(path: string, parameters: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return `${path}?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`;
}

/** `List(a,b)`; the colons of URNs are encoded. */
export function restliList(values: readonly string[]): string {
  return `List(${values.map((value) => encodeURIComponent(value)).join(',')})`;
}

/** `(start:(year:2026,month:11,day:1),end:(…))` of two days `YYYY-MM-DD`, inclusive. */
export function restliDays(from: string, to: string): string {
  const day = (text: string): string => {
    const [year, month, date] = text.split('-').map(Number);
    return `(year:${year},month:${month},day:${date})`;
  };
  return `(start:${day(from)},end:${day(to)})`;
}

/** The id at the end of a URN such as `urn:li:sponsoredCampaign:77`. */
export function idOfUrn(urn: string): string {
  return urn.slice(urn.lastIndexOf(':') + 1);
}

/** The elements of a list. */
export function elementsOf({ body }: Answer): readonly unknown[] {
  return (body as { elements?: unknown[] }).elements ?? [];
}

const metadata = z.object({ metadata: z.object({ nextPageToken: z.string().nullish() }).nullish() });

/** The token of the next page of a search; null after the last one. */
export function nextToken({ body }: Answer): Json | null {
  return metadata.parse(body).metadata?.nextPageToken || null;
}
