import type { Basis } from '@liftos/core/ports/memory.ts';

/** A figure of records. */
export type Measure = 'spend' | 'revenue' | 'conversions' | 'impressions' | 'clicks';

/** What works of a channel. */
export type MediaKind = 'spend' | 'impressions' | 'clicks';

/** Days that are told from others, e.g. a sale with its eve. */
export interface CalendarEvent {
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly dates: readonly string[];
}

/** Something beside media that moves the KPI: values by day, or a figure of a channel of the records. */
export type ControlChoice =
  | { readonly name: string; readonly dates: readonly string[]; readonly values: readonly number[] }
  | { readonly name: string; readonly channel: string; readonly measure: Measure };

/** What a mix model is to be made of. */
export interface MixDataChoice {
  readonly kpi: 'revenue' | 'conversions';
  /** Whose conversions and revenue count; spend counts whoever tells of it. */
  readonly basis: Basis;
  readonly period: 'DAY' | 'WEEK';
  readonly geo: 'NATIONAL' | 'REGION';
  readonly media: MediaKind;
  /** Channels of which something else works, by name. */
  readonly mediaOf: Readonly<Record<string, MediaKind>>;
  /** Channels to measure; all that have spend when null. */
  readonly only: readonly string[] | null;
  readonly events: readonly CalendarEvent[];
  readonly holidays: { readonly region: string; readonly publicOnly: boolean } | null;
  readonly controls: readonly ControlChoice[];
  /** People by region; regions are scaled by their mean KPI when null. */
  readonly populations: Readonly<Record<string, number>> | null;
}
