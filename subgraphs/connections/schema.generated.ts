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

export type AccountState =
  | 'OK'
  /** The platform does not let us read it. */
  | 'FORBIDDEN'
  /** It has no data of its own, e.g. one that only manages others. */
  | 'SKIPPED';

export type TestStepName =
  /** The platform can be reached. */
  | 'CONNECTIVITY'
  /** It lets us in. */
  | 'AUTHENTICATION'
  /** It granted what is needed. */
  | 'PERMISSIONS'
  /** There is an account to read. */
  | 'ACCOUNTS'
  /** A page of data can be read. */
  | 'EXTRACTION';

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
  /** Split figures by market, and give all sales of each market as a shop books them; figures of the whole when absent. */
  regions?: InputMaybe<MockRegionsInput>;
};

export type MockRegionsInput = {
  /** Metropolitan areas of the United States, 2 to 50, from large to small. */
  count?: InputMaybe<Scalars['Int']['input']>;
  /** Changes of spend whose true effect `knownTruth` tells, at most 10. */
  tests?: InputMaybe<Array<MockTestInput>>;
};

/** A geo experiment in generated data: on its days, spend of a channel in its markets is multiplied by a factor. */
export type MockTestInput = {
  channel: Scalars['String']['input'];
  /** Names of markets. */
  regions: Array<Scalars['String']['input']>;
  from: Scalars['Date']['input'];
  /** Inclusive. */
  to: Scalars['Date']['input'];
  /** 0 to 10; 0 spends nothing. */
  factor: Scalars['Float']['input'];
};

