import type { Context } from '../context.ts';
import type { RelevantEntity, SurfacingEntity } from './memory-context.ts';

/** Where rows come from. Generated rows (`mock`) never mix into sums of live and file rows. */
export type SourceKind = 'live' | 'mock' | 'file';

/** Daily marketing figures, one array per column, all of one length. Money is in integer micros. */
export interface RecordColumns {
  /** `YYYY-MM-DD` in the account's time zone. */
  date: string[];
  channel: string[];
  campaign: (string | null)[];
  adGroup: (string | null)[];
  ad: (string | null)[];
  currency: string[];
  spend: BigInt64Array;
  impressions: Float64Array;
  clicks: Float64Array;
  conversions: Float64Array;
  revenue: BigInt64Array;
  /**
   * What a row is about as its platform numbers it, e.g. account and advertisement. With it a row that is sent again
   * under new names replaces the one with the old names; without it names are the identity.
   */
  entity?: string[];
  /**
   * The market a row is about, as its source names it; null, or no column at all, for what is about all of them. It is
   * part of a row's identity with and without `entity`: one entity in two markets on one day is two rows.
   */
  region?: (string | null)[];
}

/** What an item is: a thing with an identity of its own, in contrast to a day's figures. */
export type ItemKind = 'order' | 'refund' | 'payment' | 'contact' | 'deal' | 'message' | 'event' | 'lift';

/**
 * Items, one array per column. An item adds its figures to the day, channel, campaign, ad group and advertisement it
 * names; memory keeps these sums as daily records, so that an item that changes or vanishes later changes them too.
 */
export interface ItemColumns {
  /** Identifies an item within its connection and stream, so that sending it again replaces it. */
  key: string[];
  kind: ItemKind[];
  /** `YYYY-MM-DD` in the account's time zone. */
  date: string[];
  /** ISO 8601. */
  occurredAt: string[];
  /** ISO 8601; an older version never replaces a newer one. Null when the platform does not say. */
  updatedAt: (string | null)[];
  /** 1 for items that are gone: they add nothing. */
  deleted: Uint8Array;
  /** Null for items that add to no daily record, e.g. contacts. */
  channel: (string | null)[];
  campaign: (string | null)[];
  adGroup: (string | null)[];
  ad: (string | null)[];
  currency: string[];
  /** Micros. */
  spend: BigInt64Array;
  impressions: Float64Array;
  clicks: Float64Array;
  conversions: Float64Array;
  /** Micros; refunds are negative. */
  revenue: BigInt64Array;
  /** A JSON object with what else the platform says of it. */
  details: string[];
  /** The market it counts for, as in `RecordColumns`; its daily record is of that market. */
  region?: (string | null)[];
}

/**
 * What conversions and revenue of a source are: `claimed` by who sold the advertisement, `booked` by a shop or a CRM,
 * `paid` through a payment service. The same sale may arrive on each basis, so sums never mix them.
 */
export type Basis = 'claimed' | 'booked' | 'paid';

/**
 * Journeys, n of them, with their touches end to end. A row may stand for many equal journeys: then `conversions` and
 * `nulls` count them and `value` is their sum.
 */
export interface JourneyColumns {
  /** Identifies a journey within its connection and stream, so that sending it again replaces it. */
  key: string[];
  /** Day of the conversion, or of the last touch without one; null when the source has no times. */
  date: (string | null)[];
  currency: string[];
  conversions: Float64Array;
  nulls: Float64Array;
  /** Micros. */
  value: BigInt64Array;
  /** n + 1 offsets into the touch columns. */
  offsets: Uint32Array;
  /** Channel of each touch, as an index into `channels`. */
  channel: Uint32Array;
  channels: string[];
  /** Campaign of each touch as an index into `campaigns`; its last value 0xffffffff says none. */
  campaign: Uint32Array;
  campaigns: string[];
  /** Days before the conversion; NaN when unknown. */
  age: Float64Array;
}

interface Batch {
  /** Deterministic: the same batch sent again changes nothing. */
  batchId: string;
  connectionId: string;
  sourceKind: SourceKind;
  /** e.g. `campaign_daily`. */
  stream: string;
  syncRunId?: string;
  /** `claimed` when absent. */
  basis?: Basis;
  /** The account that all rows are of. With it daily rows can be withdrawn; see `Withdrawal`. */
  account?: string;
}

export type IngestBatch =
  | (Batch & { kind: 'records'; columns: RecordColumns })
  | (Batch & { kind: 'items'; columns: ItemColumns })
  | (Batch & { kind: 'journeys'; columns: JourneyColumns });

/** What is odd about a daily record. */
export type RecordFlaw =
  | 'CLICKS_BEYOND_IMPRESSIONS'
  | 'SPEND_WITHOUT_DELIVERY'
  | 'REVENUE_WITHOUT_CONVERSIONS'
  | 'NEGATIVE_SPEND'
  | 'CONVERSIONS_BEYOND_CLICKS'
  | 'SPEND_WITHOUT_CAMPAIGN';

export interface IngestResult {
  inserted: number;
  updated: number;
  /** Mean quality of daily records, from 0 to 1; null for items and journeys, and for no rows. */
  quality: number | null;
  /** How many rows have each flaw; those that none has are left out. */
  flaws: Partial<Record<RecordFlaw, number>>;
  /** What stands out in the rows, in sentences. */
  insights: string[];
  /** Whether this very batch had been stored before, so that nothing was done. */
  repeated: boolean;
}

