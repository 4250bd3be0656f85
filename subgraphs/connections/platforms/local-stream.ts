import type { Basis } from '@liftos/core/ports/memory.ts';
import type { ReadColumns } from '../csv/reader.pure.ts';
import type { RowError } from '../csv/row-errors.pure.ts';

/** A part of a stream to fetch; the same slice may be fetched again at any time. */
export interface LocalSlice {
  stream: string;
  /** First and last day, inclusive; null for streams without days. */
  from: string | null;
  to: string | null;
  /** The checkpoint of the last page that was stored; null at the beginning. */
  checkpoint: unknown;
}

/** What a generated or file stream is told about the connection it reads for. */
export interface LocalSource {
  connectionId: string;
  settings: unknown;
  currency: string;
  timeZone: string;
}

/** What one request to a platform brought, in canonical columns. */
export interface LocalPage {
  /** Null when all rows were refused or there were none. */
  data: ReadColumns | null;
  /** `claimed` when absent. */
  basis?: Basis;
  /** Rows that broke a rule, at most the first thousand of a slice. */
  refused: readonly RowError[];
  rowsRead: number;
  rowsAccepted: number;
  rowsRejected: number;
  /** How far the slice is, 0 to 1. */
  fraction: number;
  /** Plain data that lets `fetchPages` go on behind this page, after a crash too. */
  checkpoint: unknown;
  /** What a person should know about the slice; sent with its last page. */
  notes?: readonly string[];
}

/** A stream that is generated or read from a file. */
export interface LocalStream {
  /** e.g. `ad_daily`. */
  name: string;
  kind: 'records' | 'journeys';
  /** Columns that identify a row; rows with the same values replace each other. */
  key: readonly string[];
  /** Whether a connection with these settings has it; all have it when absent. */
  isOf?(settings: unknown): boolean;
  cursor: {
    /** Days that are read again at every sync, as platforms still change them. */
    lookbackDays: number;
    /** Days of one slice. */
    windowDays: number;
  };
  /** Pages of a slice in a fixed order. Throws PLATFORM_AUTH, PLATFORM_UNAVAILABLE, or `Postpone` at a rate limit. */
  fetchPages(slice: LocalSlice, source: LocalSource, signal: AbortSignal): AsyncIterable<LocalPage>;
}
