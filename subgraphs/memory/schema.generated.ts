// Generated from the .graphql files beside it by `npm run codegen`.
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  federation__Scope: { input: unknown; output: unknown; }
  /** An instant in UTC, ISO 8601 with milliseconds, e.g. `2026-11-20T14:32:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** A calendar day without a time zone, `YYYY-MM-DD`. */
  Date: { input: string; output: string; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
};

export type IndustryPattern =
  | 'RETAIL'
  | 'B2B_SAAS'
  | 'EDUCATION';

export type ExportFormat =
  /** Comma-separated, with columns that an import of LiftOS recognises. */
  | 'CSV'
  /** One JSON object per line; journeys with all their touches. */
  | 'JSON_LINES';

export type ExportState =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED';

export type StartExportInput = {
  format: ExportFormat;
};

export type ItemKind =
  | 'ORDER'
  | 'REFUND'
  | 'PAYMENT'
  | 'CONTACT'
  | 'DEAL'
  | 'MESSAGE'
  | 'EVENT'
  | 'LIFT';

export type BatchKind =
  | 'RECORDS'
  | 'JOURNEYS'
  | 'ITEMS';

/** What is odd about the figures of a record, and takes from its quality. */
export type RecordFlaw =
  /** Takes 0.3. */
  | 'CLICKS_BEYOND_IMPRESSIONS'
  /** Neither impressions nor clicks. Takes 0.2. */
  | 'SPEND_WITHOUT_DELIVERY'
  /** Takes 0.2. */
  | 'REVENUE_WITHOUT_CONVERSIONS'
  /** Takes 0.2. */
  | 'NEGATIVE_SPEND'
  /** May be sales of people who only saw an advertisement. Takes 0.1. */
  | 'CONVERSIONS_BEYOND_CLICKS'
  /** Takes 0.1. */
  | 'SPEND_WITHOUT_CAMPAIGN';

export type SourceKind =
  | 'LIVE'
  | 'MOCK'
  | 'FILE';

/**
 * What conversions and revenue are. The same sale may arrive on each basis, so sums use only the strongest there is:
 * booked, then paid, then claimed.
 */
export type RevenueBasis =
  /** By who sold the advertisement. */
  | 'CLAIMED'
  /** By a shop or a CRM. */
  | 'BOOKED'
  /** Through a payment service. */
  | 'PAID';

export type DateRangeInput = {
  from: Scalars['Date']['input'];
  /** Inclusive. */
  to: Scalars['Date']['input'];
};

export type RecordFilter = {
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  campaigns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Markets; null among them stands for what is about no single one. */
  regions?: InputMaybe<Array<InputMaybe<Scalars['String']['input']>>>;
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Mock data never mixes into live and file data: leave this out for live and file, or ask for MOCK alone. */
  sourceKinds?: InputMaybe<Array<SourceKind>>;
};

export type TotalsGroup =
  | 'DAY'
  | 'WEEK'
  | 'MONTH'
  | 'CHANNEL'
  | 'CAMPAIGN'
  /** Markets; `(no region)` stands for what is about no single one. */
  | 'REGION';

export type SetRetentionInput = {
  /** 30 to 3,650; null keeps everything. */
  days?: InputMaybe<Scalars['Int']['input']>;
};

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** One thing that happened in the organisation. */
export type Activity = {
  /** Grows by one per event of the organisation. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  /** e.g. `sync.finished`. */
  topic: Scalars['String']['output'];
  /** One sentence for people. */
  summary: Scalars['String']['output'];
  /** What it is about, e.g. `connection`. */
  subjectKind?: Maybe<Scalars['String']['output']>;
  subjectId?: Maybe<Scalars['ID']['output']>;
};

export type ActivityEdge = {
  cursor: Scalars['String']['output'];
  node: Activity;
};

export type ActivityPage = {
  edges: Array<ActivityEdge>;
  pageInfo: PageInfo;
};

