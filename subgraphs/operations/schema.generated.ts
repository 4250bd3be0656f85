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

export type HealthState =
  | 'HEALTHY'
  /** Works, but slower or with less than it should. */
  | 'DEGRADED'
  | 'DOWN';

export type JobState =
  | 'QUEUED'
  | 'RUNNING'
  /** Waits for its next attempt. */
  | 'RETRYING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED';

export type JobFilter = {
  states?: InputMaybe<Array<JobState>>;
  type?: InputMaybe<Scalars['String']['input']>;
  subjectId?: InputMaybe<Scalars['ID']['input']>;
};

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type HealthCheck = {
  /** e.g. `database`, `cache`, `jobs`, `subgraph:memory`. */
  name: Scalars['String']['output'];
  state: HealthState;
  latencyMillis?: Maybe<Scalars['Float']['output']>;
  message?: Maybe<Scalars['String']['output']>;
  checkedAt: Scalars['DateTime']['output'];
};

export type Health = {
  /** The worst of the checks. */
  state: HealthState;
  checks: Array<HealthCheck>;
  version: Scalars['String']['output'];
  uptimeSeconds: Scalars['Float']['output'];
  /** Embedded or distributed. */
  mode: Scalars['String']['output'];
};

export type Query = {
  health: Health;
  /** Newest first. */
  jobs: JobPage;
  job?: Maybe<Job>;
  jobSummary: Array<JobTypeSummary>;
};


export type QueryJobsArgs = {
  filter?: InputMaybe<JobFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  /** The state of the parts, every few seconds. */
  healthChanged: Health;
  /** Each change of any job's state. */
  jobChanged: JobEvent;
  /** Log lines as they are written; with `after`, those missed since come first. */
  jobLog: JobLogLine;
};


export type SubscriptionJobChangedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionJobLogArgs = {
  jobId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['Int']['input']>;
};

/** A piece of background work of any module. */
export type Job = {
  id: Scalars['ID']['output'];
  /** e.g. `connections.sync-slice`. */
  type: Scalars['String']['output'];
  state: JobState;
  /** The attempt that runs or ran last, from 1. */
  attempt: Scalars['Int']['output'];
  maxAttempts: Scalars['Int']['output'];
  /** Who asked for it: a user's id, `schedule` or `system`. */
  owner: Scalars['String']['output'];
  /** What it works on, e.g. `syncRun`. */
  subjectKind?: Maybe<Scalars['String']['output']>;
  subjectId?: Maybe<Scalars['ID']['output']>;
  /** The sync that it is a part of. */
  syncRun?: Maybe<SyncRun>;
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  durationMillis?: Maybe<Scalars['Float']['output']>;
  /** 0 to 1; null when the job does not say. */
  progress?: Maybe<Scalars['Float']['output']>;
  error?: Maybe<JobError>;
  /** Oldest first. */
  log: Array<JobLogLine>;
  canRetry: Scalars['Boolean']['output'];
  canCancel: Scalars['Boolean']['output'];
};


/** A piece of background work of any module. */
export type JobLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};

export type JobError = {
  code: Scalars['String']['output'];
  message: Scalars['String']['output'];
  stack?: Maybe<Scalars['String']['output']>;
};

export type JobLogLine = {
  /** Grows by one within the job. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  /** `debug`, `info`, `warn` or `error`. */
  level: Scalars['String']['output'];
  message: Scalars['String']['output'];
  attempt: Scalars['Int']['output'];
};

export type JobEdge = {
  cursor: Scalars['String']['output'];
  node: Job;
};

export type JobPage = {
  edges: Array<JobEdge>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

/** Success over the last 24 hours, per type. */
export type JobTypeSummary = {
  type: Scalars['String']['output'];
  total: Scalars['Int']['output'];
  succeeded: Scalars['Int']['output'];
  failed: Scalars['Int']['output'];
  /** 0 to 1; null when nothing ended. */
  successRate?: Maybe<Scalars['Float']['output']>;
  medianMillis?: Maybe<Scalars['Float']['output']>;
};

export type SyncRun = {
  id: Scalars['ID']['output'];
  /** The jobs that work or worked on it; null, with an error, while operations cannot answer. */
  jobs?: Maybe<Array<Job>>;
};

export type JobPayload = {
  job: Job;
};

export type JobEvent = {
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  job: Job;
};

export type Mutation = {
  /** Run a failed or cancelled job again. */
  retryJob: JobPayload;
  /** Stop a job that waits or runs. */
  cancelJob: JobPayload;
};


export type MutationRetryJobArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCancelJobArgs = {
  id: Scalars['ID']['input'];
};
