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

/** How the last finished sync ended. */
export type SyncResult =
  /** Nothing was synced yet. */
  | 'NEVER'
  | 'SUCCEEDED'
  /** Some slices failed or some rows were refused; the reasons say which. */
  | 'PARTIAL'
  | 'FAILED'
  | 'CANCELLED';

/** What happens on a connection right now; kept apart from how the last sync ended. */
export type ConnectionActivity =
  | 'IDLE'
  | 'QUEUED'
  | 'SYNCING';

/** Whether the platform lets a connection in. */
export type AuthState =
  /** Nothing to be let in with: generated data, files, or not set up yet. */
  | 'NONE'
  | 'OK'
  /** Somebody has to consent again soon; the message says when. */
  | 'EXPIRING'
  /** The platform refuses; the message says what to do. */
  | 'BROKEN';

export type CreateMockConnectionInput = {
  platform: Scalars['ID']['input'];
  name: Scalars['String']['input'];
  /** Same seed, same data. */
  seed?: InputMaybe<Scalars['Int']['input']>;
  /** First day to generate; 365 days back when absent. */
  from?: InputMaybe<Scalars['Date']['input']>;
  currency?: InputMaybe<Scalars['String']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
  schedule?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateConnectionInput = {
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  /** An empty string takes the schedule away. */
  schedule?: InputMaybe<Scalars['String']['input']>;
};

export type DataMode =
  /** The best there is: the platform itself when it lets us in, generated data until then. */
  | 'AUTO'
  /** Data of the platform itself. */
  | 'LIVE'
  /** Generated data with a known causal truth. */
  | 'MOCK'
  /** The platform itself, with generated data in place of what cannot be read; marked as such and never summed with it. */
  | 'HYBRID'
  /** Files that were uploaded. */
  | 'FILE';

export type SyncState =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'PARTIAL'
  | 'FAILED'
  | 'CANCELLED'
  /** Of a part that was too much for the platform: cut into smaller ones. */
  | 'SPLIT';

export type SyncTrigger =
  | 'MANUAL'
  | 'SCHEDULE'
  | 'UPLOAD'
  /** Stored answers were read again. */
  | 'REPLAY';

/** What a sync reads. */
export type SyncScope =
  /** What is new or may have changed since the last sync. */
  | 'INCREMENTAL'
  /** Everything from the first day on. */
  | 'FULL'
  /** Days of the past that a person asked for. */
  | 'BACKFILL';

/** What a file holds. */
export type ImportKind =
  /** Daily marketing figures per channel, campaign … */
  | 'RECORDS'
  /** Customer journeys: one touch per row, or one path per row. */
  | 'JOURNEYS';

/** What a column of the file means; `IGNORE` leaves it out. */
export type ColumnMeaning =
  | 'IGNORE'
  | 'DATE'
  | 'CHANNEL'
  | 'CAMPAIGN'
  | 'AD_GROUP'
  | 'AD'
  | 'SPEND'
  | 'IMPRESSIONS'
  | 'CLICKS'
  | 'CONVERSIONS'
  | 'REVENUE'
  | 'CURRENCY'
  /** Whole path in one cell, touches separated by ` > `. */
  | 'PATH'
  /** Journeys that ended without a conversion. */
  | 'NULLS'
  | 'JOURNEY'
  | 'TOUCHED_AT'
  | 'CONVERTED_AT'
  /** Age of a touch in days before the conversion. */
  | 'DAYS_BEFORE_CONVERSION';

export type ColumnMappingInput = {
  column: Scalars['String']['input'];
  meaning: ColumnMeaning;
};

export type ImportUploadInput = {
  uploadId: Scalars['ID']['input'];
  kind: ImportKind;
  mapping: Array<ColumnMappingInput>;
  /** Import into this file connection. When absent: the one that this very file went into before, else a new one. */
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the new connection; the file name when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Currency of money columns when the file has no currency column. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** e.g. `DD/MM/YYYY`; guessed when absent. */
  dateFormat?: InputMaybe<Scalars['String']['input']>;
  /** Channel for rows without a channel column. */
  channel?: InputMaybe<Scalars['String']['input']>;
};

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** A source of data that belongs to the organisation. */
export type Connection = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  platform: Platform;
  mode: DataMode;
  lastResult: SyncResult;
  activity: ConnectionActivity;
  lastSyncAt?: Maybe<Scalars['DateTime']['output']>;
  /** Cron expression in the connection's time zone; null when only synced by hand. */
  schedule?: Maybe<Scalars['String']['output']>;
  /** The next five runs of the schedule. */
  nextRuns: Array<Scalars['DateTime']['output']>;
  currency: Scalars['String']['output'];
  timeZone: Scalars['String']['output'];
  authState: AuthState;
  /** What a person should know or do about being let in; null when all is well. */
  authMessage?: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** Newest first. */
  syncs: SyncRunPage;
  /** For mock connections: the effects the generator really used, per channel, so that answers can be checked. */
  knownTruth?: Maybe<Scalars['JSON']['output']>;
};