export type Query = {
  /** Newest first. */
  activity: ActivityPage;
  /** At most 1,100 days. The region is a country such as `US` or a part of one such as `DE-BY`. */
  calendar: Array<CalendarDay>;
  /**
   * What stands out in a range: one row for each entity and currency, the largest change first. The change is that of spend
   * plus that of revenue, each without its sign, against the range of equal length just before; then comes spend. Live and
   * file data, or MOCK alone; 1 to 500 rows.
   */
  surfacingData: Array<SurfacingRow>;
  /**
   * The 1 to 50 entities that fit a question best by the words of their names, then by spend; what spent most when no name
   * fits. The range is the last 90 days unless it is given. Live and file data, or MOCK alone.
   */
  llmContext: Array<ContextEntry>;
  dataExport?: Maybe<DataExport>;
  /** Exports whose files have not expired, newest first. */
  dataExports: Array<DataExport>;
  /** Newest day first, of all kinds unless some are named. Live and file data; ask for MOCK alone. */
  items: ItemPage;
  /** The items whose sum a record is; none for a record that came as a sum. */
  recordItems: ItemPage;
  /** Where the data came from, newest batch first. */
  lineage: IngestBatchPage;
  /** Newest day first. */
  records: MarketingRecordPage;
  totals: Totals;
  /** Channels, regions and days there are, to fill filters with. */
  dataExtent: DataExtent;
  /** How long data is kept. */
  retention: Retention;
};


