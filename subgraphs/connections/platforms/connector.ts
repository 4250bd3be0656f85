import type { ReadColumns } from '../csv/reader.pure.ts';
import type { RowError } from '../csv/row-errors.pure.ts';
import type { DataMode } from '../schema.generated.ts';

/** A part of a stream that is fetched and stored on its own; the same slice may be fetched again at any time. */
export interface SliceRequest {
  stream: string;
  /** First and last day, inclusive; null for streams without days. */
  from: string | null;
  to: string | null;
  /** The checkpoint of the last page that was stored; null at the beginning. */
  checkpoint: unknown;
}

/** What a connector is told about the connection it reads for. */
export interface Source {
  connectionId: string;
  settings: unknown;
  currency: string;
  timeZone: string;
}

/** What one request to a platform brought, in canonical columns. */
export interface Page {
  /** Null when all rows were refused or there were none. */
  data: ReadColumns | null;
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

export interface StreamDefinition {
  /** e.g. `ad_daily`. */
  name: string;
  kind: 'records' | 'journeys';
  /** Columns that identify a row; rows with the same values replace each other. */
  key: readonly string[];
  cursor: {
    /** Days that are read again at every sync, as platforms still change them. */
    lookbackDays: number;
    /** Days of one slice. */
    windowDays: number;
  };
  /** Pages of a slice in a fixed order. Throws PLATFORM_AUTH, PLATFORM_UNAVAILABLE, or `Postpone` at a rate limit. */
  fetchPages(slice: SliceRequest, source: Source, signal: AbortSignal): AsyncIterable<Page>;
}

/** A platform as data: what it is called, what it delivers, and one function per stream. */
export interface Connector {
  /** e.g. `meta_business`. */
  id: string;
  name: string;
  /** 0 to 4; null for file sources. */
  tier: number | null;
  modes: readonly DataMode[];
  streams: readonly StreamDefinition[];
}

/** Declares a platform. */
export function defineConnector(connector: Connector): Connector {
  return connector;
}
