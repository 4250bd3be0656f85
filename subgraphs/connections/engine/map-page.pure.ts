import type { RowError } from '../csv/row-errors.pure.ts';
import type { ReadColumns } from '../csv/reader.pure.ts';
import type { Entity, Fact, Mapped, Slice, Stream } from '../platforms/connector.ts';
import { RowRefusal } from '../platforms/row-refusal.ts';
import { MappedColumns, type Refusal } from './mapped-columns.pure.ts';

export interface MappedPage {
  batches: ReadColumns[];
  entities: Entity[];
  /** For comparing sums with the platform's; empty for streams without. */
  facts: Fact[];
  refused: RowError[];
  rowsRead: number;
  rowsAccepted: number;
  rowsRejected: number;
}

/** Details of more refused rows than this are counted only. */
const keptPerPage = 100;

/**
 * Turns the rows of a page into canonical columns. A row that breaks a rule of its shape or of ours is put aside with
 * the field and the reason, and the others go on.
 * @param firstLine place of the first row within its slice, from 1, by which refused rows are named
 */
export function mapPage(stream: Stream, rows: readonly unknown[], slice: Slice, firstLine: number): MappedPage {
  const columns = new MappedColumns(slice.account);
  const facts: Fact[] = [];
  const refused: RowError[] = [];
  let rowsRejected = 0;
  rows.forEach((raw, index) => {
    const problem = mapRow(stream, raw, slice, columns, facts);
    if (!problem) return;
    rowsRejected += 1;
    if (refused.length < keptPerPage) refused.push({ line: firstLine + index, ...problem });
  });
  return {
    batches: columns.batches(),
    entities: columns.entities,
    facts,
    refused,
    rowsRead: rows.length,
    rowsAccepted: rows.length - rowsRejected,
    rowsRejected,
  };
}

function mapRow(stream: Stream, raw: unknown, slice: Slice, columns: MappedColumns, facts: Fact[]): Refusal | null {
  const shaped = stream.row.safeParse(raw);
  if (!shaped.success) return wrongShape(raw, shaped.error.issues[0]);
  const mapped = understood(() => stream.map(shaped.data, slice));
  if (mapped === null) return null;
  if ('code' in mapped) return mapped;
  const problem = columns.add(mapped);
  if (!problem && stream.totals) facts.push(...(mapped.facts ?? []));
  return problem;
}

/** What cannot be understood is put aside; what is broken inside us is not. */
function understood(map: () => Mapped | null): Mapped | Refusal | null {
  try {
    return map();
  } catch (error) {
    if (error instanceof RowRefusal) {
      return { column: error.column, code: error.code, message: error.message, value: error.value };
    }
    if (!(error instanceof RangeError)) throw error;
    return { column: '', code: 'BAD_SHAPE', message: error.message, value: null };
  }
}

function wrongShape(raw: unknown, issue: { path: PropertyKey[]; message: string } | undefined): Refusal {
  const column = issue?.path.join('.') ?? '';
  const message = `${column}: ${issue?.message ?? 'unknown'}`;
  return { column, code: 'BAD_SHAPE', message, value: sample(raw, issue?.path) };
}

/** The value that is wrong, when it is short and simple enough to be shown. */
function sample(raw: unknown, path: readonly PropertyKey[] = []): string | null {
  let value: unknown = raw;
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
  if (typeof value === 'object' || value === undefined) return null;
  return String(value).slice(0, 200).replaceAll('\u0000', '\u2400').toWellFormed();
}
