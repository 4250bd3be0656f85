import type { ItemColumns, JourneyColumns, RecordColumns } from '@liftos/core/ports/memory.ts';

export type ReadColumns =
  | { kind: 'records'; columns: RecordColumns }
  | { kind: 'items'; columns: ItemColumns }
  | { kind: 'journeys'; columns: JourneyColumns };

/** Turns rows of one shape into columns. */
export interface Reader {
  /** Rows taken in. */
  readonly accepted: number;
  /** Rows whose key stood in the file before; the last one counts. */
  readonly duplicates: number;
  readonly cells: { readonly rounded: number };
  /** Take in a row; true when a batch is full and should be taken. */
  add(cells: readonly string[], line: number): boolean;
  /** What was collected since the last call; null when there is nothing. */
  take(): ReadColumns | null;
  /** Batches that are complete only at the end of the file. */
  rest(): Iterable<ReadColumns>;
}
