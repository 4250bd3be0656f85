import type { Basis, ItemKind } from '@liftos/core/ports/memory.ts';
import type { z } from 'zod';
import type { Journey } from '../csv/journey-columns.pure.ts';
import type { DataMode } from '../schema.generated.ts';
import type { AuthMethod, Field, Values } from './auth-method.ts';
import type { LocalStream } from './local-stream.ts';

/** Plain data that survives a restart. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a platform splits its data by: an ad account, a shop, a marketplace, a portal. */
export interface Account {
  id: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** IANA name; days of this account are days there. */
  timeZone: string;
  /** `skipped` accounts have no data of their own, e.g. managers; `forbidden` ones do not let us in. */
  state: 'ok' | 'forbidden' | 'skipped';
  /** Why it is not `ok`. */
  note?: string;
  extra?: Values;
}

/** What requests are built from besides the slice. */
export interface Target {
  version: string;
  settings: Values;
  /** What the platform said with the token, e.g. the address of its instance. */
  extra: Values;
}

/** A request in the platform's own words. */
export interface ApiRequest {
  method?: 'GET' | 'POST';
  /** Absolute, or behind the base address. */
  url: string;
  /** Values that are undefined are left out. */
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: Json;
  form?: Readonly<Record<string, string>>;
  /** False for addresses that must not see the token, e.g. signed links to files. */
  authenticate?: false;
  /** How the answer is read; JSON when absent. `gzip` documents are unpacked for all of them. */
  as?: 'json' | 'lines' | 'text';
}

/** What came back. `body` is parsed as asked for; null when it was empty. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** Calls the platform as the connection: lets requests in, renews tokens, retries, waits, classifies. */
export interface Api extends Target {
  now: Date;
  /** Throws `PlatformFailure`. */
  call(request: ApiRequest): Promise<Answer>;
}

/**
 * What an answer means when it is no success.
 * auth: the token is not accepted · permission: this account or resource is closed to us · rate_limit: come back later ·
 * too_much_data: ask for less · transient: try again · version_sunset: the version is switched off · bad_request: ours.
 */
export type FailureClass =
  | 'auth'
  | 'permission'
  | 'rate_limit'
  | 'too_much_data'
  | 'transient'
  | 'version_sunset'
  | 'bad_request';

export interface Failure {
  class: FailureClass;
  /** What the platform said, without secrets. */
  message: string;
  /** At a rate limit: seconds to wait, when the platform says so. */
  waitSeconds?: number;
}

export interface ApiVersion {
  version: string;
  /** `YYYY-MM-DD`; null when no end was announced. */
  sunset: string | null;
}

/** A part of a stream that is fetched and stored on its own: account × window. */
export interface Slice extends Target {
  account: Account;
  /** First and last day in the account's time zone, inclusive. */
  from: string;
  to: string;
  /** The same as instants: `since` inclusive, `until` exclusive. */
  since: Date;
  until: Date;
  /** Rows of a page to ask for; smaller after the platform said that it was too much. */
  pageSize: number;
  now: Date;
  /** The name of an entity of this account that a stream of entities brought; null when unknown. */
  nameOf(type: string, id: string): string | null;
}

/** A day of figures. */
export interface Fact {
  /** `YYYY-MM-DD` in the account's time zone. */
  date: string;
  /** What it is about as the platform numbers it, e.g. account and advertisement; stays when names change. */
  entity: string;
  channel: string;
  campaign: string | null;
  adGroup: string | null;
  ad: string | null;
  /** The market it is about; a day of one entity may come once for each. Absent or null: about all of them. */
  region?: string | null;
  /** The account's when absent. */
  currency?: string;
  /** Micros. */
  spend: bigint;
  impressions: number;
  clicks: number;
  /** May be fractions. */
  conversions: number;
  /** Micros. */
  revenue: bigint;
}

/** An order, a deal, a message: something with an identity of its own. Figures that are absent are 0. */
export interface Item {
  key: string;
  kind: ItemKind;
  occurredAt: Date;
  updatedAt: Date | null;
  deleted?: boolean;
  /** The day in the account's time zone when absent. */
  date?: string;
  /** Null when it adds to no daily figures. */
  channel: string | null;
  campaign?: string | null;
  adGroup?: string | null;
  ad?: string | null;
  /** The market it counts for; no finer than a city. */
  region?: string | null;
  currency?: string;
  spend?: bigint;
  impressions?: number;
  clicks?: number;
  conversions?: number;
  revenue?: bigint;
  /** No names, addresses or other personal data of people. */
  details: Readonly<Record<string, Json>>;
}

/** A campaign, an ad group, a pipeline stage: what figures are about. */
export interface Entity {
  type: string;
  id: string;
  name: string;
  parent?: string | null;
  status?: string | null;
}

/** What a row of a platform becomes. */
export interface Mapped {
  facts?: readonly Fact[];
  items?: readonly Item[];
  journeys?: readonly Journey[];
  entities?: readonly Entity[];
}

/** How a stream is cut into slices and read again. */
export type Cursor =
  /** Figures per day that platforms change for a while; the last `lookbackDays` are read again at each sync. */
  | { by: 'day'; lookbackDays: number; windowDays: number; historyDays: number; lateHours?: number }
  /** Things that say when they were changed; each sync goes on a little before where the last one ended. */
  | { by: 'update'; overlapSeconds: number; windowDays: number; historyDays: number; lateHours?: number }
  /** Read whole each time. */
  | { by: 'none' };