/** A connection with keys that are typed in. For logins use `startAuthorization`. */
export type CreateConnectionInput = {
  platform: Scalars['ID']['input'];
  /** The platform's name when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  mode?: InputMaybe<DataMode>;
  /** One of the platform's `live.methods` of kind KEY, MINT or GRANT. */
  method: Scalars['ID']['input'];
  /** Values of the platform's `live.settings`. */
  settings?: InputMaybe<Array<FieldValueInput>>;
  /** Values of the method's fields. Kept encrypted and never shown again. */
  secrets: Array<FieldValueInput>;
  currency?: InputMaybe<Scalars['String']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
  /** First day to read; a year back when absent. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Cron expression in the connection's time zone, e.g. `*\/15 * * * *` for every 15 minutes. */
  schedule?: InputMaybe<Scalars['String']['input']>;
  /** Accounts to read, as the platform numbers them; all when absent. */
  accounts?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Keys to try before anything is stored. */
export type TestCredentialsInput = {
  platform: Scalars['ID']['input'];
  method: Scalars['ID']['input'];
  settings?: InputMaybe<Array<FieldValueInput>>;
  secrets: Array<FieldValueInput>;
};

export type UpdateConnectionInput = {
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  /** Only between AUTO, LIVE, MOCK and HYBRID, as far as the platform has them. */
  mode?: InputMaybe<DataMode>;
  /** First day to read. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Days that its data is kept, 30 to 3650; 0 for as long as the organisation keeps its data. */
  retentionDays?: InputMaybe<Scalars['Int']['input']>;
  /** Ids of the accounts to read. */
  accounts?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Of generated data with markets: the tests there are from now on. Days that were read before change at the next whole sync. */
  regionTests?: InputMaybe<Array<MockTestInput>>;
  /** An empty string takes the schedule away. */
  schedule?: InputMaybe<Scalars['String']['input']>;
};

export type SaveConnectorInput = {
  /** Absent for a new one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** At most 256 kB. Mistakes are kept as they are; only publishing asks for none. */
  text: Scalars['String']['input'];
  /** The version that was edited; CONFLICT when somebody saved another one meanwhile. */
  basedOn?: InputMaybe<Scalars['Int']['input']>;
};

export type TryConnectorInput = {
  /** A text that need not be saved; otherwise `id`. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** The latest version of a saved connector. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** The first one when absent. */
  stream?: InputMaybe<Scalars['String']['input']>;
  /** The first way in when absent. */
  method?: InputMaybe<Scalars['String']['input']>;
  settings?: InputMaybe<Array<FieldValueInput>>;
  /** Fields of the way in; `access_token` for OAuth. Used once and not kept. */
  secrets?: InputMaybe<Array<FieldValueInput>>;
  /** The first account that can be read when absent. */
  accountId?: InputMaybe<Scalars['String']['input']>;
  /** Yesterday when absent. */
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};

export type HealthLevel =
  /** Nothing was read yet. */
  | 'UNKNOWN'
  | 'HEALTHY'
  /** It works, but something is late, missing or refused. */
  | 'DEGRADED'
  /** Nothing comes in. */
  | 'FAILING';

/** A source of data that belongs to the organisation. */
export type Connection = {
  health: ConnectionHealth;
  /** How complete each day of each account is, the oldest day first; at most 400 days. */
  completeness: Array<AccountDay>;
  /** How far each stream of each account has been read without a gap. */
  positions: Array<StreamPosition>;
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
  /** Id of the way it is let in, one of the platform's `live.methods`; null without one. */
  method?: Maybe<Scalars['ID']['output']>;
  /** First day that is read; null for files. */
  from?: Maybe<Scalars['Date']['output']>;
  /** Days that its data is kept; null for as long as the organisation keeps its data. */
  retentionDays?: Maybe<Scalars['Int']['output']>;
  /** What the platform splits its data by, as last seen. */
  accounts: Array<ConnectionAccount>;
  /** The last twenty tests, newest first. */
  tests: Array<ConnectionTest>;
  /** Newest first. */
  syncs: SyncRunPage;
  /** For mock connections: the effects the generator really used, per channel, so that answers can be checked. */
  knownTruth?: Maybe<Scalars['JSON']['output']>;
};


/** A source of data that belongs to the organisation. */
export type ConnectionCompletenessArgs = {
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


/** A source of data that belongs to the organisation. */
export type ConnectionSyncsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type IntegrationScope =
  /** One connection or some: whether it can be reached, lets us in and delivers. */
  | 'CONNECTION'
  /** The same for all connections. */
  | 'ALL'
  /** All connections, and their data, their health and how sources are told apart. */
  | 'SUITE';

export type IntegrationState =
  | 'QUEUED'
  | 'RUNNING'
  | 'PASSED'
  /** Something should be looked at. */
  | 'WARNING'
  | 'FAILED'
  | 'CANCELLED';

export type IntegrationPart =
  | 'CONNECTION'
  | 'QUALITY'
  | 'HEALTH'
  /** Whether live, generated and uploaded data are kept apart. */
  | 'SOURCES';

export type CheckState =
  | 'PASSED'
  | 'WARNING'
  | 'FAILED'
  | 'SKIPPED';

export type RunIntegrationTestsInput = {
  scope: IntegrationScope;
  /** For CONNECTION; all connections otherwise. */
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type SetOAuthAppInput = {
  platform: Scalars['ID']['input'];
  clientId: Scalars['String']['input'];
  clientSecret: Scalars['String']['input'];
};

/** A value for a field that a platform asks for. */
export type FieldValueInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

/** A login at a platform: for a new connection, or to let an existing one in again. */
export type StartAuthorizationInput = {
  /** Absent for a connection that exists. */
  platform?: InputMaybe<Scalars['ID']['input']>;
  /** The connection that is let in again; it stays what it is. */
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  /** One of the platform's `live.methods`; the first that is a login when absent. */
  method?: InputMaybe<Scalars['ID']['input']>;
  /** Name of the new connection; the platform's when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  mode?: InputMaybe<DataMode>;
  /** Values of the platform's `live.settings`. */
  settings?: InputMaybe<Array<FieldValueInput>>;
  currency?: InputMaybe<Scalars['String']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
  /** First day to read; a year back when absent. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Cron expression in the connection's time zone. */
  schedule?: InputMaybe<Scalars['String']['input']>;
  /** Accounts to read, as the platform numbers them; all when absent. */
  accounts?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type PlatformCategory =
  | 'ADVERTISING'
  | 'COMMERCE'
  | 'CRM'
  | 'PAYMENTS'
  | 'EMAIL'
  | 'WAREHOUSE'
  | 'FILE'
  | 'CUSTOM';

export type AuthKind =
  /** Type in a key; use `createConnection`. */
  | 'KEY'
  /** Type in what tokens are made from; use `createConnection`. */
  | 'MINT'
  /** Log in at the platform; use `startAuthorization`. */
  | 'OAUTH2'
  /** Log in at the platform; use `startAuthorization`. */
  | 'OAUTH1'
  /** The shop hands over a key by itself; use `startAuthorization`. */
  | 'GRANT';

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

/** Where rows come from. */
export type SliceSource =
  | 'LIVE'
  | 'MOCK'
  | 'FILE';

export type DayState =
  | 'COMPLETE'
  /** Some rows were refused, or sums differ from the platform's. */
  | 'PARTIAL'
  /** It could not be read. */
  | 'MISSING';

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
  /** The market a row is about; without one a row is about all of them. */
  | 'REGION'
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

export type WebhookKind =
  | 'SHOPIFY'
  | 'STRIPE'
  | 'HUBSPOT'
  | 'WOOCOMMERCE'
  | 'PAYPAL'
  | 'KLAVIYO'
  /** A program of one's own, signed with HMAC-SHA256 over time and body. */
  | 'CUSTOM'
  /** The same, signed as standardwebhooks.com says. */
  | 'STANDARD';

export type WebhookDeliveryState =
  | 'WAITING'
  | 'STORED'
  /** Some rows were refused. */
  | 'PARTIAL'
  /** Nothing in it that we have a use for. */
  | 'IGNORED'
  | 'FAILED';

export type CreateWebhookEndpointInput = {
  kind: WebhookKind;
  name: Scalars['String']['input'];
  /** The connection its data belongs to; for CUSTOM and STANDARD a new one is made when absent. */
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  /** What the platform signs with, when it shows that beforehand; one is made when absent, for kinds that take ours. */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** Of the new connection. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** Of the new connection. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type RotateWebhookSecretInput = {
  endpointId: Scalars['ID']['input'];
  /** The new secret of the platform; one is made when absent, for kinds that take ours. */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** Hours that the old ones still hold, up to 168. */
  overlapHours?: InputMaybe<Scalars['Int']['input']>;
};

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** An ad account, a shop, a marketplace. */
export type ConnectionAccount = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  currency: Scalars['String']['output'];
  timeZone: Scalars['String']['output'];
  state: AccountState;
  /** Why it is not `OK`. */
  note?: Maybe<Scalars['String']['output']>;
  /** Whether it is read. */
  selected: Scalars['Boolean']['output'];
};

export type TestStep = {
  name: TestStepName;
  ok: Scalars['Boolean']['output'];
  milliseconds: Scalars['Int']['output'];
  /** What was found. */
  message: Scalars['String']['output'];
  /** What to do when it is not `ok`. */
  hint?: Maybe<Scalars['String']['output']>;
};

/** A test of a connection; steps after one that failed are left out. */
export type ConnectionTest = {
  id: Scalars['ID']['output'];
  ok: Scalars['Boolean']['output'];
  steps: Array<TestStep>;
  at: Scalars['DateTime']['output'];
};

/** How a test of a connection ended; null with a reason for connections that cannot be tested. */
export type ConnectionTestResult = {
  connectionId: Scalars['ID']['output'];
  test?: Maybe<ConnectionTest>;
  reason?: Maybe<Scalars['String']['output']>;
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
  /** Keys and how much is under each; shows how far a change of keys is. */
  encryptionKeys: Array<EncryptionKey>;
  /** By name. */
  customConnectors: Array<CustomConnector>;
  customConnector?: Maybe<CustomConnector>;
  /** Everything that is wrong with a text, and what it would be. */
  validateConnector: ManifestCheck;
  connectionsDashboard: ConnectionsDashboard;
  /** Reports, newest first. */
  integrationRuns: IntegrationRunPage;
  integrationRun?: Maybe<IntegrationRun>;
  oauthApps: Array<OAuthApp>;
  platforms: Array<Platform>;
  syncRun?: Maybe<SyncRun>;
  /** Syncs of all connections, newest first. */
  syncRuns: SyncRunPage;
  /** Answers of the platform that a sync has kept. */
  rawPages: RawPageConnection;
  /** What a stored answer says. */
  rawPage?: Maybe<RawPageContent>;
  /** Read the beginning of an uploaded file and guess what it is. */
  uploadPreview: UploadPreview;
  /** Newest first. */
  webhookEndpoints: Array<WebhookEndpoint>;
  webhookEndpoint?: Maybe<WebhookEndpoint>;
};


export type QueryConnectionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  platform?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryConnectionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomConnectorArgs = {
  id: Scalars['ID']['input'];
};


export type QueryValidateConnectorArgs = {
  text: Scalars['String']['input'];
};


export type QueryIntegrationRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryIntegrationRunArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySyncRunArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySyncRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  states?: InputMaybe<Array<SyncState>>;
};


export type QueryRawPagesArgs = {
  syncRunId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRawPageArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUploadPreviewArgs = {
  uploadId: Scalars['ID']['input'];
};


export type QueryWebhookEndpointsArgs = {
  connectionId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  createMockConnection: ConnectionPayload;
  updateConnection: ConnectionPayload;
  /** Connect a platform with keys that are typed in; asks for its accounts at once. */
  createConnection: ConnectionPayload;
  /** Put new keys in place of those a connection has; it stays what it is. */
  replaceCredentials: ConnectionPayload;
  /** Try a connection step by step, with a small extraction; stores nothing but the result. */
  testConnection: ConnectionTest;
  /** Try many connections; at most 50. */
  testConnections: Array<ConnectionTestResult>;
  /** Try keys before they are stored. */
  testCredentials: ConnectionTest;
  /** Delete a connection with everything it brought in. */
  deleteConnection: DeleteConnectionPayload;
  /** Encrypt everything with the newest key; makes a new one when LiftOS keeps the keys in its data folder. Runs in the background. */
  rotateKeys: Array<EncryptionKey>;
  /** Remove old keys from the data folder that nothing is under any more. */
  removeOldKeys: Array<EncryptionKey>;
  saveConnector: CustomConnectorPayload;
  /** Let connections run the latest version. BAD_USER_INPUT with `errors` as long as there are mistakes. */
  publishConnector: CustomConnectorPayload;
  /** CONFLICT as long as connections run it; `connections` names them. */
  deleteConnector: DeleteConnectorPayload;
  /** Read the first page of a stream and show what becomes of it; nothing is stored. */
  tryConnector: ConnectorTry;
  /** Test connections in the background; the report fills up as they are done. */
  runIntegrationTests: IntegrationRunPayload;
  /** Keep the id and secret of an application that was registered with a platform. */
  setOAuthApp: OAuthApp;
  deleteOAuthApp: DeleteOAuthAppPayload;
  /** Begin a login at a platform. */
  startAuthorization: Authorization;
  /** Start a sync. BACKFILL reads the days from `from` to `to`, whatever was read before. */
  startSync: SyncRunPayload;
  /** Start a sync of each; those that run or cannot be synced say so and keep nothing from the others. */
  startSyncs: Array<SyncStart>;
  /** Read the stored answers of a sync again, with today's mapping and without asking the platform. */
  replaySync: SyncRunPayload;
  /** Stop a sync; what was stored stays. */
  cancelSync: SyncRunPayload;
  /** Read the file and say what would happen, without storing anything. */
  dryRunImport: DryRunPayload;
  /** Import a file; follow the sync run for progress. */
  importUpload: ImportUploadPayload;
  createWebhookEndpoint: WebhookEndpointPayload;
  /** Also sets the first secret of a platform that shows it only once it knows the address. */
  rotateWebhookSecret: WebhookEndpointPayload;
  /** What came in stays. */
  deleteWebhookEndpoint: DeleteWebhookEndpointPayload;
  /** Work on a delivery again as if it had just come. */
  replayDelivery: ReplayDeliveriesPayload;
  /** Work again on all deliveries of an endpoint that failed or had refused rows. */
  replayFailedDeliveries: ReplayDeliveriesPayload;
};


export type MutationCreateMockConnectionArgs = {
  input: CreateMockConnectionInput;
};


export type MutationUpdateConnectionArgs = {
  input: UpdateConnectionInput;
};


export type MutationCreateConnectionArgs = {
  input: CreateConnectionInput;
};


export type MutationReplaceCredentialsArgs = {
  connectionId: Scalars['ID']['input'];
  secrets: Array<FieldValueInput>;
};


export type MutationTestConnectionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationTestConnectionsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type MutationTestCredentialsArgs = {
  input: TestCredentialsInput;
};


export type MutationDeleteConnectionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSaveConnectorArgs = {
  input: SaveConnectorInput;
};


export type MutationPublishConnectorArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDeleteConnectorArgs = {
  id: Scalars['ID']['input'];
};


export type MutationTryConnectorArgs = {
  input: TryConnectorInput;
};


export type MutationRunIntegrationTestsArgs = {
  input: RunIntegrationTestsInput;
};


export type MutationSetOAuthAppArgs = {
  input: SetOAuthAppInput;
};


export type MutationDeleteOAuthAppArgs = {
  platform: Scalars['ID']['input'];
};


export type MutationStartAuthorizationArgs = {
  input: StartAuthorizationInput;
};


export type MutationStartSyncArgs = {
  connectionId: Scalars['ID']['input'];
  scope?: InputMaybe<SyncScope>;
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


export type MutationStartSyncsArgs = {
  connectionIds: Array<Scalars['ID']['input']>;
};


export type MutationReplaySyncArgs = {
  syncRunId: Scalars['ID']['input'];
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


export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};


export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


export type MutationDeleteWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReplayDeliveryArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReplayFailedDeliveriesArgs = {
  endpointId: Scalars['ID']['input'];
};

/** A key that stored secrets are encrypted with. */
export type EncryptionKey = {
  id: Scalars['ID']['output'];
  /** New secrets are encrypted with it. */
  newest: Scalars['Boolean']['output'];
  /** Whether LiftOS has it; what is under a key that is gone cannot be opened. */
  known: Scalars['Boolean']['output'];
  /** Secrets under it in the whole installation; at 0 an old key may be removed. */
  secrets: Scalars['Int']['output'];
};

/** A connector that the organisation declares itself, written as YAML. */
export type CustomConnector = {
  id: Scalars['ID']['output'];
  /** Its id as a platform once it is published, e.g. for connections. */
  platformId: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** The text of the latest version. */
  text: Scalars['String']['output'];
  /** Number of the latest version, from 1. */
  version: Scalars['Int']['output'];
  /** The version that connections run; null while it is a draft only. */
  publishedVersion?: Maybe<Scalars['Int']['output']>;
  /** What is wrong with the latest version; it can be published when nothing is. */
  errors: Array<ManifestError>;
  /** Every version that was saved, newest first. */
  versions: Array<CustomConnectorVersion>;
  /** Connections that run it. */
  usedBy: Array<Connection>;
  createdAt: Scalars['DateTime']['output'];
  updatedAt: Scalars['DateTime']['output'];
};

export type CustomConnectorVersion = {
  version: Scalars['Int']['output'];
  text: Scalars['String']['output'];
  savedBy: Scalars['String']['output'];
  savedAt: Scalars['DateTime']['output'];
};

/** A mistake in a manifest. */
export type ManifestError = {
  /** Counts from 1. */
  line: Scalars['Int']['output'];
  /** Counts from 1. */
  column: Scalars['Int']['output'];
  /** e.g. `streams.0.request.path`; empty for the text as a whole. */
  path: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

/** What was understood of a manifest. */
export type ManifestSummary = {
  name: Scalars['String']['output'];
  summary: Scalars['String']['output'];
  hosts: Array<Scalars['String']['output']>;
  version?: Maybe<Scalars['String']['output']>;
  auth: Array<ManifestAuth>;
  settings: Array<ManifestField>;
  streams: Array<ManifestStream>;
};

export type ManifestAuth = {
  id: Scalars['ID']['output'];
  title: Scalars['String']['output'];
  /** key, mint or oauth2. */
  kind: Scalars['String']['output'];
  hint?: Maybe<Scalars['String']['output']>;
  fields: Array<ManifestField>;
};

export type ManifestField = {
  name: Scalars['String']['output'];
  label: Scalars['String']['output'];
  hint?: Maybe<Scalars['String']['output']>;
  placeholder?: Maybe<Scalars['String']['output']>;
  secret: Scalars['Boolean']['output'];
  optional: Scalars['Boolean']['output'];
};

export type ManifestStream = {
  name: Scalars['String']['output'];
  title: Scalars['String']['output'];
  /** What its rows become: facts, items, journeys, entities. */
  delivers: Array<Scalars['String']['output']>;
  /** day, update or none. */
  cursor: Scalars['String']['output'];
  key: Array<Scalars['String']['output']>;
  /** What the conversions and revenue of it are: claimed, booked or paid. */
  basis?: Maybe<Scalars['String']['output']>;
};

export type ManifestCheck = {
  errors: Array<ManifestError>;
  /** Null as long as there are errors. */
  summary?: Maybe<ManifestSummary>;
};

/** The outcome of reading the first page of a stream, without storing anything. */
export type ConnectorTry = {
  /** Accounts that the connection would see. */
  accounts: Array<TriedAccount>;
  /** The account that was read; null when none was. */
  accountId?: Maybe<Scalars['String']['output']>;
  /** Method and address, without secrets. */
  request?: Maybe<Scalars['String']['output']>;
  status?: Maybe<Scalars['Int']['output']>;
  milliseconds: Scalars['Int']['output'];
  /** Rows of the page. */
  rowCount: Scalars['Int']['output'];
  /** The first five rows as the platform sent them. */
  rawRows: Array<Scalars['JSON']['output']>;
  /** What the first hundred rows became; money in whole units as text. */
  mappedRows: Array<Scalars['JSON']['output']>;
  /** Rows that `where` leaves out. */
  leftOut: Scalars['Int']['output'];
  refusedRows: Array<TriedRefusal>;
  /** Where the next page begins; null after the last one. */
  nextPage?: Maybe<Scalars['JSON']['output']>;
  /** Why there is no answer, in words; null when there is one. */
  failure?: Maybe<TriedFailure>;
};

export type TriedAccount = {
  id: Scalars['String']['output'];
  name: Scalars['String']['output'];
  currency: Scalars['String']['output'];
  timeZone: Scalars['String']['output'];
  /** ok, forbidden or skipped. */
  state: Scalars['String']['output'];
};

export type TriedRefusal = {
  /** Place in the page, from 1. */
  row: Scalars['Int']['output'];
  column?: Maybe<Scalars['String']['output']>;
  message: Scalars['String']['output'];
  value?: Maybe<Scalars['String']['output']>;
};

export type TriedFailure = {
  /** e.g. `auth` or `bad_request`. */
  class: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

export type CustomConnectorPayload = {
  customConnector: CustomConnector;
};

export type DeleteConnectorPayload = {
  customConnectorId: Scalars['ID']['output'];
};

/** How well a source works, from the syncs of the last seven days and the account-days of the last thirty. */
export type ConnectionHealth = {
  level: HealthLevel;
  /** 0 to 100: the lowest of availability, completeness and understood rows, less what is late; null when unknown. */
  score?: Maybe<Scalars['Int']['output']>;
  /** Share of slices that could be read; null without any. */
  availability?: Maybe<Scalars['Float']['output']>;
  /** Share of account-days that are complete; null for sources without days. */
  completeness?: Maybe<Scalars['Float']['output']>;
  /** Share of rows that were understood; null without any. */
  understood?: Maybe<Scalars['Float']['output']>;
  /** Slices that failed. */
  errors: Scalars['Int']['output'];
  lastError?: Maybe<Scalars['String']['output']>;
  lastErrorAt?: Maybe<Scalars['DateTime']['output']>;
  lastSuccessAt?: Maybe<Scalars['DateTime']['output']>;
  /** The last day that every stream of every account has been read to; null for files and before the first sync. */
  readTo?: Maybe<Scalars['Date']['output']>;
  /** What is wrong and what to do, most urgent first. */
  problems: Array<Scalars['String']['output']>;
};

export type ResultCount = {
  result: SyncResult;
  connections: Scalars['Int']['output'];
};

export type ModeCount = {
  mode: DataMode;
  connections: Scalars['Int']['output'];
};

export type HealthCount = {
  level: HealthLevel;
  connections: Scalars['Int']['output'];
};

/** Syncs that ended on a day, in UTC. */
export type SyncDay = {
  day: Scalars['Date']['output'];
  succeeded: Scalars['Int']['output'];
  partial: Scalars['Int']['output'];
  failed: Scalars['Int']['output'];
  rows: Scalars['Int']['output'];
};

/** All connections of the organisation at a glance. */
export type ConnectionsDashboard = {
  total: Scalars['Int']['output'];
  /** Those with a schedule, or synced within seven days. */
  active: Scalars['Int']['output'];
  /** Different platforms and kinds of source. */
  sources: Scalars['Int']['output'];
  running: Scalars['Int']['output'];
  /** Those that the platform does not let in, or soon will not. */
  needAttention: Scalars['Int']['output'];
  results: Array<ResultCount>;
  modes: Array<ModeCount>;
  health: Array<HealthCount>;
  /** The last 14 days, the oldest first. */
  days: Array<SyncDay>;
};

export type IntegrationCheck = {
  connectionId: Scalars['ID']['output'];
  /** As it was called then. */
  connectionName: Scalars['String']['output'];
  part: IntegrationPart;
  /** e.g. `authentication` or `totals`. */
  name: Scalars['String']['output'];
  state: CheckState;
  milliseconds?: Maybe<Scalars['Int']['output']>;
  message: Scalars['String']['output'];
  /** What to do. */
  hint?: Maybe<Scalars['String']['output']>;
};

/** A report of integration tests. */
export type IntegrationRun = {
  id: Scalars['ID']['output'];
  scope: IntegrationScope;
  state: IntegrationState;
  requestedBy: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Connections that are tested, and those that are done. */
  connections: Scalars['Int']['output'];
  connectionsDone: Scalars['Int']['output'];
  passed: Scalars['Int']['output'];
  warnings: Scalars['Int']['output'];
  failed: Scalars['Int']['output'];
  checks: Array<IntegrationCheck>;
  /** What to do, most urgent first. */
  recommendations: Array<Scalars['String']['output']>;
  /** Why it did not come to an end. */
  reason?: Maybe<Scalars['String']['output']>;
};

export type IntegrationRunEdge = {
  cursor: Scalars['String']['output'];
  node: IntegrationRun;
};

export type IntegrationRunPage = {
  edges: Array<IntegrationRunEdge>;
  pageInfo: PageInfo;
};

export type IntegrationRunPayload = {
  integrationRun: IntegrationRun;
};

export type IntegrationEvent = {
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  integrationRun: IntegrationRun;
};

export type Subscription = {
  /** Each step of integration tests. With `after`, everything missed since comes first. */
  integrationProgress: IntegrationEvent;
  /** Every step of every sync, or of one connection. With `after`, everything missed since comes first. */
  syncProgress: SyncEvent;
  /** Each time deliveries were worked on, of all endpoints or of one. With `after`, everything missed since comes first. */
  webhookDelivered: WebhookEvent;
};


export type SubscriptionIntegrationProgressArgs = {
  runId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionSyncProgressArgs = {
  connectionId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionWebhookDeliveredArgs = {
  endpointId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};

/** An application that the organisation registered with a platform for logins. Its secret is never shown. */
export type OAuthApp = {
  platform: Scalars['ID']['output'];
  clientId: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
};

export type Authorization = {
  /** Send the browser there. It comes back to `/connections/…` with `connected=1` or `error=…`. */
  url: Scalars['String']['output'];
  /** The login has to be finished by then. */
  expiresAt: Scalars['DateTime']['output'];
};

export type DeleteOAuthAppPayload = {
  platform: Scalars['ID']['output'];
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
  category: PlatformCategory;
  /** One sentence on what comes in. */
  summary: Scalars['String']['output'];
  /** How the platform itself is connected; null for files and webhooks. */
  live?: Maybe<LiveAccess>;
};

/** What a wizard asks for to connect a platform, and which version of its API is read. */
export type LiveAccess = {
  /** Asked for whichever way is chosen; none is secret. */
  settings: Array<AccessField>;
  /** Ways to be let in, the best first. */
  methods: Array<AuthMethod>;
  version: Scalars['String']['output'];
  /** When the platform switches this version off; null when no end is announced. */
  sunset?: Maybe<Scalars['Date']['output']>;
  /** Set during the last 60 days of a version and afterwards. */
  versionWarning?: Maybe<Scalars['String']['output']>;
};

/** Something to type in. */
export type AccessField = {
  name: Scalars['String']['output'];
  label: Scalars['String']['output'];
  hint?: Maybe<Scalars['String']['output']>;
  /** Never shown again once it is stored. */
  secret: Scalars['Boolean']['output'];
  /** Text over several lines, e.g. a private key. */
  multiline: Scalars['Boolean']['output'];
  optional: Scalars['Boolean']['output'];
  /** A regular expression that the whole value must match. */
  pattern?: Maybe<Scalars['String']['output']>;
  placeholder?: Maybe<Scalars['String']['output']>;
};

/** A way to be let in by a platform. */
export type AuthMethod = {
  id: Scalars['ID']['output'];
  kind: AuthKind;
  title: Scalars['String']['output'];
  hint?: Maybe<Scalars['String']['output']>;
  /** Empty for logins. */
  fields: Array<AccessField>;
  /** What is asked for at the login. */
  scopes: Array<Scalars['String']['output']>;
  /** The address to register with the platform's application; null for keys. */
  redirectUrl?: Maybe<Scalars['String']['output']>;
  /** Whether a login can begin: an application is registered, or none is needed. */
  ready: Scalars['Boolean']['output'];
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

/** One part of a sync that is fetched and stored on its own: an account, a stream and a range of days. */
export type SyncSlice = {
  id: Scalars['ID']['output'];
  stream: Scalars['String']['output'];
  /** The days it covers; null for parts without days. */
  from?: Maybe<Scalars['Date']['output']>;
  to?: Maybe<Scalars['Date']['output']>;
  source: SliceSource;
  /** The platform's id and name of the account; empty for generated data and files. */
  accountId: Scalars['String']['output'];
  accountName: Scalars['String']['output'];
  state: SyncState;
  /** True for days of the past, which wait until fresh days are read. */
  isBackfill: Scalars['Boolean']['output'];
  attempts: Scalars['Int']['output'];
  pages: Scalars['Int']['output'];
  /** 0 to 1. */
  fraction: Scalars['Float']['output'];
  rowsRead: Scalars['Int']['output'];
  rowsAccepted: Scalars['Int']['output'];
  rowsRejected: Scalars['Int']['output'];
  /** When it goes on by itself, while it waits for a rate limit or a report. */
  waitsUntil?: Maybe<Scalars['DateTime']['output']>;
  waitsFor?: Maybe<Scalars['String']['output']>;
  /** Why it failed or is not whole. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The class of the failure, e.g. `permission` or `rate_limit`. */
  failure?: Maybe<Scalars['String']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What came in beside what the platform itself sums up to; empty where it gives no sums. */
  checks: Array<SliceCheck>;
};

export type SliceCheck = {
  /** e.g. `spend`; money in whole currency units. */
  metric: Scalars['String']['output'];
  ours: Scalars['Float']['output'];
  theirs: Scalars['Float']['output'];
};

/** An answer of a platform as it came, kept for 30 days. */
export type RawPage = {
  id: Scalars['ID']['output'];
  stream: Scalars['String']['output'];
  accountId: Scalars['String']['output'];
  page: Scalars['Int']['output'];
  /** Method and address, without anything secret. */
  request: Scalars['String']['output'];
  status: Scalars['Int']['output'];
  rows: Scalars['Int']['output'];
  bytes: Scalars['Int']['output'];
  fetchedAt: Scalars['DateTime']['output'];
};

export type RawPageEdge = {
  cursor: Scalars['String']['output'];
  node: RawPage;
};

export type RawPageConnection = {
  edges: Array<RawPageEdge>;
  pageInfo: PageInfo;
};

export type RawPageContent = {
  page: RawPage;
  /** At most the first 200,000 characters. */
  text: Scalars['String']['output'];
  truncated: Scalars['Boolean']['output'];
};

/** How complete a day of an account is. */
export type AccountDay = {
  accountId: Scalars['String']['output'];
  accountName: Scalars['String']['output'];
  day: Scalars['Date']['output'];
  /** The worst of its streams. */
  state: DayState;
  /** Whether the platform has stopped to change it. */
  isFinal: Scalars['Boolean']['output'];
  reasons: Array<Scalars['String']['output']>;
};

/** How far a stream of an account has been read. */
export type StreamPosition = {
  stream: Scalars['String']['output'];
  accountId: Scalars['String']['output'];
  accountName: Scalars['String']['output'];
  lastDay: Scalars['Date']['output'];
  readUntil?: Maybe<Scalars['DateTime']['output']>;
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

export type SyncStart = {
  connectionId: Scalars['ID']['output'];
  syncRun?: Maybe<SyncRun>;
  /** Why it did not start. */
  problem?: Maybe<Scalars['String']['output']>;
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

/** An address to which a platform or a partner sends by itself. */
export type WebhookEndpoint = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  kind: WebhookKind;
  /** Where to send; nobody can guess it. */
  url: Scalars['String']['output'];
  connection: Connection;
  /** What deliveries may be signed with, newest first; several while one takes the place of another, none until the platform's secret is set. */
  secrets: Array<WebhookSecret>;
  createdAt: Scalars['DateTime']['output'];
  lastDeliveryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Deliveries that wait to be worked on. */
  waiting: Scalars['Int']['output'];
  /** When a delivery was last not let in, and why. */
  refusedAt?: Maybe<Scalars['DateTime']['output']>;
  refusal?: Maybe<Scalars['String']['output']>;
  /** Newest first; kept 30 days. */
  deliveries: WebhookDeliveryPage;
};


/** An address to which a platform or a partner sends by itself. */
export type WebhookEndpointDeliveriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  states?: InputMaybe<Array<WebhookDeliveryState>>;
};

/** The secret itself is shown only once. */
export type WebhookSecret = {
  id: Scalars['ID']['output'];
  createdAt: Scalars['DateTime']['output'];
  /** When deliveries signed with it are no longer let in; null for the newest. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
};

export type WebhookDelivery = {
  id: Scalars['ID']['output'];
  /** What happened, in the sender's words. */
  event: Scalars['String']['output'];
  /** What identifies it, however often it is sent. */
  eventId: Scalars['String']['output'];
  state: WebhookDeliveryState;
  receivedAt: Scalars['DateTime']['output'];
  handledAt?: Maybe<Scalars['DateTime']['output']>;
  attempts: Scalars['Int']['output'];
  bytes: Scalars['Int']['output'];
  rowsStored: Scalars['Int']['output'];
  rowsRefused: Scalars['Int']['output'];
  /** One line per thing that is wrong. */
  errors: Array<Scalars['String']['output']>;
  /** As it came; it may hold personal data. */
  body: Scalars['String']['output'];
};

export type WebhookDeliveryEdge = {
  cursor: Scalars['String']['output'];
  node: WebhookDelivery;
};

export type WebhookDeliveryPage = {
  edges: Array<WebhookDeliveryEdge>;
  pageInfo: PageInfo;
};

/** Deliveries of an endpoint were worked on. */
export type WebhookEvent = {
  /** Grows by one per event of the organisation; pass the last one seen as `after` when reconnecting. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  endpoint: WebhookEndpoint;
  deliveries: Scalars['Int']['output'];
  rowsStored: Scalars['Int']['output'];
  /** Deliveries with something wrong. */
  failed: Scalars['Int']['output'];
};

export type WebhookEndpointPayload = {
  endpoint: WebhookEndpoint;
  /** Shown only now; null when the platform's has to be set, or was given. */
  secret?: Maybe<Scalars['String']['output']>;
};

export type DeleteWebhookEndpointPayload = {
  endpointId: Scalars['ID']['output'];
};

export type ReplayDeliveriesPayload = {
  /** How many are worked on again. */
  count: Scalars['Int']['output'];
};