/** A source of data that belongs to the organisation. */
export type ConnectionSyncsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type ConnectionEdge = {
  cursor: Scalars['String']['output'];
  node: Connection;
};

export type ConnectionPage = {
  edges: Array<ConnectionEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ConnectionPayload = {
  connection: Connection;
};

export type DeleteConnectionPayload = {
  connectionId: Scalars['ID']['output'];
};

export type Query = {
  connections: ConnectionPage;
  connection?: Maybe<Connection>;
  platforms: Array<Platform>;
  syncRun?: Maybe<SyncRun>;
  /** Read the beginning of an uploaded file and guess what it is. */
  uploadPreview: UploadPreview;
};


export type QueryConnectionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  platform?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryConnectionArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySyncRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUploadPreviewArgs = {
  uploadId: Scalars['ID']['input'];
};

export type Mutation = {
  createMockConnection: ConnectionPayload;
  updateConnection: ConnectionPayload;
  /** Delete a connection with everything it brought in. */
  deleteConnection: DeleteConnectionPayload;
  startSync: SyncRunPayload;
  /** Stop a sync; what was stored stays. */
  cancelSync: SyncRunPayload;
  /** Read the file and say what would happen, without storing anything. */
  dryRunImport: DryRunPayload;
  /** Import a file; follow the sync run for progress. */
  importUpload: ImportUploadPayload;
};


export type MutationCreateMockConnectionArgs = {
  input: CreateMockConnectionInput;
};


export type MutationUpdateConnectionArgs = {
  input: UpdateConnectionInput;
};


export type MutationDeleteConnectionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationStartSyncArgs = {
  connectionId: Scalars['ID']['input'];
};


export type MutationCancelSyncArgs = {
  syncRunId: Scalars['ID']['input'];
};


export type MutationDryRunImportArgs = {
  input: ImportUploadInput;
};


export type MutationImportUploadArgs = {
  input: ImportUploadInput;
};

/** A kind of source LiftOS can read. */
export type Platform = {
  /** e.g. `meta_business`. */
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** 0 to 4; null for file sources. */
  tier?: Maybe<Scalars['Int']['output']>;
  /** Ways a connection to it can get its data. */
  modes: Array<DataMode>;
  /** What it delivers, e.g. `campaign_daily`, `journeys`. */
  streams: Array<Scalars['String']['output']>;
};

export type SyncProgress = {
  slicesTotal: Scalars['Int']['output'];
  slicesDone: Scalars['Int']['output'];
  rowsRead: Scalars['Int']['output'];
  rowsAccepted: Scalars['Int']['output'];
  rowsRejected: Scalars['Int']['output'];
  /** 0 to 1. */
  fraction: Scalars['Float']['output'];
};

/** One part of a sync that is fetched and stored on its own. */
export type SyncSlice = {
  id: Scalars['ID']['output'];
  stream: Scalars['String']['output'];
  /** The days it covers; null for file parts. */
  from?: Maybe<Scalars['Date']['output']>;
  to?: Maybe<Scalars['Date']['output']>;
  state: SyncState;
  attempts: Scalars['Int']['output'];
  rowsAccepted: Scalars['Int']['output'];
  rowsRejected: Scalars['Int']['output'];
  /** Why it failed. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** One run of a sync. */
export type SyncRun = {
  id: Scalars['ID']['output'];
  connection: Connection;
  state: SyncState;
  trigger: SyncTrigger;
  scope: SyncScope;
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
  progress: SyncProgress;
  slices: Array<SyncSlice>;
  /** One line per thing that went wrong; empty when all is well. */
  reasons: Array<Scalars['String']['output']>;
  /** What is worth knowing though nothing went wrong, e.g. rows that stood in a file twice. */
  notes: Array<Scalars['String']['output']>;
  /** Rows that were refused, in file order; at most a thousand are kept. */
  rejectedRows: RowErrorPage;
};


/** One run of a sync. */
export type SyncRunRejectedRowsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type SyncRunEdge = {
  cursor: Scalars['String']['output'];
  node: SyncRun;
};

export type SyncRunPage = {
  edges: Array<SyncRunEdge>;
  pageInfo: PageInfo;
};

export type RowErrorEdge = {
  cursor: Scalars['String']['output'];
  node: RowError;
};

export type RowErrorPage = {
  edges: Array<RowErrorEdge>;
  pageInfo: PageInfo;
};

export type SyncRunPayload = {
  syncRun: SyncRun;
};

/** Something changed in a sync. */
export type SyncEvent = {
  /** Grows by one per event of the organisation; pass the last one seen as `after` when reconnecting. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  syncRun: SyncRun;
};

export type Subscription = {
  /** Every step of every sync, or of one connection. With `after`, everything missed since comes first. */
  syncProgress: SyncEvent;
};


export type SubscriptionSyncProgressArgs = {
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};

/** A file that was sent to `POST /upload` and waits to be imported. */
export type Upload = {
  id: Scalars['ID']['output'];
  fileName: Scalars['String']['output'];
  bytes: Scalars['Float']['output'];
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
};

export type PreviewColumn = {
  name: Scalars['String']['output'];
  /** What we take it for. */
  guess: ColumnMeaning;
  /** Up to five values as they stand in the file. */
  samples: Array<Scalars['String']['output']>;
};

/** The first rows of a file and what we make of them. */
export type UploadPreview = {
  upload: Upload;
  encoding: Scalars['String']['output'];
  delimiter: Scalars['String']['output'];
  /** `.` or `,`. */
  decimalSeparator: Scalars['String']['output'];
  /** e.g. `YYYY-MM-DD`; null when no column is a date. */
  dateFormat?: Maybe<Scalars['String']['output']>;
  /** The currency that names of columns carry, e.g. `Cost (EUR)`. */
  currency?: Maybe<Scalars['String']['output']>;
  kind: ImportKind;
  columns: Array<PreviewColumn>;
  /** The first twenty rows as text. */
  rows: Array<Array<Scalars['String']['output']>>;
  /** What stands in the way of an import with the guessed mapping. */
  problems: Array<Scalars['String']['output']>;
  /** What is worth knowing and in nobody's way, e.g. unknown columns or dates that could be read in two ways. */
  notes: Array<Scalars['String']['output']>;
};

/** A row of a file that was refused. */
export type RowError = {
  /** Line in the file, the header being line 1. */
  line: Scalars['Int']['output'];
  column?: Maybe<Scalars['String']['output']>;
  code: Scalars['String']['output'];
  message: Scalars['String']['output'];
  /** The offending value, shortened to 200 characters. */
  value?: Maybe<Scalars['String']['output']>;
};

/** What an import would do. */
export type DryRunPayload = {
  rowsRead: Scalars['Int']['output'];
  rowsAccepted: Scalars['Int']['output'];
  rowsRejected: Scalars['Int']['output'];
  /** Whether the whole file was read; of very large files only the beginning is. */
  complete: Scalars['Boolean']['output'];
  /** Rows with the same date, channel, campaign, ad group and ad as an earlier one; the last one counts. */
  duplicates: Scalars['Int']['output'];
  /** The first hundred. */
  errors: Array<RowError>;
};

export type ImportUploadPayload = {
  connection: Connection;
  syncRun: SyncRun;
};
