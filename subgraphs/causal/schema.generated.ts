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

export type AttributionModel =
  | 'FIRST_TOUCH'
  | 'LAST_TOUCH'
  | 'LINEAR'
  /** Weight halves every `halfLifeDays`. */
  | 'TIME_DECAY'
  /** 40 % first, 40 % last, the rest between. */
  | 'POSITION_BASED'
  /** Removal effects of an absorbing chain, solved exactly. */
  | 'MARKOV'
  /** Shapley value on the set of channels of a journey. */
  | 'SHAPLEY';

export type AttributionUnit =
  | 'CHANNEL'
  | 'CAMPAIGN';

export type RunState =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED';

export type RunAttributionInput = {
  /** All seven when absent. */
  models?: InputMaybe<Array<AttributionModel>>;
  /** 1, 7, 14 or 30; null takes every touch. */
  windowDays?: InputMaybe<Scalars['Int']['input']>;
  /** Conversions from this day on; all when absent. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Inclusive. */
  to?: InputMaybe<Scalars['Date']['input']>;
  unit?: InputMaybe<AttributionUnit>;
  /** 1 to 3. */
  markovOrder?: InputMaybe<Scalars['Int']['input']>;
  /** Whether journeys without conversion weigh in the Markov model. */
  includeNulls?: InputMaybe<Scalars['Boolean']['input']>;
  halfLifeDays?: InputMaybe<Scalars['Float']['input']>;
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Generated journeys alone instead of live and file ones. */
  mock?: InputMaybe<Scalars['Boolean']['input']>;
};

export type CalibrationOrigin =
  /** Decided from an experiment run here. */
  | 'EXPERIMENT'
  | 'LIFT_EVALUATION'
  /** Written in by hand. */
  | 'MANUAL';

export type CreateCalibrationInput = {
  channel: Scalars['String']['input'];
  region?: InputMaybe<Scalars['String']['input']>;
  from: Scalars['Date']['input'];
  /** Inclusive. */
  to: Scalars['Date']['input'];
  kpi?: InputMaybe<MixKpi>;
  basis?: InputMaybe<MixBasis>;
  currency: Scalars['String']['input'];
  /** Per day, from 0. */
  spend: Scalars['Float']['input'];
  /** Per day; not 0, and not more below 0 than was spent. */
  spendChange: Scalars['Float']['input'];
  /** Per day. */
  kpiChange: Scalars['Float']['input'];
  /** Of `kpiChange`; above 0. */
  standardError: Scalars['Float']['input'];
  method: Scalars['String']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
};

export type MixKpi =
  | 'REVENUE'
  | 'CONVERSIONS';

/** Whose conversions and revenue count. */
export type MixBasis =
  /** Of who sold the advertisement. */
  | 'CLAIMED'
  /** Of a shop or a CRM. */
  | 'BOOKED'
  /** Of a payment service. */
  | 'PAID';

export type MixPeriod =
  | 'DAY'
  | 'WEEK';

/** What is believed of a channel before the data: log-normal around `median`, within a factor of e^`spread` in two cases of three. */
export type RoiPriorInput = {
  channel: Scalars['String']['input'];
  median: Scalars['Float']['input'];
  spread?: InputMaybe<Scalars['Float']['input']>;
};

/** The result of an experiment: at a steady spend per period, a change of spend moved the KPI per period by so much. */
export type LiftInput = {
  channel: Scalars['String']['input'];
  spend: Scalars['Float']['input'];
  spendChange: Scalars['Float']['input'];
  kpiChange: Scalars['Float']['input'];
  standardError: Scalars['Float']['input'];
};

