import { z } from 'zod';
import type { Values } from '../auth-method.ts';
import type { Answer, ApiRequest, Json } from '../connector.ts';
import { addDays } from '../../sync/plan-slices.pure.ts';
import type { Cell } from '../warehouse/rows.pure.ts';
import type { Dialect, Statement } from '../warehouse/statement.pure.ts';

const timeoutSeconds = 600;

/** Names are in upper case unless they are written in quotes. */
function plainName(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1) : name.toUpperCase();
}

export const snowflakeDialect: Dialect = {
  quote: (name) => `"${plainName(name).replaceAll('"', '""')}"`,
  place: (type) => (type === 'DATE' ? 'TO_DATE(?)' : 'TO_TIMESTAMP_TZ(?)'),
};

/** Sends a statement; with `wait` its answer comes at once unless it takes longer than 45 seconds. */
export function submit({ sql, binds }: Statement, settings: Values, { wait }: { wait: boolean }): ApiRequest {
  const bindings = Object.fromEntries(binds.map(({ value }, index) => [index + 1, { type: 'TEXT', value }]));
  const name = (field: string) => (settings[field] ? { [field]: plainName(settings[field]) } : {});
  return {
    method: 'POST',
    url: '/statements',
    query: { async: !wait, nullable: true },
    body: {
      statement: sql,
      timeout: timeoutSeconds,
      ...name('warehouse'),
      ...name('role'),
      ...(binds.length > 0 ? { bindings } : {}),
      parameters: { QUERY_TAG: 'liftos', TIMEZONE: 'UTC' },
    },
  };
}

/** How far a result is read: its later parts come without the types of their columns. */
export interface Place {
  partition: number;
  partitions: number;
  columns: Column[];
}

const column = z.object({ name: z.string(), type: z.string() });
type Column = z.infer<typeof column>;

const firstPart = z.object({
  resultSetMetaData: z.object({ rowType: z.array(column), partitionInfo: z.array(z.unknown()).default([{}]) }),
});

/** What the first part of a result tells about it. */
export function placeOf({ body }: Answer, at: Json | null): Place {
  if (at !== null) return at as unknown as Place;
  const { rowType, partitionInfo } = firstPart.parse(body).resultSetMetaData;
  const columns = rowType.map(({ name, type }) => ({ name, type }));
  return { partition: 0, partitions: partitionInfo.length, columns };
}

/** The rows of a part by the names of their columns. */
export function rowsOf(answer: Answer, at: Json | null): Record<string, Cell>[] {
  const { columns } = placeOf(answer, at);
  const { data = [] } = answer.body as { data?: (string | null)[][] };
  return data.map((row) =>
    Object.fromEntries(columns.map(({ name, type }, index) => [name, cellOf(row[index] ?? null, type)])),
  );
}

/** Every value comes as text: days as their number since 1970, floating numbers perhaps with exponents. */
function cellOf(value: string | null, type: string): Cell {
  if (value === null) return null;
  if (type.toLowerCase() === 'date') return addDays('1970-01-01', Number(value));
  return type.toLowerCase() === 'real' ? Number(value) : value;
}