/** Sums that a platform gives for a slice; what it does not give is left out. */
export interface Totals {
  rows?: number;
  /** Micros. */
  spend?: bigint;
  impressions?: number;
  clicks?: number;
  conversions?: number;
  /** Micros. */
  revenue?: bigint;
}

/** A report that the platform prepares before it can be read; its id is kept, so that a restart asks for no second one. */
export interface Report {
  /** Looks for one that was asked for shortly before, where platforms refuse to prepare the same again so soon. */
  earlier?: { request(slice: Slice): ApiRequest; id(answer: Answer, slice: Slice): Json | null };
  create(slice: Slice): ApiRequest;
  /** The id in the answer to `create`. */
  id(answer: Answer): Json;
  poll(slice: Slice, id: Json): ApiRequest;
  /**
   * How far it is. `waiting` comes back after `pollSeconds`; `failed` asks for a new one once, then fails the slice. With
   * a `rate_limit` the slice, and no other one, waits as long as the failure says before a new one is asked for.
   */
  state(answer: Answer): { state: 'waiting' } | { state: 'done'; id?: Json } | { state: 'failed'; failure: Failure };
  pollSeconds: number;
  giveUpMinutes: number;
}

/** One kind of data of a platform. `Row` is a row as the platform sends it. */
export interface Stream<Row = unknown> {
  /** e.g. `ad_daily`. */
  name: string;
  title: string;
  /** What its rows become, most important first. */
  delivers: readonly ('facts' | 'items' | 'journeys' | 'entities')[];
  basis?: Basis;
  /** Scopes without which the platform does not deliver it. */
  scopes?: readonly string[];
  /**
   * Fields, as dotted paths, that tell the rows of an account and window apart; the contract of platforms holds them to
   * it. What replaces what is said by `Fact.entity` and `Item.key`.
   */
  key: readonly string[];
  /** What a row must look like; others are put aside with the field and the reason. */
  row: z.ZodType<Row>;
  cursor: Cursor;
  /** Rows of a page; 0 when the platform decides. */
  pageSize: number;
  /** The request for a page; `at` is what `next` gave, null for the first page. */
  request(slice: Slice, at: Json | null, report: Json | null): ApiRequest;
  rows(answer: Answer, slice: Slice, at: Json | null): readonly unknown[];
  /** Where the next page begins; null after the last one. */
  next(answer: Answer, slice: Slice, at: Json | null): Json | null;
  /** Null for rows that are nothing for measurement. */
  map(row: Row, slice: Slice): Mapped | null;
  /** Says why an answer cannot be the whole truth, e.g. a cap that was reached; the slice is then cut in two. */
  cutOff?(answer: Answer, rows: readonly unknown[], slice: Slice): string | null;
  report?: Report;
  /** What the platform itself says a slice sums up to, to compare with. */
  totals?: { request(slice: Slice): ApiRequest; read(answer: Answer, slice: Slice): Totals };
}

/** Declares a stream with the type of its rows. */
export function defineStream<Row>(stream: Stream<Row>): Stream {
  return stream;
}

/** A platform as data: one engine reads it all. */
export interface Connector {
  /** e.g. `meta_business`. */
  id: string;
  name: string;
  /** 0 to 4; null for sources that are no platform. */
  tier: number | null;
  category: 'advertising' | 'commerce' | 'crm' | 'payments' | 'email' | 'warehouse' | 'file' | 'custom';
  /** One sentence on what comes in. */
  summary: string;
  modes: readonly DataMode[];
  /** Generated streams (`MOCK`), and files. */
  streams: readonly LocalStream[];
  /** How the platform itself is read; null for files. */
  live: LiveConnector | null;
}

export interface LiveConnector {
  /** Hosts that requests and the links in answers may go to, as regular expressions over the whole name. */
  hosts: readonly string[];
  /** Newest first. */
  versions: readonly ApiVersion[];
  version: string;
  /** Where paths begin, without a slash at the end, e.g. `https://graph.facebook.com/v26.0`. */
  base(target: Target): string;
  headers?(target: Target): Readonly<Record<string, string>>;
  /** Ways to be let in, the best first. */
  auth: readonly AuthMethod[];
  /** Asked for when connecting, e.g. the name of a shop; no secrets. */
  settings: readonly Field[];
  /** What the connection can see. Also proves that it is let in. */
  accounts(api: Api): Promise<readonly Account[]>;
  /** What an answer means, beyond the usual meaning of its status; null for a success or the usual meaning. Sees answers with status 200 too. */
  classify(answer: Answer): Failure | null;
  /** Seconds to hold back as the usage that the answer tells of is near its limit; null to go on. */
  holdBack?(answer: Answer): number | null;
  limits: {
    /** Slices of a connection at once. */
    concurrency: number;
    /** Requests a second of a connection; unlimited when absent. */
    requestsPerSecond?: number;
    /** Of one request. */
    timeoutSeconds: number;
    maxBodyBytes?: number;
  };
  streams: readonly Stream[];
}

/** Declares a platform. */
export function defineConnector(connector: Connector): Connector {
  return connector;
}