/** What a touch is a touch of; of both, names are `channel / campaign`. */
export type JourneyUnit = 'channel' | 'campaign' | 'channelCampaign';

export interface JourneyQuery {
  unit: JourneyUnit;
  /** Conversion days, inclusive; journeys without a day are left out when either is given. */
  from?: string;
  to?: string;
  connectionIds?: readonly string[];
  sourceKinds: readonly SourceKind[];
}

/** Journeys as models read them. */
export interface JourneyFrame {
  /** Names of the channels or campaigns. */
  units: string[];
  /** n + 1 offsets into `touches` and `ages`. */
  offsets: Uint32Array;
  /** Index into `units`. */
  touches: Uint32Array;
  /** Days before the conversion; NaN when unknown. */
  ages: Float64Array;
  conversions: Float64Array;
  nulls: Float64Array;
  /** Whole currency units. */
  value: Float64Array;
  /** Null when there are none or several. */
  currency: string | null;
  firstDate: string | null;
  lastDate: string | null;
  sourceKinds: SourceKind[];
}

export interface RecordQuery {
  from: string;
  to: string;
  channels?: readonly string[];
  /** Markets; null among them stands for what is about no single one. Absent does not narrow. */
  regions?: readonly (string | null)[];
  connectionIds?: readonly string[];
  sourceKinds: readonly SourceKind[];
}

/** Attribution-ready rows, one array per column. */
export interface RecordFrame extends RecordColumns {
  region: (string | null)[];
  connectionId: string[];
  sourceKind: SourceKind[];
  basis: Basis[];
  /** From 1, nothing is odd about a row, down to 0. */
  quality: Float64Array;
}

export interface ItemQuery {
  kinds: readonly ItemKind[];
  from: string;
  to: string;
  connectionIds?: readonly string[];
  sourceKinds: readonly SourceKind[];
}

/** Items as modules read them, by day and key; those that are gone are left out. */
export interface ItemFrame extends Omit<ItemColumns, 'deleted'> {
  region: (string | null)[];
  connectionId: string[];
  sourceKind: SourceKind[];
  basis: Basis[];
}

export interface CalendarQuery {
  from: string;
  /** Inclusive. */
  to: string;
  /** A country such as `US` or a part of one such as `DE-BY`. */
  region: string;
}

/** A holiday on a day; one that takes several days comes once for each. */
export interface CalendarHoliday {
  date: string;
  name: string;
  /** Whether most people are off work; false for observances such as Valentine's Day. */
  isPublic: boolean;
}

export type TotalsUnit = JourneyUnit | 'region';

export interface UnitTotals {
  /** What has no campaign is `(channel)`, of both units `channel / –`; what has no region `(no region)`. */
  key: string;
  currency: string;
  spend: number;
  revenue: number;
  conversions: number;
}

/** Days of an account that a sync read anew and whole. */
export interface Withdrawal {
  connectionId: string;
  sourceKind: SourceKind;
  stream: string;
  account: string;
  from: string;
  /** Inclusive. */
  to: string;
  /** The sync whose batches brought what there is now. */
  syncRunId: string;
}

/** The unified data API: the one way in and out for bulk data. Owned by memory. */
export interface MemoryPort {
  /** Stores a batch in one transaction. Throws BAD_USER_INPUT when it breaks an invariant; then nothing is stored. */
  ingest(context: Context, batch: IngestBatch): Promise<IngestResult>;
  records(context: Context, query: RecordQuery): Promise<RecordFrame>;
  items(context: Context, query: ItemQuery): Promise<ItemFrame>;
  journeys(context: Context, query: JourneyQuery): Promise<JourneyFrame>;
  /** Sums per unit and currency, in whole currency units. */
  totals(context: Context, query: RecordQuery & { unit: TotalsUnit }): Promise<UnitTotals[]>;
  /** What changed most against as many days just before, `first` of 1 to 500. Throws BAD_USER_INPUT beyond. */
  surfacing(context: Context, query: RecordQuery & { first: number }): Promise<SurfacingEntity[]>;
  /**
   * What a language model should know to answer a question: the entities whose names fit its words best, `first` of 1 to
   * 50; without a fit those with the most spend. Throws BAD_USER_INPUT beyond, and without a question.
   */
  relevant(context: Context, query: RecordQuery & { question: string; first: number }): Promise<RelevantEntity[]>;
  /** Holidays by day. Throws BAD_USER_INPUT for a region that does not exist. */
  calendar(context: Context, query: CalendarQuery): Promise<CalendarHoliday[]>;
  /**
   * Removes the daily rows of an account and days that a sync did not bring again, as their source no longer reports
   * them; gives their number. Rows that came without an account stay.
   */
  withdraw(context: Context, withdrawal: Withdrawal): Promise<number>;
  /** Removes everything a connection brought in. */
  forgetConnection(context: Context, connectionId: string): Promise<void>;
  /** Removes what a connection brought in of days before `day`; gives the number of rows. */
  forgetBefore(context: Context, connectionId: string, day: string): Promise<number>;
}
