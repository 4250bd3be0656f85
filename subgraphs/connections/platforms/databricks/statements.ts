import { z } from 'zod';
import type { Values } from '../auth-method.ts';
import type { Answer, ApiRequest, Json } from '../connector.ts';
import type { Cell } from '../warehouse/rows.pure.ts';
import type { Dialect, Statement } from '../warehouse/statement.pure.ts';

export const databricksDialect: Dialect = {
  quote: (name) => `\`${(name.startsWith('"') ? name.slice(1, -1) : name).replaceAll('`', '``')}\``,
  place: (_, n) => `:p${n}`,
};

/**
 * Sends a statement. With `wait` its answer may come at once, within 50 seconds; without, its result is laid down as
 * files, which may be much larger.
 */
export function submit({ sql, binds }: Statement, settings: Values, { wait }: { wait: boolean }): ApiRequest {
  const parameters = binds.map(({ type, value }, index) => ({ name: `p${index + 1}`, type, value }));
  return {
    method: 'POST',
    url: '/sql/statements',
    body: {
      warehouse_id: settings['warehouseId'] ?? '',
      statement: sql,
      wait_timeout: wait ? '50s' : '0s',
      on_wait_timeout: 'CONTINUE',
      disposition: wait ? 'INLINE' : 'EXTERNAL_LINKS',
      format: 'JSON_ARRAY',
      ...(parameters.length > 0 ? { parameters } : {}),
    },
  };
}

const column = z.object({ name: z.string(), type_name: z.string() });
type Column = z.infer<typeof column>;

const link = z.object({
  external_link: z.string(),
  http_headers: z.record(z.string(), z.string()).nullish(),
  next_chunk_index: z.number().nullish(),
});
const statement = z.object({
  statement_id: z.string(),
  status: z.object({ state: z.string(), error: z.object({ message: z.string().default('') }).nullish() }),
  manifest: z.object({ schema: z.object({ columns: z.array(column).default([]) }) }).nullish(),
  result: z
    .object({ external_links: z.array(link).nullish(), data_array: z.array(z.array(z.unknown())).nullish() })
    .nullish(),
});
const chunk = z.object({ external_links: z.array(link).nullish() });

export function readStatement({ body }: Answer): z.infer<typeof statement> {
  return statement.parse(body);
}

/** The part of a result that is read next: a file, or the list that tells where the file is. */
export interface Place {
  columns: Column[];
  /** Null when the list has to be asked for. */
  file: { link: string; headers: Record<string, string> } | null;
  /** Of the list that is asked for, or that comes after the file; null after the last one. */
  chunk: number | null;
}

/** Files are fetched without the token: their addresses are signed, and good for minutes. */
export function requestFor(id: Json | null, place: Place | null): ApiRequest {
  const url = `/sql/statements/${String(id)}`;
  if (!place) return { url };
  if (!place.file) return { url: `${url}/result/chunks/${place.chunk}` };
  return { url: place.file.link, headers: place.file.headers, authenticate: false };
}

/** Where it goes on after an answer; null after the last file. */
export function placeAfter(answer: Answer, place: Place | null): Place | null {
  if (place?.file) return place.chunk === null ? null : { ...place, file: null };
  const { columns, links } = place
    ? { columns: place.columns, links: chunk.parse(answer.body).external_links }
    : listOf(answer);
  const [first] = links ?? [];
  if (!first) return null;
  const file = { link: first.external_link, headers: first.http_headers ?? {} };
  return { columns, file, chunk: first.next_chunk_index ?? null };
}

function listOf(answer: Answer): { columns: Column[]; links: z.infer<typeof link>[] | null | undefined } {
  const { manifest, result } = readStatement(answer);
  return { columns: manifest?.schema.columns ?? [], links: result?.external_links };
}

/** The rows of a file, or those in the answer itself, by the names of their columns. */
export function rowsOf(answer: Answer, place: Place | null): Record<string, Cell>[] {
  if (place && !place.file) return [];
  if (place) return named(place.columns, answer.body as unknown[][]);
  const { manifest, result } = readStatement(answer);
  return named(manifest?.schema.columns ?? [], result?.data_array ?? []);
}

const floating = new Set(['DOUBLE', 'FLOAT']);

/** Every value comes as text; floating numbers perhaps with exponents. */
function named(columns: readonly Column[], rows: readonly unknown[][]): Record<string, Cell>[] {
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type_name: type }, index) => {
        const value = (row[index] ?? null) as string | null;
        return [name, value !== null && floating.has(type) ? Number(value) : value];
      }),
    ),
  );
}