export type TrainMixModelInput = {
  from: Scalars['Date']['input'];
  /** Inclusive. */
  to: Scalars['Date']['input'];
  kpi?: InputMaybe<MixKpi>;
  basis?: InputMaybe<MixBasis>;
  period?: InputMaybe<MixPeriod>;
  /** Last periods that are not fitted but test the model. */
  holdout?: InputMaybe<Scalars['Int']['input']>;
  /** Points at which the trend may bend, 0 to 12. */
  trendKnots?: InputMaybe<Scalars['Int']['input']>;
  roiPriors?: InputMaybe<Array<RoiPriorInput>>;
  lift?: InputMaybe<Array<LiftInput>>;
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Generated records alone instead of live and file ones. */
  mock?: InputMaybe<Scalars['Boolean']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
  /** 2 to 8. */
  chains?: InputMaybe<Scalars['Int']['input']>;
  /** Draws kept per chain, after as many for warm-up; 100 to 5000. */
  draws?: InputMaybe<Scalars['Int']['input']>;
};

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type AttributionSettings = {
  models: Array<AttributionModel>;
  windowDays?: Maybe<Scalars['Int']['output']>;
  from?: Maybe<Scalars['Date']['output']>;
  to?: Maybe<Scalars['Date']['output']>;
  unit: AttributionUnit;
  markovOrder: Scalars['Int']['output'];
  includeNulls: Scalars['Boolean']['output'];
  halfLifeDays: Scalars['Float']['output'];
  connectionIds?: Maybe<Array<Scalars['ID']['output']>>;
  mock: Scalars['Boolean']['output'];
};

/** What one model credits to one channel or campaign. */
export type AttributionCredit = {
  key: Scalars['String']['output'];
  conversions: Scalars['Float']['output'];
  value: Scalars['Float']['output'];
  /** Share of all attributed conversions, 0 to 1. */
  share: Scalars['Float']['output'];
  /** Markov only: share of conversions lost without it. */
  removalEffect?: Maybe<Scalars['Float']['output']>;
  /** What it cost over the days of the run, in the currency of the values; null when unknown or in another currency. */
  spend?: Maybe<Scalars['Float']['output']>;
  /** Attributed value per unit of spend; null without spend. */
  roas?: Maybe<Scalars['Float']['output']>;
};

export type AttributionResult = {
  model: AttributionModel;
  /** Largest first. */
  credits: Array<AttributionCredit>;
  conversions: Scalars['Float']['output'];
  value: Scalars['Float']['output'];
  /** What the model takes for granted, in plain words. */
  assumptions: Array<Scalars['String']['output']>;
};

/** What the run read. A row that stands for many equal journeys counts as many. */
export type AttributionInputs = {
  /** Journeys, with and without conversion. */
  journeys: Scalars['Float']['output'];
  /** Distinct paths of channels or campaigns, after repeats in a row are dropped. */
  paths: Scalars['Int']['output'];
  touches: Scalars['Float']['output'];
  conversions: Scalars['Float']['output'];
  nulls: Scalars['Float']['output'];
  value: Scalars['Float']['output'];
  /** Currency of all values; null when they have none or several, and are then not added up. */
  currency?: Maybe<Scalars['String']['output']>;
  /** Conversions of journeys without a touch inside the window; no model credits them. */
  unattributed: Scalars['Float']['output'];
  firstDate?: Maybe<Scalars['Date']['output']>;
  lastDate?: Maybe<Scalars['Date']['output']>;
  sourceKinds: Array<Scalars['String']['output']>;
  /** SHA-256 over the columns read, in hexadecimal. */
  dataHash: Scalars['String']['output'];
};

/** How far two models agree. */
export type ModelAgreement = {
  a: AttributionModel;
  b: AttributionModel;
  /** Spearman's rank correlation of the credits; null with fewer than two channels. */
  rankCorrelation?: Maybe<Scalars['Float']['output']>;
  /** Half the sum of absolute differences of shares: the share that would have to move. */
  sharesMoved: Scalars['Float']['output'];
};

/** One stored computation; it can be computed again and must give the same. */
export type AttributionRun = {
  id: Scalars['ID']['output'];
  state: RunState;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  settings: AttributionSettings;
  inputs?: Maybe<AttributionInputs>;
  results: Array<AttributionResult>;
  agreement: Array<ModelAgreement>;
  warnings: Array<Scalars['String']['output']>;
  /** What went wrong. */
  error?: Maybe<Scalars['String']['output']>;
  /** Version of the code that computed it. */
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};

export type AttributionRunEdge = {
  cursor: Scalars['String']['output'];
  node: AttributionRun;
};

export type AttributionRunPage = {
  edges: Array<AttributionRunEdge>;
  pageInfo: PageInfo;
};

export type AttributionRunPayload = {
  run: AttributionRun;
};

/** Whether computing a stored run again gave the same. */
export type ReproductionPayload = {
  /** All credits are the same, up to rounding (1e-9 of a credit). */
  identical: Scalars['Boolean']['output'];
  /** Whether the data is still the data of the stored run. */
  sameData: Scalars['Boolean']['output'];
  /** Largest absolute difference of any credit. */
  largestDifference: Scalars['Float']['output'];
};