export type QueryActivityArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCalendarArgs = {
  range: DateRangeInput;
  region?: InputMaybe<Scalars['String']['input']>;
  industry?: InputMaybe<IndustryPattern>;
  fiscalYearStartMonth?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySurfacingDataArgs = {
  range: DateRangeInput;
  filter?: InputMaybe<RecordFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryLlmContextArgs = {
  question: Scalars['String']['input'];
  range?: InputMaybe<DateRangeInput>;
  filter?: InputMaybe<RecordFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryDataExportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryItemsArgs = {
  kinds?: InputMaybe<Array<ItemKind>>;
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  sourceKinds?: InputMaybe<Array<SourceKind>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRecordItemsArgs = {
  recordId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryLineageArgs = {
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<BatchKind>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRecordsArgs = {
  range: DateRangeInput;
  filter?: InputMaybe<RecordFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryTotalsArgs = {
  range: DateRangeInput;
  groupBy: TotalsGroup;
  filter?: InputMaybe<RecordFilter>;
};

export type Subscription = {
  /** Everything that happens, as it happens. With `after`, everything missed since comes first. */
  activityFeed: Activity;
};


export type SubscriptionActivityFeedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
};

export type Holiday = {
  name: Scalars['String']['output'];
  /** The country or part of it that was asked for. */
  region: Scalars['String']['output'];
  /** Whether most people are off work; false for observances such as Valentine's Day. */
  isPublic: Scalars['Boolean']['output'];
};

/** Everything a model may want to know about a day. */
export type CalendarDay = {
  date: Scalars['Date']['output'];
  /** e.g. 20261127. */
  dateKey: Scalars['Int']['output'];
  /** 1 to 31. */
  day: Scalars['Int']['output'];
  dayOfYear: Scalars['Int']['output'];
  /** Monday is 1. */
  dayOfWeek: Scalars['Int']['output'];
  dayName: Scalars['String']['output'];
  isoWeek: Scalars['Int']['output'];
  isoYear: Scalars['Int']['output'];
  month: Scalars['Int']['output'];
  monthName: Scalars['String']['output'];
  quarter: Scalars['Int']['output'];
  year: Scalars['Int']['output'];
  isWeekend: Scalars['Boolean']['output'];
  isWeekday: Scalars['Boolean']['output'];
  /** Whether it is a public holiday. */
  isHoliday: Scalars['Boolean']['output'];
  holidays: Array<Holiday>;
  /** Named after the calendar year it ends in. */
  fiscalYear: Scalars['Int']['output'];
  fiscalQuarter: Scalars['Int']['output'];
  fiscalMonth: Scalars['Int']['output'];
  /** Multipliers around 1 for consumer demand in general: rules of thumb, not estimates from your data. */
  seasonality: Seasonality;
  isBlackFriday: Scalars['Boolean']['output'];
  isCyberMonday: Scalars['Boolean']['output'];
  /** Estimated as the second Tuesday of July and the day after where no date is known yet. */
  isPrimeDay: Scalars['Boolean']['output'];
  /** e.g. `holiday`, `back_to_school`; null outside. */
  marketingSeason?: Maybe<Scalars['String']['output']>;
  /** Multiplier of the industry asked for; 1 without one. */
  industryFactor: Scalars['Float']['output'];
  /** Multiplier of the region, e.g. for Singles' Day in China; 1 where nothing is known. */
  regionalFactor: Scalars['Float']['output'];
};

export type Seasonality = {
  week: Scalars['Float']['output'];
  month: Scalars['Float']['output'];
  quarter: Scalars['Float']['output'];
};

/** Sums of what one entity did within some days. */
export type SurfacingSums = {
  spend: Money;
  impressions: Scalars['Float']['output'];
  clicks: Scalars['Float']['output'];
  conversions: Scalars['Float']['output'];
  revenue: Money;
  /** Revenue per unit of spend; null without spend. */
  roas?: Maybe<Scalars['Float']['output']>;
};

/** What a channel, campaign, ad group or ad did in a range, beside the range of equal length just before, in one currency. */
export type SurfacingRow = {
  channel: Scalars['String']['output'];
  campaign?: Maybe<Scalars['String']['output']>;
  adGroup?: Maybe<Scalars['String']['output']>;
  ad?: Maybe<Scalars['String']['output']>;
  /** The market it is about, as its source names it; null when it is about no single one. */
  region?: Maybe<Scalars['String']['output']>;
  currency: Scalars['String']['output'];
  /** In the range. */
  sums: SurfacingSums;
  /** In as many days just before the range. */
  previous: SurfacingSums;
  /** What its conversions and revenue are based on. The same sale may stand in rows of several bases: do not add them up. */
  revenueBasis: RevenueBasis;
  sourceKind: SourceKind;
  connection: Connection;
};

/** What a language model should know of a channel, campaign, ad group or ad, in one currency. */
export type ContextEntry = {
  /** One sentence with the names, the days and the figures, to be cited. Generated data is named as such. */
  text: Scalars['String']['output'];
  /** 1 for what fits the question best, less for others; 0 for all when nothing fits and the most spend is shown instead. */
  relevance: Scalars['Float']['output'];
  channel: Scalars['String']['output'];
  campaign?: Maybe<Scalars['String']['output']>;
  adGroup?: Maybe<Scalars['String']['output']>;
  ad?: Maybe<Scalars['String']['output']>;
  /** The market it is about, as its source names it; null when it is about no single one. */
  region?: Maybe<Scalars['String']['output']>;
  currency: Scalars['String']['output'];
  /** The first and the last day of the range on which there are figures. */
  firstDate: Scalars['Date']['output'];
  lastDate: Scalars['Date']['output'];
  /** Days with figures. */
  days: Scalars['Int']['output'];
  spend: Money;
  impressions: Scalars['Float']['output'];
  clicks: Scalars['Float']['output'];
  conversions: Scalars['Float']['output'];
  revenue: Money;
  /** Revenue per unit of spend; null without spend. */
  roas?: Maybe<Scalars['Float']['output']>;
  /** What its conversions and revenue are based on. The same sale may stand in entries of several bases. */
  revenueBasis: RevenueBasis;
  sourceKind: SourceKind;
  connection: Connection;
};

/** A file of an export. */
export type ExportFile = {
  name: Scalars['String']['output'];
  /** Records, items, journeys or touches in it; in CSV all lines but the first. */
  rows: Scalars['Float']['output'];
  bytes: Scalars['Float']['output'];
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  /** Path to download it from without further credentials; good for ten minutes. */
  link: Scalars['String']['output'];
};

/** A copy of all data of the organisation, as files. */
export type DataExport = {
  id: Scalars['ID']['output'];
  format: ExportFormat;
  state: ExportState;
  /** Why it failed. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Name of who asked for it. */
  requestedBy: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** From then on the files are gone. */
  expiresAt: Scalars['DateTime']['output'];
  /** Daily figures in all files together. */
  records: Scalars['Float']['output'];
  /** Journeys in all files together. */
  journeys: Scalars['Float']['output'];
  /** Orders, contacts and the like in all files together. */
  items: Scalars['Float']['output'];
  /** One file per kind of data and source; none until it has succeeded. */
  files: Array<ExportFile>;
};

export type StartExportPayload = {
  dataExport: DataExport;
};

export type Mutation = {
  /** Write all records, items and journeys of the organisation to files. One export runs at a time. */
  startExport: StartExportPayload;
  /** Decide how long data is kept. What is older is removed for good, at once and then every day. */
  setRetention: SetRetentionPayload;
};


export type MutationStartExportArgs = {
  input: StartExportInput;
};


export type MutationSetRetentionArgs = {
  input: SetRetentionInput;
};

/** A thing with an identity of its own, e.g. an order. Items with a channel are part of a record: their sum. */
export type Item = {
  id: Scalars['ID']['output'];
  kind: ItemKind;
  /** How its source names it. */
  key: Scalars['String']['output'];
  /** The day it counts for. */
  date: Scalars['Date']['output'];
  occurredAt: Scalars['DateTime']['output'];
  /** When its source last changed it, where it says so. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
  channel?: Maybe<Scalars['String']['output']>;
  campaign?: Maybe<Scalars['String']['output']>;
  adGroup?: Maybe<Scalars['String']['output']>;
  ad?: Maybe<Scalars['String']['output']>;
  /** The market it counts for, as its source names it; null when its source does not say. */
  region?: Maybe<Scalars['String']['output']>;
  currency: Scalars['String']['output'];
  spend: Money;
  conversions: Scalars['Float']['output'];
  /** Below zero for refunds. */
  revenue: Money;
  revenueBasis: RevenueBasis;
  /** What else its source says of it. */
  details: Scalars['JSON']['output'];
  stream: Scalars['String']['output'];
  sourceKind: SourceKind;
  connection: Connection;
  ingestedAt: Scalars['DateTime']['output'];
  /** The batch it last changed with; see `lineage`. */
  batchId: Scalars['ID']['output'];
  /** The record it is part of; null when it adds to none. */
  recordId?: Maybe<Scalars['ID']['output']>;
};

export type ItemEdge = {
  cursor: Scalars['String']['output'];
  node: Item;
};

export type ItemPage = {
  edges: Array<ItemEdge>;
  pageInfo: PageInfo;
};

/** A batch of rows that arrived together. */
export type IngestBatch = {
  id: Scalars['ID']['output'];
  connection: Connection;
  stream: Scalars['String']['output'];
  kind: BatchKind;
  sourceKind: SourceKind;
  /** Rows that were new. */
  inserted: Scalars['Int']['output'];
  /** Rows that replaced an older copy with other figures. */
  updated: Scalars['Int']['output'];
  /** Rows that were there already, with the same figures. */
  unchanged: Scalars['Int']['output'];
  firstDate?: Maybe<Scalars['Date']['output']>;
  lastDate?: Maybe<Scalars['Date']['output']>;
  ingestedAt: Scalars['DateTime']['output'];
  /** Mean quality of its daily records, from 0 to 1; null for journeys and items, and for what came before this was looked at. */
  quality?: Maybe<Scalars['Float']['output']>;
  /** What is odd about its rows, most frequent first. */
  flaws: Array<FlawCount>;
  /** What stands out in it, as its source reports it, in sentences. */
  insights: Array<Scalars['String']['output']>;
};

export type FlawCount = {
  flaw: RecordFlaw;
  rows: Scalars['Int']['output'];
};

export type IngestBatchEdge = {
  cursor: Scalars['String']['output'];
  node: IngestBatch;
};

export type IngestBatchPage = {
  edges: Array<IngestBatchEdge>;
  pageInfo: PageInfo;
};

/** An amount of money. */
export type Money = {
  /** In millionths, exact, as text. */
  micros: Scalars['String']['output'];
  /** In whole units, for display. */
  amount: Scalars['Float']['output'];
  currency: Scalars['String']['output'];
};

/** What a connection has brought in so far. */
export type Coverage = {
  records: Scalars['Int']['output'];
  journeys: Scalars['Int']['output'];
  /** Orders, contacts and the like, whose sums are records. */
  items: Scalars['Int']['output'];
  firstDate?: Maybe<Scalars['Date']['output']>;
  lastDate?: Maybe<Scalars['Date']['output']>;
  /** When data last arrived. */
  lastIngestedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type Connection = {
  id: Scalars['ID']['output'];
  /** What of it is stored; null, with an error, while memory cannot answer. */
  coverage?: Maybe<Coverage>;
};

/** One attribution-ready row: a day of a channel, campaign, ad group or ad. */
export type MarketingRecord = {
  id: Scalars['ID']['output'];
  date: Scalars['Date']['output'];
  channel: Scalars['String']['output'];
  campaign?: Maybe<Scalars['String']['output']>;
  adGroup?: Maybe<Scalars['String']['output']>;
  ad?: Maybe<Scalars['String']['output']>;
  /** The market it is about, as its source names it; null when it is about no single one. */
  region?: Maybe<Scalars['String']['output']>;
  spend: Money;
  impressions: Scalars['Float']['output'];
  clicks: Scalars['Float']['output'];
  conversions: Scalars['Float']['output'];
  revenue: Money;
  /** The day in the calendar of the United States. */
  calendar: CalendarDay;
  sourceKind: SourceKind;
  /** What its conversions and revenue are based on. */
  revenueBasis: RevenueBasis;
  connection: Connection;
  ingestedAt: Scalars['DateTime']['output'];
  /** The batch it came with; see `lineage`. */
  batchId: Scalars['ID']['output'];
  /** From 1, nothing is odd about its figures, down to 0. */
  quality: Scalars['Float']['output'];
  flaws: Array<RecordFlaw>;
};

export type MarketingRecordEdge = {
  cursor: Scalars['String']['output'];
  node: MarketingRecord;
};

export type MarketingRecordPage = {
  edges: Array<MarketingRecordEdge>;
  pageInfo: PageInfo;
};

/** Sums over a group of records. */
export type TotalsRow = {
  /** The day, week start, month start, channel, campaign or region; a channel in brackets stands for what has no campaign there. */
  key: Scalars['String']['output'];
  spend: Money;
  impressions: Scalars['Float']['output'];
  clicks: Scalars['Float']['output'];
  conversions: Scalars['Float']['output'];
  revenue: Money;
  /** Revenue per unit of spend; null without spend. */
  roas?: Maybe<Scalars['Float']['output']>;
  /**
   * What conversions and revenue are based on: in a channel or campaign the strongest basis it has, otherwise the
   * strongest of all that is selected. Null when there are none.
   */
  revenueBasis?: Maybe<RevenueBasis>;
};

export type Totals = {
  /** All rows together; null when there is nothing or when currencies differ: amounts of several currencies are never added up. */
  overall?: Maybe<TotalsRow>;
  /** One for each group and currency: times in order, others by spend, at most 2,000. */
  rows: Array<TotalsRow>;
  currencies: Array<Scalars['String']['output']>;
  /** What to know about these sums, e.g. that there is no overall row because currencies differ. */
  notes: Array<Scalars['String']['output']>;
  /** The basis of conversions and revenue of all rows together; null without any, or when it differs by currency. */
  revenueBasis?: Maybe<RevenueBasis>;
  /** Which kinds of source the sums come from. */
  sourceKinds: Array<SourceKind>;
  /** When the newest record in it was stored. */
  asOf?: Maybe<Scalars['DateTime']['output']>;
};

export type DataExtent = {
  records: Scalars['Int']['output'];
  journeys: Scalars['Int']['output'];
  items: Scalars['Int']['output'];
  firstDate?: Maybe<Scalars['Date']['output']>;
  lastDate?: Maybe<Scalars['Date']['output']>;
  channels: Array<Scalars['String']['output']>;
  /** Markets there are figures of; empty when no source says where. */
  regions: Array<Scalars['String']['output']>;
  sourceKinds: Array<SourceKind>;
  /** The same for each kind of source, since generated data is never added to the rest. */
  bySource: Array<SourceExtent>;
};

export type SourceExtent = {
  sourceKind: SourceKind;
  records: Scalars['Int']['output'];
  journeys: Scalars['Int']['output'];
  items: Scalars['Int']['output'];
  firstDate?: Maybe<Scalars['Date']['output']>;
  lastDate?: Maybe<Scalars['Date']['output']>;
};

/** How long an organisation keeps its data. */
export type Retention = {
  /** Data about days further back is removed once a day; null keeps everything. */
  days?: Maybe<Scalars['Int']['output']>;
  /** When data was last looked through for what is too old. */
  lastRunAt?: Maybe<Scalars['DateTime']['output']>;
  nextRunAt?: Maybe<Scalars['DateTime']['output']>;
};

export type SetRetentionPayload = {
  retention: Retention;
};
