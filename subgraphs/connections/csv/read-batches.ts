import type { ImportPlan } from './import-plan.pure.ts';
import { PathReader } from './path-reader.pure.ts';
import { readRows } from './read-rows.ts';
import type { ReadColumns, Reader } from './reader.pure.ts';
import { RecordReader } from './record-reader.pure.ts';
import { RowErrors, type RowError } from './row-errors.pure.ts';
import { TouchReader } from './touch-reader.pure.ts';

/** How far the reading of a file has come. */
export interface ReadState {
  rowsRead: number;
  rowsAccepted: number;
  rowsRejected: number;
  bytesRead: number;
  /** Rows whose key stood in the file before. */
  duplicates: number;
  /** Numbers with more than six decimals. */
  rounded: number;
}

/** A batch of rows, or with `data` null the end of the file. */
export interface ReadBatch {
  /** Counts from 0; the same file and plan give the same batches. */
  index: number;
  data: ReadColumns | null;
  /** Refused since the batch before. */
  errors: RowError[];
  /** Sums from the beginning of the file. */
  state: ReadState;
}

/** Touches of at most this many bytes of rows are collected in memory at a time. */
const passBytes = 64 * 1024 * 1024;

/** Read a file into batches of columns. Deterministic, so that an import can go on at any batch after a crash. */
export async function* readBatches(path: string, bytes: number, plan: ImportPlan): AsyncGenerator<ReadBatch> {
  const byTouch = plan.kind === 'JOURNEYS' && !plan.meanings.includes('PATH');
  const passes = byTouch ? Math.max(1, Math.ceil(bytes / passBytes)) : 1;
  const reading = new Reading(passes);
  for (let pass = 0; pass < passes; pass += 1) {
    const reader = openReader(plan, reading.errors, byTouch ? { index: pass, of: passes } : null);
    reading.begin(reader);
    // Every pass meets the rows that are no CSV; only the first one reports them.
    const rowErrors = pass === 0 ? reading.errors : new RowErrors();
    for await (const { cells, line } of readRows(path, plan.layout, rowErrors, (total) => reading.noteBytes(total))) {
      if (pass === 0) reading.rows += 1;
      if (!fits(cells, plan.names.length)) refuseWidth(rowErrors, line, cells.length, plan.names.length);
      else if (reader.add(cells, line)) yield reading.pack(reader.take());
    }
    for (const data of reader.rest()) yield reading.pack(data);
    reading.end();
  }
  yield reading.pack(null);
}

/** Sums over the passes of one file. */
class Reading {
  readonly errors = new RowErrors();
  rows = 0;
  readonly #passes: number;
  readonly #done = { accepted: 0, duplicates: 0, rounded: 0, bytes: 0 };
  #reader: Reader | null = null;
  #bytes = 0;
  #index = 0;

  constructor(passes: number) {
    this.#passes = passes;
  }

  begin(reader: Reader): void {
    this.#reader = reader;
    this.#bytes = 0;
  }

  end(): void {
    const reader = this.#reader!;
    this.#done.accepted += reader.accepted;
    this.#done.duplicates += reader.duplicates;
    this.#done.rounded += reader.cells.rounded;
    this.#done.bytes += this.#bytes;
    this.#reader = null;
    this.#bytes = 0;
  }

  noteBytes(total: number): void {
    this.#bytes = total;
  }

  pack(data: ReadColumns | null): ReadBatch {
    const done = this.#done;
    const reader = this.#reader;
    const state: ReadState = {
      rowsRead: this.rows + this.errors.unparsed,
      rowsAccepted: done.accepted + (reader?.accepted ?? 0),
      rowsRejected: this.errors.rejected,
      bytesRead: (done.bytes + this.#bytes) / this.#passes,
      duplicates: done.duplicates + (reader?.duplicates ?? 0),
      rounded: done.rounded + (reader?.cells.rounded ?? 0),
    };
    this.#index += 1;
    return { index: this.#index - 1, data, errors: this.errors.take(), state };
  }
}

/** Cells beyond the header do no harm when they are empty, as spreadsheets leave them behind. */
function fits(cells: readonly string[], width: number): boolean {
  if (cells.length === width) return true;
  return cells.length > width && cells.length < width + 100 && cells.slice(width).every((cell) => cell.trim() === '');
}

function refuseWidth(errors: RowErrors, line: number, found: number, expected: number): void {
  errors.beginRow();
  const message = `The row has ${found} cells, the header ${expected}.`;
  errors.add({ line, column: null, code: 'COLUMN_COUNT', message, value: null });
}

function openReader(plan: ImportPlan, errors: RowErrors, share: { index: number; of: number } | null): Reader {
  if (plan.kind === 'RECORDS') return new RecordReader(plan, errors);
  return share ? new TouchReader(plan, errors, share) : new PathReader(plan, errors);
}