/** A run was started, made progress or ended. */
export type AttributionEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  /** The run as it stands when the event is delivered. */
  run: AttributionRun;
};

export type Query = {
  attributionRun?: Maybe<AttributionRun>;
  /** Newest first. */
  attributionRuns: AttributionRunPage;
  calibration?: Maybe<Calibration>;
  /** Newest first; those taken back only when asked for. */
  calibrations: CalibrationPage;
  mixModel?: Maybe<MixModel>;
  /** Newest first. */
  mixModels: MixModelPage;
};


export type QueryAttributionRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAttributionRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCalibrationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCalibrationsArgs = {
  channel?: InputMaybe<Scalars['String']['input']>;
  kpi?: InputMaybe<MixKpi>;
  includeRetired?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMixModelArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMixModelsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /** Compute attribution in the background and keep the result. */
  runAttribution: AttributionRunPayload;
  /** Stop a run that has not ended. */
  cancelAttributionRun: AttributionRunPayload;
  /** Compute a run that has results again, from the data of today, and compare. The stored run stays as it is. */
  reproduceAttributionRun: ReproductionPayload;
  /** Write in what an experiment made elsewhere found. */
  createCalibration: CalibrationPayload;
  /** Take a calibration back, so that no further model uses it. */
  retireCalibration: CalibrationPayload;
  /** Train a mix model in the background and keep the result. */
  trainMixModel: MixModelPayload;
  /** Stop a training that has not ended. */
  cancelMixModel: MixModelPayload;
  /** Train again from the data of today, with the same seed, and compare. The stored model stays as it is. */
  reproduceMixModel: ReproductionPayload;
};


export type MutationRunAttributionArgs = {
  input: RunAttributionInput;
};


export type MutationCancelAttributionRunArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReproduceAttributionRunArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateCalibrationArgs = {
  input: CreateCalibrationInput;
};


export type MutationRetireCalibrationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationTrainMixModelArgs = {
  input: TrainMixModelInput;
};


export type MutationCancelMixModelArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReproduceMixModelArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  /** Changes of one run or of all; what was missed after `after` first. */
  attributionProgress: AttributionEvent;
  /** Changes of one model or of all; what was missed after `after` first. */
  mixModelProgress: MixModelEvent;
};


export type SubscriptionAttributionProgressArgs = {
  runId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionMixModelProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};

/** An estimate with the interval that holds the truth in 90 % of such experiments; an end without limit is null. */
export type CalibrationRange = {
  estimate: Scalars['Float']['output'];
  low?: Maybe<Scalars['Float']['output']>;
  high?: Maybe<Scalars['Float']['output']>;
};

/** What an experiment found: at a steady spend, a change of it moved the KPI by so much. Everything is per day. */
export type Calibration = {
  id: Scalars['ID']['output'];
  channel: Scalars['String']['output'];
  /** Null for all regions together. */
  region?: Maybe<Scalars['String']['output']>;
  from: Scalars['Date']['output'];
  /** Inclusive. */
  to: Scalars['Date']['output'];
  kpi: MixKpi;
  basis: MixBasis;
  /** Of spend, and of revenue. */
  currency: Scalars['String']['output'];
  /** Usual spend per day, whole currency units. */
  spend: Scalars['Float']['output'];
  /** What was spent more per day; below 0 for a holdout. */
  spendChange: Scalars['Float']['output'];
  /** What it changed of the KPI per day. */
  kpiChange: Scalars['Float']['output'];
  /** Of `kpiChange`. */
  standardError: Scalars['Float']['output'];
  /** `kpiChange` over `spendChange`: incremental KPI per unit of spend. */
  perSpend: CalibrationRange;
  /** How it was measured, e.g. `augmented synthetic control`. */
  method: Scalars['String']['output'];
  sourceKinds: Array<Scalars['String']['output']>;
  origin: CalibrationOrigin;
  /** The experiment or lift evaluation it came of. */
  originId?: Maybe<Scalars['ID']['output']>;
  note?: Maybe<Scalars['String']['output']>;
  createdBy: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  /** When it was taken back; models that used it keep it. */
  retiredAt?: Maybe<Scalars['DateTime']['output']>;
  /** One sentence with its uncertainty. */
  conclusion: Scalars['String']['output'];
};

export type CalibrationEdge = {
  cursor: Scalars['String']['output'];
  node: Calibration;
};

export type CalibrationPage = {
  edges: Array<CalibrationEdge>;
  pageInfo: PageInfo;
};

export type CalibrationPayload = {
  calibration: Calibration;
};

/** Mean, and the interval that holds 90 % of the posterior. */
export type MixInterval = {
  mean: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
};

export type MixInputs = {
  periods: Scalars['Int']['output'];
  channels: Array<Scalars['String']['output']>;
  currency: Scalars['String']['output'];
  firstDate: Scalars['Date']['output'];
  lastDate: Scalars['Date']['output'];
  /** SHA-256 over the series read, in hexadecimal. */
  dataHash: Scalars['String']['output'];
};

export type MixFitQuality = {
  periods: Scalars['Int']['output'];
  rSquared: Scalars['Float']['output'];
  /** Sum of absolute errors over the sum of absolute values. */
  weightedError: Scalars['Float']['output'];
  /** Share of values inside their 90 % predictive interval. */
  coverage: Scalars['Float']['output'];
};

export type MixDiagnosis = {
  inSample: MixFitQuality;
  outOfSample?: Maybe<MixFitQuality>;
  durbinWatson: Scalars['Float']['output'];
  ljungBoxP: Scalars['Float']['output'];
  conditionNumber: Scalars['Float']['output'];
  /** Null when chains never moved. */
  worstRHat?: Maybe<Scalars['Float']['output']>;
  smallestEss: Scalars['Float']['output'];
  divergences: Scalars['Int']['output'];
  /** Probability that sales without media would be below nothing. */
  negativeBaseline: Scalars['Float']['output'];
  /** Why contributions are kept back; empty when they are not. */
  refusals: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
};

export type MixCurve = {
  /** Spend over the whole time, flighting as it was. */
  spend: Array<Scalars['Float']['output']>;
  mean: Array<Scalars['Float']['output']>;
  low: Array<Scalars['Float']['output']>;
  high: Array<Scalars['Float']['output']>;
  /** Spend from which on one active period in ten would lie beyond the highest of the data. */
  seenUpTo: Scalars['Float']['output'];
};

export type MixChannel = {
  name: Scalars['String']['output'];
  spend: Scalars['Float']['output'];
  contribution: MixInterval;
  shareOfKpi: MixInterval;
  shareOfEffect: MixInterval;
  roi: MixInterval;
  /** Of the last 1 % more. */
  marginalRoi: MixInterval;
  /** In periods. */
  halfLife: MixInterval;
  curve: MixCurve;
};

/** One part of the KPI over time. */
export type MixSeries = {
  name: Scalars['String']['output'];
  /** `channel`, or what the linear part stands for. */
  kind: Scalars['String']['output'];
  mean: Array<Scalars['Float']['output']>;
  low: Array<Scalars['Float']['output']>;
  high: Array<Scalars['Float']['output']>;
  total: MixInterval;
};

export type MixParameter = {
  name: Scalars['String']['output'];
  mean: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
  rHat?: Maybe<Scalars['Float']['output']>;
  bulkEss?: Maybe<Scalars['Float']['output']>;
  tailEss?: Maybe<Scalars['Float']['output']>;
};

/** One training of a mix model; it can be trained again and must give the same. */
export type MixModel = {
  id: Scalars['ID']['output'];
  state: RunState;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  /** All priors and sampler settings. */
  settings: Scalars['JSON']['output'];
  inputs?: Maybe<MixInputs>;
  diagnosis?: Maybe<MixDiagnosis>;
  /** Empty until trained, and where the diagnosis refuses them. */
  channels: Array<MixChannel>;
  series: Array<MixSeries>;
  /** First days of the periods of the series. */
  dates: Array<Scalars['Date']['output']>;
  parameters: Array<MixParameter>;
  warnings: Array<Scalars['String']['output']>;
  /** What went wrong. */
  error?: Maybe<Scalars['String']['output']>;
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};

export type MixModelEdge = {
  cursor: Scalars['String']['output'];
  node: MixModel;
};

export type MixModelPage = {
  edges: Array<MixModelEdge>;
  pageInfo: PageInfo;
};

export type MixModelPayload = {
  model: MixModel;
};

export type MixModelEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  model: MixModel;
};
