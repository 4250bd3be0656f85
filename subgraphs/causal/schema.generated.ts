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

export type EffectScale =
  /** Treatment less control. */
  | 'ABSOLUTE'
  /** Over the size of the control. */
  | 'RELATIVE';

export type TestAlternative =
  | 'TWO_SIDED'
  | 'GREATER'
  | 'LESS';

export type PValueCorrection =
  /** Keeps the chance of any false finding. */
  | 'HOLM'
  /** Keeps the share of false findings. */
  | 'BENJAMINI_HOCHBERG';

export type AbMetricKind =
  /** Mean of units; a share is the mean of successes. */
  | 'MEAN'
  /** Mean, adjusted by the same of each unit before the experiment (CUPED); that is the second variable. */
  | 'MEAN_ADJUSTED'
  /** Sum over sum; the second variable is the denominator (delta method). */
  | 'RATIO';

/** What was counted of an arm: successes; or mean and sd; or sums. The first arm is the control. */
export type AbArmInput = {
  name: Scalars['String']['input'];
  /** Units that were assigned. */
  n: Scalars['Float']['input'];
  successes?: InputMaybe<Scalars['Float']['input']>;
  mean?: InputMaybe<Scalars['Float']['input']>;
  sd?: InputMaybe<Scalars['Float']['input']>;
  sum?: InputMaybe<Scalars['Float']['input']>;
  sumSquares?: InputMaybe<Scalars['Float']['input']>;
  /** Of the second variable: outcome before, or denominator. */
  secondSum?: InputMaybe<Scalars['Float']['input']>;
  secondSumSquares?: InputMaybe<Scalars['Float']['input']>;
  /** Sum over units of the product of both variables. */
  sumProducts?: InputMaybe<Scalars['Float']['input']>;
  /** Planned share of units; equal shares when absent. */
  share?: InputMaybe<Scalars['Float']['input']>;
};

/** What is believed of the effect beforehand. */
export type EffectPriorInput = {
  mean?: Scalars['Float']['input'];
  sd: Scalars['Float']['input'];
  scale?: EffectScale;
};

export type EvaluateAbTestInput = {
  /** What is measured, for the conclusion. */
  name?: InputMaybe<Scalars['String']['input']>;
  metric?: InputMaybe<AbMetricKind>;
  arms: Array<AbArmInput>;
  scale?: InputMaybe<EffectScale>;
  alternative?: InputMaybe<TestAlternative>;
  alpha?: InputMaybe<Scalars['Float']['input']>;
  correction?: InputMaybe<PValueCorrection>;
  /** Units of both arms at which the always-valid interval is tightest: about what is expected at the end. */
  tuning?: InputMaybe<Scalars['Float']['input']>;
  /** Flat when absent. */
  prior?: InputMaybe<EffectPriorInput>;
};

export type AbDesignMetric =
  | 'SHARE'
  | 'MEAN';

export type AbDesignInput = {
  metric?: InputMaybe<AbDesignMetric>;
  /** Share (0 to 1) or mean of the control. */
  baseline: Scalars['Float']['input'];
  /** Standard deviation of units; needed for means. */
  sd?: InputMaybe<Scalars['Float']['input']>;
  /** The smallest effect worth finding. */
  effect: Scalars['Float']['input'];
  scale?: InputMaybe<EffectScale>;
  alpha?: InputMaybe<Scalars['Float']['input']>;
  power?: InputMaybe<Scalars['Float']['input']>;
  twoSided?: InputMaybe<Scalars['Boolean']['input']>;
  /** Planned shares of the arms, the control's first. */
  shares?: InputMaybe<Array<Scalars['Float']['input']>>;
  /** Looked at all the time by the always-valid interval, which needs more units. */
  sequential?: InputMaybe<Scalars['Boolean']['input']>;
  /** Correlation of the outcome with itself before the experiment, for CUPED. */
  correlation?: InputMaybe<Scalars['Float']['input']>;
  /** Of all arms together. */
  unitsPerDay?: InputMaybe<Scalars['Float']['input']>;
  costPerUnit?: InputMaybe<Scalars['Float']['input']>;
  /** Units of each of two equal arms, to ask for their power instead of their number. */
  unitsPerArm?: InputMaybe<Scalars['Float']['input']>;
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
  | 'CAMPAIGN'
  /** Both together: the same campaign name in two channels is two. */
  | 'CHANNEL_AND_CAMPAIGN';

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

/** One stored computation; it can be computed again and must give the same. */
export type AttributionRun = {
  /** Experiments on the channels of this run beside each model; of generated data only for runs on it. */
  calibrationAgreement: Array<CalibrationAgreement>;
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

export type PlanGoal =
  /** The most KPI for a budget. */
  | 'MAXIMISE_KPI'
  /** The least money for a KPI. */
  | 'MINIMISE_BUDGET'
  /** Spend in every channel until the next unit returns so much. */
  | 'TARGET_MARGINAL_RETURN';

/** What counts of the effect that comes after the last day of a plan. */
export type PlanCarryOver =
  /** All of it: what the money of the plan brings, whenever it comes. */
  | 'WHOLE'
  /** None: only what comes within the days of the plan. */
  | 'WITHIN';

/** What may be spent on a channel, as multiples of what no change spends; the same twice holds it. */
export type PlanBoundInput = {
  channel: Scalars['String']['input'];
  lower: Scalars['Float']['input'];
  upper: Scalars['Float']['input'];
};

export type BudgetPlanInput = {
  modelId: Scalars['ID']['input'];
  goal?: InputMaybe<PlanGoal>;
  /** For MAXIMISE_KPI: whole currency units over the days of the plan; as much as no change spends when absent. */
  total?: InputMaybe<Scalars['Float']['input']>;
  /** For MINIMISE_BUDGET: what media must bring; as much as no change brings when absent. */
  kpiGoal?: InputMaybe<Scalars['Float']['input']>;
  /** For TARGET_MARGINAL_RETURN: KPI of the next unit of money; 1 when absent. */
  marginalReturn?: InputMaybe<Scalars['Float']['input']>;
  /** For MAXIMISE_KPI: leave money over where the next unit would return less. */
  minimumReturn?: InputMaybe<Scalars['Float']['input']>;
  /** Days the plan covers, 1 to 730. */
  horizonDays?: InputMaybe<Scalars['Int']['input']>;
  carryOver?: InputMaybe<PlanCarryOver>;
  /** Bounds of the channels that `bounds` does not name. */
  lower?: InputMaybe<Scalars['Float']['input']>;
  upper?: InputMaybe<Scalars['Float']['input']>;
  bounds?: InputMaybe<Array<PlanBoundInput>>;
  /** Must be true to plan with a model of generated data. */
  mock?: InputMaybe<Scalars['Boolean']['input']>;
};

export type PlanBoundSide =
  | 'LOWER'
  | 'UPPER';

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

export type CalibrateByLiftInput = {
  evaluationId: Scalars['ID']['input'];
  /** Whose spend was changed; as the evaluation knows it when absent. */
  channel?: InputMaybe<Scalars['String']['input']>;
  /** Share of the usual spend that the treated regions have: scales the result up to all regions. */
  shareOfSpend?: InputMaybe<Scalars['Float']['input']>;
};

export type ExperimentKind =
  /** Units are assigned at random. */
  | 'AB'
  /** Spend is changed in some markets. */
  | 'GEO';

export type ExperimentState =
  | 'DRAFT'
  | 'DESIGNED'
  | 'RUNNING'
  /** Ended before its planned end. */
  | 'STOPPED'
  | 'COMPLETED'
  | 'DECIDED';

export type ExperimentAction =
  | 'UPDATE'
  | 'DESIGN'
  | 'START'
  | 'RECORD'
  | 'STOP'
  | 'COMPLETE'
  | 'DECIDE';

export type ExperimentMetricKind =
  | 'SHARE'
  | 'MEAN'
  /** Sum over sum, by the delta method. */
  | 'RATIO';

/** Where figures of arms come from. */
export type ExperimentSource =
  /** Sent by `recordObservations`. */
  | 'POSTED'
  /** Conversions per click of campaigns in memory, one campaign per arm. */
  | 'CLICKS'
  /** Conversions per impression. */
  | 'IMPRESSIONS';

export type ExperimentMetricInput = {
  name: Scalars['String']['input'];
  kind?: ExperimentMetricKind;
  /** By the same of each unit before the experiment (CUPED). */
  adjusted?: Scalars['Boolean']['input'];
};

export type ExperimentArmInput = {
  name: Scalars['String']['input'];
  /** Planned share of units. */
  share?: Scalars['Float']['input'];
  campaign?: InputMaybe<Scalars['String']['input']>;
};

/** What the size is found by. */
export type ExperimentPlanInput = {
  baseline: Scalars['Float']['input'];
  sd?: InputMaybe<Scalars['Float']['input']>;
  effect: Scalars['Float']['input'];
  scale?: EffectScale;
  alpha?: Scalars['Float']['input'];
  power?: Scalars['Float']['input'];
  sequential?: Scalars['Boolean']['input'];
  correlation?: Scalars['Float']['input'];
  unitsPerDay?: InputMaybe<Scalars['Float']['input']>;
  costPerUnit?: InputMaybe<Scalars['Float']['input']>;
};

export type AbExperimentInput = {
  unit?: Scalars['String']['input'];
  /** The first is the one that decides. */
  metrics: Array<ExperimentMetricInput>;
  /** The first is the control. */
  arms: Array<ExperimentArmInput>;
  plan: ExperimentPlanInput;
  correction?: PValueCorrection;
  source?: ExperimentSource;
  /** Generated records alone, when figures come from memory. */
  mock?: Scalars['Boolean']['input'];
};

export type GeoExperimentInput = {
  /** Whose spend is changed in the treated markets. */
  channel: Scalars['String']['input'];
  kpi?: MixKpi;
  basis?: MixBasis;
  /** First day of the history that design and evaluation use. */
  from: Scalars['Date']['input'];
  alpha?: Scalars['Float']['input'];
  power?: Scalars['Float']['input'];
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  mock?: Scalars['Boolean']['input'];
};

/** Either `ab` or `geo`. */
export type ExperimentInput = {
  name: Scalars['String']['input'];
  hypothesis?: Scalars['String']['input'];
  ab?: InputMaybe<AbExperimentInput>;
  geo?: InputMaybe<GeoExperimentInput>;
};

export type MarketMethod =
  /** Markets are named in `cells`. */
  | 'CHOSEN'
  /** Of each pair of markets that moved alike, one by chance. */
  | 'PAIRED'
  /** Of each stratum of markets of like size, one by chance. */
  | 'STRATIFIED';

export type GeoCellInput = {
  name: Scalars['String']['input'];
  markets: Array<Scalars['String']['input']>;
};

export type GeoDesignInput = {
  method?: MarketMethod;
  /** For CHOSEN. */
  cells?: InputMaybe<Array<GeoCellInput>>;
  /** Neither treated nor controls. */
  untouched?: InputMaybe<Array<Scalars['String']['input']>>;
  days: Scalars['Int']['input'];
  /** Share of markets to treat, for STRATIFIED. */
  treatedShare?: Scalars['Float']['input'];
  /** Relative effects to try; below 0 for a holdout. */
  effects?: Array<Scalars['Float']['input']>;
  /** Endings of history that power is simulated on. */
  windows?: Scalars['Int']['input'];
  /** Cost of one more unit of the KPI. */
  costPerIncremental?: Scalars['Float']['input'];
  seed?: Scalars['Int']['input'];
};

/** What was counted of an arm from the start up to the end of a day: totals, not the day's own. */
export type ObservationInput = {
  /** The first metric when absent. */
  metric?: InputMaybe<Scalars['String']['input']>;
  arm: Scalars['String']['input'];
  day: Scalars['Date']['input'];
  /** Units assigned so far. */
  n: Scalars['Float']['input'];
  successes?: InputMaybe<Scalars['Float']['input']>;
  sum?: InputMaybe<Scalars['Float']['input']>;
  sumSquares?: InputMaybe<Scalars['Float']['input']>;
  /** Of the second variable: outcome before, or denominator. */
  secondSum?: InputMaybe<Scalars['Float']['input']>;
  secondSumSquares?: InputMaybe<Scalars['Float']['input']>;
  sumProducts?: InputMaybe<Scalars['Float']['input']>;
};

export type RecordObservationsInput = {
  experimentId: Scalars['ID']['input'];
  /** The same batch sent again changes nothing. */
  batchId: Scalars['String']['input'];
  observations: Array<ObservationInput>;
};

export type Verdict =
  | 'SHIP'
  | 'STOP'
  | 'INCONCLUSIVE'
  /** Change something and try again. */
  | 'ITERATE';

/** A change of spend whose effect the experiment measured, to be used by mix models. */
export type DecisionCalibrationInput = {
  channel: Scalars['String']['input'];
  /** The arm or cell; the first treatment when absent. */
  arm?: InputMaybe<Scalars['String']['input']>;
  kpi?: MixKpi;
  basis?: MixBasis;
  /** Of a geo experiment: that of its records. */
  currency?: InputMaybe<Scalars['String']['input']>;
  /** Usual spend per day. Of a geo experiment: as read from memory when absent. */
  spend?: InputMaybe<Scalars['Float']['input']>;
  /** Spent more per day on the units of the arm. Of a geo experiment: as read from memory when absent. */
  spendChange?: InputMaybe<Scalars['Float']['input']>;
};

export type DecideExperimentInput = {
  id: Scalars['ID']['input'];
  verdict: Verdict;
  why: Scalars['String']['input'];
  calibration?: InputMaybe<DecisionCalibrationInput>;
};

export type StratumUnitInput = {
  unit: Scalars['String']['input'];
  stratum: Scalars['String']['input'];
};

export type RunMarketSelectionInput = {
  /** The experiment it is for. */
  experimentId?: InputMaybe<Scalars['ID']['input']>;
  kpi?: InputMaybe<MixKpi>;
  basis?: InputMaybe<MixBasis>;
  from: Scalars['Date']['input'];
  /** Inclusive. */
  to: Scalars['Date']['input'];
  /** How many markets are treated. */
  sizes?: Array<Scalars['Int']['input']>;
  include?: InputMaybe<Array<Scalars['String']['input']>>;
  /** May not be treated, but serve as controls. */
  exclude?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Neither treated nor controls. */
  untouched?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Days. */
  durations?: Array<Scalars['Int']['input']>;
  /** Relative effects to try; below 0 for a holdout. */
  effects?: Array<Scalars['Float']['input']>;
  /** Endings of history each design is tried on. */
  windows?: Scalars['Int']['input'];
  alpha?: Scalars['Float']['input'];
  power?: Scalars['Float']['input'];
  /** Cost of one more unit of the KPI. */
  costPerIncremental?: Scalars['Float']['input'];
  budget?: InputMaybe<Scalars['Float']['input']>;
  /** Share of the whole outcome that treated markets may have. */
  shareFrom?: Scalars['Float']['input'];
  shareTo?: Scalars['Float']['input'];
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  mock?: Scalars['Boolean']['input'];
};

export type LiftMethod =
  /** Treated and untreated compared before and after; staggered starts too. */
  | 'DIFFERENCE_IN_DIFFERENCES'
  /** Weighted controls stand for what would have happened. */
  | 'SYNTHETIC_CONTROL'
  /** Bayesian structural time series with the controls as regressors. */
  | 'CAUSAL_IMPACT';

export type LiftKpi =
  | 'REVENUE'
  | 'CONVERSIONS'
  | 'SPEND'
  | 'CLICKS'
  | 'IMPRESSIONS';

export type LiftBasis =
  /** Of who sold the advertisement. */
  | 'CLAIMED'
  /** Of a shop or a CRM. */
  | 'BOOKED'
  /** Of a payment service. */
  | 'PAID';

export type LiftUnit =
  | 'REGION'
  | 'CHANNEL'
  | 'CAMPAIGN';

export type LiftPeriod =
  | 'DAY'
  | 'WEEK';

/** Daily records of memory: one series per region, channel or campaign. */
export type LiftRecordsInput = {
  kpi?: InputMaybe<LiftKpi>;
  /** Whose revenue and conversions count. */
  basis?: InputMaybe<LiftBasis>;
  unit?: InputMaybe<LiftUnit>;
  /** Weeks run from Monday and are whole. */
  period?: InputMaybe<LiftPeriod>;
  from: Scalars['Date']['input'];
  /** Inclusive. */
  to: Scalars['Date']['input'];
  treated: Array<Scalars['String']['input']>;
  /** All others when absent. */
  controls?: InputMaybe<Array<Scalars['String']['input']>>;
  /** First treated day. */
  start: Scalars['Date']['input'];
  /** Last treated day; the last of the data when absent. */
  end?: InputMaybe<Scalars['Date']['input']>;
  /** Whose rows count; all when absent. */
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The channel whose spend was changed; all when absent. */
  spendChannel?: InputMaybe<Scalars['String']['input']>;
  /** Needed when records come in several. */
  currency?: InputMaybe<Scalars['String']['input']>;
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Generated records alone instead of live and file ones. */
  mock?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A column beside the values of a panel. */
export type LiftCovariateInput = {
  name: Scalars['String']['input'];
  values: Array<InputMaybe<Scalars['Float']['input']>>;
};

export type LiftTreatmentInput = {
  unit: Scalars['String']['input'];
  /** First treated period, as it stands among the periods. */
  start: Scalars['String']['input'];
};

/** Any panel in long form: one row per unit and period, in columns of one length. At most 50,000 rows, and 1 MiB a request. */
export type LiftPanelInput = {
  units: Array<Scalars['String']['input']>;
  /** Days as `YYYY-MM-DD`, whole numbers such as years, or other labels in the order of time. */
  periods: Array<Scalars['String']['input']>;
  values: Array<InputMaybe<Scalars['Float']['input']>>;
  covariates?: InputMaybe<Array<LiftCovariateInput>>;
  treatments: Array<LiftTreatmentInput>;
  /** All units without a treatment when absent. */
  controls?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Last treated period; the last of the panel when absent. */
  end?: InputMaybe<Scalars['String']['input']>;
  /** What the values are, e.g. `Orders`. */
  valueName?: InputMaybe<Scalars['String']['input']>;
  /** When the values are money. */
  currency?: InputMaybe<Scalars['String']['input']>;
};

export type SyntheticVariant =
  /** Weights that are not negative and add up to 1. */
  | 'PLAIN'
  /** What weights leave unmatched is corrected by ridge regression. */
  | 'RIDGE'
  /** Synthetic difference in differences: weighted units and weighted periods. */
  | 'SYNTHETIC_DID';

export type PermutationScheme =
  /** All cyclic shifts of time: exact, safe under dependence over time. */
  | 'SHIFTS'
  /** 10,000 random orders by seed: assumes errors that do not depend on their past. */
  | 'ORDERS';

/** A mean over periods that weights should match. */
export type LiftPredictorInput = {
  /** Name of a covariate; the values themselves when absent. */
  covariate?: InputMaybe<Scalars['String']['input']>;
  from: Scalars['String']['input'];
  /** Inclusive. */
  to: Scalars['String']['input'];
};

export type SyntheticControlInput = {
  variant?: InputMaybe<SyntheticVariant>;
  /** Compare movements about each unit's own mean before the treatment, not levels. */
  fixedEffects?: InputMaybe<Scalars['Boolean']['input']>;
  permutations?: InputMaybe<PermutationScheme>;
  /** Match on these instead of all values before the treatment; needs PLAIN. */
  predictors?: InputMaybe<Array<LiftPredictorInput>>;
};

export type LiftAggregation =
  /** Every treated unit and period counts alike. */
  | 'SIMPLE'
  /** By periods since the start, all alike. */
  | 'EVENT'
  /** By start, by the number of units. */
  | 'GROUP'
  /** By period, all alike. */
  | 'CALENDAR';

export type LiftControlGroup =
  | 'NEVER_TREATED'
  | 'NOT_YET_TREATED';

export type DifferenceInput = {
  /** How effects of staggered starts become one. */
  aggregation?: InputMaybe<LiftAggregation>;
  controlGroup?: InputMaybe<LiftControlGroup>;
};

export type CausalImpactInput = {
  /** 100 to 20,000. */
  draws?: InputMaybe<Scalars['Int']['input']>;
  /** Whether the level also has a slope. */
  trend?: InputMaybe<Scalars['Boolean']['input']>;
  /** Seasons in a cycle, e.g. 7 for days of the week; 1 for none. */
  seasons?: InputMaybe<Scalars['Int']['input']>;
  /** Periods in a season. */
  seasonLength?: InputMaybe<Scalars['Int']['input']>;
  /** Expected step of the level per period, in standard deviations of the values. */
  levelSpread?: InputMaybe<Scalars['Float']['input']>;
};

/** Give exactly one of `records` and `panel`. */
export type EvaluateLiftInput = {
  name?: InputMaybe<Scalars['String']['input']>;
  method: LiftMethod;
  records?: InputMaybe<LiftRecordsInput>;
  panel?: InputMaybe<LiftPanelInput>;
  /** Of all intervals, 0.5 to 0.999. */
  level?: InputMaybe<Scalars['Float']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
  /** What was spent more (below 0: less) over the whole treatment; taken from the records when absent. */
  spendChange?: InputMaybe<Scalars['Float']['input']>;
  syntheticControl?: InputMaybe<SyntheticControlInput>;
  differences?: InputMaybe<DifferenceInput>;
  causalImpact?: InputMaybe<CausalImpactInput>;
  /** Whether to put the estimate to the test. */
  refute?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ExploreMixModelsInput = {
  /** What a training would read, and its trend, season, holidays, controls and experiments. */
  training: TrainMixModelInput;
  /** 100 to 20000. */
  candidates?: InputMaybe<Scalars['Int']['input']>;
  /** Channels that would take away count as none. */
  nonNegative?: InputMaybe<Scalars['Boolean']['input']>;
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

export type MixGeo =
  | 'NATIONAL'
  /** Effects by region, drawn towards those of all. */
  | 'REGION';

/** What works of a channel. */
export type MixMedia =
  | 'SPEND'
  | 'IMPRESSIONS'
  | 'CLICKS';

export type MixMeasure =
  | 'SPEND'
  | 'REVENUE'
  | 'CONVERSIONS'
  | 'IMPRESSIONS'
  | 'CLICKS';

/** How spend goes on to work. */
export type MixCarryOver =
  | 'NONE'
  /** Fades by the same share every period. */
  | 'GEOMETRIC'
  /** May rise before it fades. */
  | 'WEIBULL_PDF'
  /** Fades, slowly or quickly first. */
  | 'WEIBULL_CDF';

/** How response flattens. */
export type MixSaturation =
  | 'NONE'
  | 'LOGISTIC'
  /** May be S-shaped. */
  | 'HILL'
  | 'MICHAELIS_MENTEN';

export type MixTrend =
  | 'NONE'
  | 'LINEAR'
  /** A line that may bend at `trendKnots` points. */
  | 'BENDING';

export type MixPriorKind =
  /** Parameters: mean, standard deviation. */
  | 'NORMAL'
  /** Parameter: standard deviation. */
  | 'HALF_NORMAL'
  /** Parameters: median, spread (standard deviation of the logarithm). */
  | 'LOG_NORMAL'
  /** Parameters: shape, rate. */
  | 'GAMMA'
  /** Parameters: a, b. */
  | 'BETA';

export type MixPriorInput = {
  key: Scalars['String']['input'];
  /** For this channel alone. */
  channel?: InputMaybe<Scalars['String']['input']>;
  kind: MixPriorKind;
  parameters: Array<Scalars['Float']['input']>;
};

/** Where a channel differs from the rest. */
export type MixChannelInput = {
  channel: Scalars['String']['input'];
  media?: InputMaybe<MixMedia>;
  carryOver?: InputMaybe<MixCarryOver>;
  /** In periods. */
  carryOverWindow?: InputMaybe<Scalars['Int']['input']>;
  saturation?: InputMaybe<MixSaturation>;
};

export type MixHolidaysInput = {
  /** A country such as `US`, or a part of one such as `DE-BY`. */
  region: Scalars['String']['input'];
  publicOnly?: InputMaybe<Scalars['Boolean']['input']>;
};

export type MixEventInput = {
  name: Scalars['String']['input'];
  dates: Array<Scalars['Date']['input']>;
};

/** Something beside media that moves the KPI: values by day, or a figure of a channel of the records, e.g. clicks of organic search. */
export type MixControlInput = {
  name: Scalars['String']['input'];
  dates?: InputMaybe<Array<Scalars['Date']['input']>>;
  /** One per date; a period takes their mean. */
  values?: InputMaybe<Array<Scalars['Float']['input']>>;
  channel?: InputMaybe<Scalars['String']['input']>;
  measure?: InputMaybe<MixMeasure>;
};

export type MixPopulationInput = {
  region: Scalars['String']['input'];
  people: Scalars['Float']['input'];
};

/** What is believed of a channel before the data: log-normal around `median`, within a factor of e^`spread` in two cases of three. */
export type RoiPriorInput = {
  channel: Scalars['String']['input'];
  median: Scalars['Float']['input'];
  spread?: InputMaybe<Scalars['Float']['input']>;
};

/** The result of an experiment: at a steady spend per period, a change of spend moved the KPI per period by so much. */
export type LiftInput = {
  channel: Scalars['String']['input'];
  /** The region it was measured in; all when absent. */
  geo?: InputMaybe<Scalars['String']['input']>;
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
  geo?: InputMaybe<MixGeo>;
  /** People by region; without them regions are scaled by their mean KPI. */
  populations?: InputMaybe<Array<MixPopulationInput>>;
  /** Every channel that has spend when absent. */
  onlyChannels?: InputMaybe<Array<Scalars['String']['input']>>;
  media?: InputMaybe<MixMedia>;
  carryOver?: InputMaybe<MixCarryOver>;
  /** Periods an effect may go on for; 8 weeks or 28 days when absent. */
  carryOverWindow?: InputMaybe<Scalars['Int']['input']>;
  saturation?: InputMaybe<MixSaturation>;
  channels?: InputMaybe<Array<MixChannelInput>>;
  /** Last periods that are not fitted but test the model. */
  holdout?: InputMaybe<Scalars['Int']['input']>;
  trend?: InputMaybe<MixTrend>;
  /** Points at which the trend may bend, 0 to 12. */
  trendKnots?: InputMaybe<Scalars['Int']['input']>;
  /** Pairs of waves that make up the yearly season, 0 to 12. */
  yearlyWaves?: InputMaybe<Scalars['Int']['input']>;
  /** The same of the week where periods are days, 0 to 3. */
  weeklyWaves?: InputMaybe<Scalars['Int']['input']>;
  holidays?: InputMaybe<MixHolidaysInput>;
  events?: InputMaybe<Array<MixEventInput>>;
  controls?: InputMaybe<Array<MixControlInput>>;
  roiPriors?: InputMaybe<Array<RoiPriorInput>>;
  /** Instead of those that `mixModelDefaults` tells. */
  priors?: InputMaybe<Array<MixPriorInput>>;
  lift?: InputMaybe<Array<LiftInput>>;
  /** Results of experiments that the model has to agree with. */
  calibrationIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  connectionIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Generated records alone instead of live and file ones. */
  mock?: InputMaybe<Scalars['Boolean']['input']>;
  seed?: InputMaybe<Scalars['Int']['input']>;
  /** 2 to 8. */
  chains?: InputMaybe<Scalars['Int']['input']>;
  /** Draws kept per chain, after as many for warm-up; 100 to 5000. */
  draws?: InputMaybe<Scalars['Int']['input']>;
  /** As many as `draws` when absent. */
  warmup?: InputMaybe<Scalars['Int']['input']>;
  /** Mean acceptance that the sampler aims at, 0.6 to 0.99; higher for fewer divergences. */
  acceptance?: InputMaybe<Scalars['Float']['input']>;
};

export type ModelKind =
  | 'MIX';

export type ModelStage =
  /** Trained, or being trained. */
  | 'CANDIDATE'
  /** The one that counts. */
  | 'CHAMPION'
  /** Was the champion. */
  | 'FORMER'
  | 'RETIRED';

/** How versions are tested: as if the last periods were not known yet, several times. */
export type BackTestInput = {
  /** 1 to 8. */
  folds?: InputMaybe<Scalars['Int']['input']>;
  /** Periods foretold in each, 1 to 52. */
  periods?: InputMaybe<Scalars['Int']['input']>;
};

export type CreateModelInput = {
  name: Scalars['String']['input'];
  kind?: InputMaybe<ModelKind>;
  /** Features and hyper-parameters of its first version. */
  training: TrainMixModelInput;
  backTest?: InputMaybe<BackTestInput>;
};

/** Spend of a channel on every day that has not been. */
export type PredictionSpendInput = {
  channel: Scalars['String']['input'];
  /** Whole currency units. */
  perDay: Scalars['Float']['input'];
};

/** A stored result that can be computed again. */
export type ReproducibleKind =
  | 'ATTRIBUTION_RUN'
  | 'BUDGET_PLAN'
  /** The analysis of a decided experiment. */
  | 'EXPERIMENT'
  | 'LIFT_EVALUATION'
  | 'MARKET_SELECTION'
  | 'MIX_EXPLORATION'
  | 'MIX_MODEL';

/** Where a page of a list stands. */
export type PageInfo = {
  /** Whether more items follow `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Pass as `after` to read on; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** A test with its interval; an end without limit is null. */
export type AbTestResult = {
  pValue: Scalars['Float']['output'];
  low?: Maybe<Scalars['Float']['output']>;
  high?: Maybe<Scalars['Float']['output']>;
  /** For the number of comparisons. */
  adjustedPValue?: Maybe<Scalars['Float']['output']>;
};

export type AbSequence = {
  pValue: Scalars['Float']['output'];
  low?: Maybe<Scalars['Float']['output']>;
  high?: Maybe<Scalars['Float']['output']>;
  adjustedPValue?: Maybe<Scalars['Float']['output']>;
  /** Width parameter. */
  rho: Scalars['Float']['output'];
};

export type AbBayesian = {
  mean: Scalars['Float']['output'];
  sd: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
  /** Probability that the treatment is better. */
  chanceToWin: Scalars['Float']['output'];
  /** Expected loss of keeping the control. */
  riskOfControl: Scalars['Float']['output'];
  /** Expected loss of taking the treatment. */
  riskOfTreatment: Scalars['Float']['output'];
};

export type AbComparison = {
  control: Scalars['String']['output'];
  arm: Scalars['String']['output'];
  scale: EffectScale;
  estimate: Scalars['Float']['output'];
  standardError: Scalars['Float']['output'];
  /** Arm less control, whatever the scale, and its standard error. */
  difference: Scalars['Float']['output'];
  differenceError: Scalars['Float']['output'];
  controlValue: Scalars['Float']['output'];
  armValue: Scalars['Float']['output'];
  /** Share of the variance that the adjustment took away. */
  varianceReduction: Scalars['Float']['output'];
  /** Only at the end planned beforehand. */
  fixed: AbTestResult;
  /** At any time, as often as one likes. */
  sequential: AbSequence;
  /** The sequence by the delta method, for comparison with other products; relative effects of rare events err under early looks. */
  plainSequence: AbTestResult;
  bayesian: AbBayesian;
  conclusion: Scalars['String']['output'];
};

export type SampleRatioCheck = {
  statistic: Scalars['Float']['output'];
  pValue: Scalars['Float']['output'];
  /** Arms are not filled as planned; read no result before the cause is known. */
  mismatch: Scalars['Boolean']['output'];
};

export type AbEvaluation = {
  comparisons: Array<AbComparison>;
  /** Null with too few units to check. */
  sampleRatio?: Maybe<SampleRatioCheck>;
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
};

export type AbPowerPoint = {
  effect: Scalars['Float']['output'];
  /** With the units of the design. */
  power: Scalars['Float']['output'];
  /** Units of each of two equal arms that would find it. */
  units: Scalars['Float']['output'];
};

export type AbDayPoint = {
  day: Scalars['Int']['output'];
  power: Scalars['Float']['output'];
  /** Null when no possible effect would be found. */
  smallestEffect?: Maybe<Scalars['Float']['output']>;
};

export type AbDesign = {
  /** Units of each of two equal arms, not rounded. */
  unitsPerArm: Scalars['Float']['output'];
  /** By arm. */
  units: Array<Scalars['Float']['output']>;
  total: Scalars['Float']['output'];
  power: Scalars['Float']['output'];
  smallestEffect: Scalars['Float']['output'];
  days?: Maybe<Scalars['Int']['output']>;
  cost?: Maybe<Scalars['Float']['output']>;
  curve: Array<AbPowerPoint>;
  byDay: Array<AbDayPoint>;
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
};

export type Query = {
  /** Every statistic of an A/B test from sums given here; nothing is stored. */
  evaluateAbTest: AbEvaluation;
  /** Size, duration and power of an A/B test; nothing is stored. */
  designAbTest: AbDesign;
  attributionRun?: Maybe<AttributionRun>;
  /** Newest first. */
  attributionRuns: AttributionRunPage;
  /** The last 50 models that plans can be made on: promoted ones first, then the newest. */
  planModels: Array<PlanModel>;
  /** Answered at once from the response curves of a trained model; nothing is stored. */
  budgetPlan: BudgetAnswer;
  /** The curves plans are made on. */
  budgetCurves: PlanCurves;
  savedBudgetPlan?: Maybe<BudgetPlan>;
  /** Newest first. */
  budgetPlans: BudgetPlanPage;
  /** The plan accepted last; null when none was. */
  acceptedBudgetPlan?: Maybe<BudgetPlan>;
  /** Two to six plans side by side. Plans on generated and on real data, or in two currencies, are refused. */
  compareBudgetPlans: BudgetComparison;
  calibration?: Maybe<Calibration>;
  /** Newest first; those taken back only when asked for. */
  calibrations: CalibrationPage;
  experiment?: Maybe<Experiment>;
  /** Newest first. */
  experiments: ExperimentPage;
  /** The arms of up to 10,000 units: each by its own hash, or, with strata, dealt out evenly within each. */
  experimentAssignment: Array<AssignedUnit>;
  marketSelection?: Maybe<MarketSelection>;
  /** Newest first. */
  marketSelections: MarketSelectionPage;
  liftEvaluation?: Maybe<LiftEvaluation>;
  /** Newest first. */
  liftEvaluations: LiftEvaluationPage;
  mixExploration?: Maybe<MixExploration>;
  /** Newest first. */
  mixExplorations: MixExplorationPage;
  mixModel?: Maybe<MixModel>;
  /** Every prior of a model that nothing else is said of, in sentences. */
  mixModelDefaults: Array<MixPrior>;
  /** What a training would read, and what would keep it from being trained. Trains nothing. */
  mixModelPreview: MixPreview;
  /** Newest first. */
  mixModels: MixModelPage;
  model?: Maybe<Model>;
  modelVersion?: Maybe<ModelVersion>;
  /** Newest first; retired ones only when asked for. */
  models: ModelPage;
  /** Two to six trained versions that were tested on the same folds; others are refused. */
  compareModelVersions: VersionComparison;
  /**
   * What a model says of the periods from a day to another, past or to come: by its champion unless a version is named.
   * Spend ahead goes on at the pace of the last 13 weeks unless told otherwise.
   */
  predictions: ModelPredictions;
  reproduction?: Maybe<Reproduction>;
  /** Newest first. */
  reproductions: ReproductionPage;
};


export type QueryEvaluateAbTestArgs = {
  input: EvaluateAbTestInput;
};


export type QueryDesignAbTestArgs = {
  input: AbDesignInput;
};


export type QueryAttributionRunArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAttributionRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryBudgetPlanArgs = {
  input: BudgetPlanInput;
};


export type QueryBudgetCurvesArgs = {
  modelId: Scalars['ID']['input'];
  horizonDays?: InputMaybe<Scalars['Int']['input']>;
  carryOver?: InputMaybe<PlanCarryOver>;
};


export type QuerySavedBudgetPlanArgs = {
  id: Scalars['ID']['input'];
};


export type QueryBudgetPlansArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCompareBudgetPlansArgs = {
  ids: Array<Scalars['ID']['input']>;
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


export type QueryExperimentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryExperimentsArgs = {
  state?: InputMaybe<ExperimentState>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryExperimentAssignmentArgs = {
  id: Scalars['ID']['input'];
  units?: InputMaybe<Array<Scalars['String']['input']>>;
  strata?: InputMaybe<Array<StratumUnitInput>>;
};


export type QueryMarketSelectionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMarketSelectionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryLiftEvaluationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLiftEvaluationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMixExplorationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMixExplorationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryMixModelArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMixModelDefaultsArgs = {
  period?: InputMaybe<MixPeriod>;
  carryOver?: InputMaybe<MixCarryOver>;
  saturation?: InputMaybe<MixSaturation>;
  geo?: InputMaybe<MixGeo>;
};


export type QueryMixModelPreviewArgs = {
  input: TrainMixModelInput;
};


export type QueryMixModelsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryModelArgs = {
  id: Scalars['ID']['input'];
};


export type QueryModelVersionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryModelsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  retired?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryCompareModelVersionsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryPredictionsArgs = {
  modelId: Scalars['ID']['input'];
  versionId?: InputMaybe<Scalars['ID']['input']>;
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  spend?: InputMaybe<Array<PredictionSpendInput>>;
};


export type QueryReproductionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReproductionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
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

export type Mutation = {
  /** Compute attribution in the background and keep the result. */
  runAttribution: AttributionRunPayload;
  /** Stop a run that has not ended. */
  cancelAttributionRun: AttributionRunPayload;
  /**
   * Compute a run that has results again, from the data of today, and compare. The stored run stays as it is.
   * @deprecated Use reproduce, which has no limit of time.
   */
  reproduceAttributionRun: ReproductionPayload;
  saveBudgetPlan: BudgetPlanPayload;
  /** Record the decision for a plan. It stays as it is. */
  acceptBudgetPlan: BudgetPlanPayload;
  /** Write in what an experiment made elsewhere found. */
  createCalibration: CalibrationPayload;
  /** Keep what a finished lift evaluation found, once. */
  calibrateByLift: CalibrationPayload;
  /** Take a calibration back, so that no further model uses it. */
  retireCalibration: CalibrationPayload;
  createExperiment: ExperimentPayload;
  /** Change what was planned; a design has to be made again. */
  updateExperiment: ExperimentPayload;
  /** Find the size of an A/B experiment, or the markets of a geo experiment with their power on history. */
  designExperiment: ExperimentPayload;
  /** Start on a day, today when absent; for as many days as designed when absent. */
  startExperiment: ExperimentPayload;
  recordObservations: RecordObservationsPayload;
  /** End before the planned end. */
  stopExperiment: ExperimentPayload;
  /** End after the planned end has passed. */
  completeExperiment: ExperimentPayload;
  /** Freeze the result with a decision; with a known change of spend it becomes a calibration. */
  decideExperiment: ExperimentPayload;
  /** Search markets for a geo test by simulation on history, in the background. */
  runMarketSelection: MarketSelectionPayload;
  cancelMarketSelection: MarketSelectionPayload;
  /** Evaluate a treatment in the background and keep the result. */
  evaluateLift: LiftEvaluationPayload;
  /** Stop an evaluation that has not ended. */
  cancelLiftEvaluation: LiftEvaluationPayload;
  /** Search over many shapes of a mix model in the background and keep the best. */
  exploreMixModels: MixExplorationPayload;
  /** Stop a search that has not ended. */
  cancelMixExploration: MixExplorationPayload;
  /** Train a mix model in the background and keep the result. */
  trainMixModel: MixModelPayload;
  /** Stop a training that has not ended. */
  cancelMixModel: MixModelPayload;
  /** Name a question; its first version is trained with `trainModelVersion`. */
  createModel: ModelPayload;
  /** Train a version in the background and test it on folds; with other settings when given, which the model keeps. */
  trainModelVersion: ModelVersionPayload;
  /** Stop a training that has not ended. */
  cancelModelVersion: ModelVersionPayload;
  /** Make a trained version the one that counts. The champion until now is kept as a former one. */
  promoteModelVersion: ModelVersionPayload;
  retireModelVersion: ModelVersionPayload;
  retireModel: ModelPayload;
  /** Compare what was foretold with what happened since, in the background. It is also done after every sync. */
  refreshModelAccuracy: ModelPayload;
  /** Compute a stored result again in the background and compare. The stored result stays as it is. */
  reproduce: ReproducePayload;
  /** Stop a reproduction that has not ended. */
  cancelReproduction: ReproducePayload;
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


export type MutationSaveBudgetPlanArgs = {
  name: Scalars['String']['input'];
  input: BudgetPlanInput;
};


export type MutationAcceptBudgetPlanArgs = {
  id: Scalars['ID']['input'];
  note?: InputMaybe<Scalars['String']['input']>;
};


export type MutationCreateCalibrationArgs = {
  input: CreateCalibrationInput;
};


export type MutationCalibrateByLiftArgs = {
  input: CalibrateByLiftInput;
};


export type MutationRetireCalibrationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateExperimentArgs = {
  input: ExperimentInput;
};


export type MutationUpdateExperimentArgs = {
  id: Scalars['ID']['input'];
  input: ExperimentInput;
};


export type MutationDesignExperimentArgs = {
  id: Scalars['ID']['input'];
  geo?: InputMaybe<GeoDesignInput>;
};


export type MutationStartExperimentArgs = {
  id: Scalars['ID']['input'];
  startOn?: InputMaybe<Scalars['Date']['input']>;
  days?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationRecordObservationsArgs = {
  input: RecordObservationsInput;
};


export type MutationStopExperimentArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCompleteExperimentArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDecideExperimentArgs = {
  input: DecideExperimentInput;
};


export type MutationRunMarketSelectionArgs = {
  input: RunMarketSelectionInput;
};


export type MutationCancelMarketSelectionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationEvaluateLiftArgs = {
  input: EvaluateLiftInput;
};


export type MutationCancelLiftEvaluationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationExploreMixModelsArgs = {
  input: ExploreMixModelsInput;
};


export type MutationCancelMixExplorationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationTrainMixModelArgs = {
  input: TrainMixModelInput;
};


export type MutationCancelMixModelArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateModelArgs = {
  input: CreateModelInput;
};


export type MutationTrainModelVersionArgs = {
  modelId: Scalars['ID']['input'];
  training?: InputMaybe<TrainMixModelInput>;
};


export type MutationCancelModelVersionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationPromoteModelVersionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRetireModelVersionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRetireModelArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRefreshModelAccuracyArgs = {
  modelId: Scalars['ID']['input'];
};


export type MutationReproduceArgs = {
  kind: ReproducibleKind;
  id: Scalars['ID']['input'];
};


export type MutationCancelReproductionArgs = {
  id: Scalars['ID']['input'];
};

export type Subscription = {
  /** Changes of one run or of all; what was missed after `after` first. */
  attributionProgress: AttributionEvent;
  /** Plans that were kept or accepted; what was missed after `after` first. */
  budgetPlanChanges: BudgetPlanEvent;
  /** Changes of one experiment or of all; what was missed after `after` first. */
  experimentProgress: ExperimentEvent;
  marketSelectionProgress: MarketSelectionEvent;
  /** Changes of one evaluation or of all; what was missed after `after` first. */
  liftEvaluationProgress: LiftEvaluationEvent;
  /** Changes of one search or of all; what was missed after `after` first. */
  mixExplorationProgress: MixExplorationEvent;
  /** Changes of one model or of all; what was missed after `after` first. */
  mixModelProgress: MixModelEvent;
  /** Changes of models, their versions and their accuracy; what was missed after `after` first. */
  modelChanges: ModelEvent;
  /** Changes of one reproduction or of all; what was missed after `after` first. */
  reproductionProgress: ReproductionEvent;
};


export type SubscriptionAttributionProgressArgs = {
  runId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionBudgetPlanChangesArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionExperimentProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionMarketSelectionProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionLiftEvaluationProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionMixExplorationProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionMixModelProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionModelChangesArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionReproductionProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
};

/** What a model credits a channel with per unit of spend, beside an experiment. */
export type ModelReturn = {
  model: AttributionModel;
  /** Credited revenue or conversions per unit of spend; null without spend in the currency of the experiment. */
  perSpend?: Maybe<Scalars['Float']['output']>;
  /** Whether it lies inside the experiment's interval. */
  agrees?: Maybe<Scalars['Boolean']['output']>;
};

/** An experiment on a channel beside what each model says of it. */
export type CalibrationAgreement = {
  channel: Scalars['String']['output'];
  calibration: Calibration;
  models: Array<ModelReturn>;
  /** One sentence: which models the experiment bears out. */
  conclusion: Scalars['String']['output'];
};

/** A number, and the interval that holds 90 % of its posterior; none where the model has no draws. */
export type PlanInterval = {
  mean: Scalars['Float']['output'];
  low?: Maybe<Scalars['Float']['output']>;
  high?: Maybe<Scalars['Float']['output']>;
};

/** What a channel yields over the days of the plan, flighting as in the data. */
export type PlanCurve = {
  /** Whole currency units, increasing. */
  spend: Array<Scalars['Float']['output']>;
  mean: Array<Scalars['Float']['output']>;
  low: Array<Scalars['Float']['output']>;
  high: Array<Scalars['Float']['output']>;
};

export type PlannedChannel = {
  name: Scalars['String']['output'];
  /** What no change spends, in whole currency units over the days of the plan. */
  current: Scalars['Float']['output'];
  spend: Scalars['Float']['output'];
  lower: Scalars['Float']['output'];
  upper: Scalars['Float']['output'];
  /** KPI it brings without change, and by the plan. */
  currentResponse: PlanInterval;
  response: PlanInterval;
  /** KPI of the next unit of money. */
  currentMarginalReturn: Scalars['Float']['output'];
  marginalReturn: Scalars['Float']['output'];
  /** The bound that holds the spend where it is. */
  activeBound?: Maybe<PlanBoundSide>;
  /** Spend up to which the curve rests on data. */
  seenUpTo: Scalars['Float']['output'];
  /** The plan asks for more than that. */
  extrapolated: Scalars['Boolean']['output'];
};

export type PlanTotal = {
  spend: Scalars['Float']['output'];
  response: PlanInterval;
};

/** What the bounds allow. */
export type PlanLimits = {
  leastSpend: Scalars['Float']['output'];
  mostSpend: Scalars['Float']['output'];
  leastKpi: Scalars['Float']['output'];
  mostKpi: Scalars['Float']['output'];
};

/** What a plan was asked with, complete. */
export type PlanSettings = {
  goal: PlanGoal;
  total?: Maybe<Scalars['Float']['output']>;
  kpiGoal?: Maybe<Scalars['Float']['output']>;
  marginalReturn?: Maybe<Scalars['Float']['output']>;
  minimumReturn?: Maybe<Scalars['Float']['output']>;
  horizonDays: Scalars['Int']['output'];
  carryOver: PlanCarryOver;
  lower: Scalars['Float']['output'];
  upper: Scalars['Float']['output'];
  bounds: Array<PlanBound>;
};

export type PlanBound = {
  channel: Scalars['String']['output'];
  lower: Scalars['Float']['output'];
  upper: Scalars['Float']['output'];
};

/** Where the curves of a plan come from. */
export type PlanInputs = {
  modelId: Scalars['ID']['output'];
  modelCodeVersion: Scalars['String']['output'];
  firstDate: Scalars['Date']['output'];
  lastDate: Scalars['Date']['output'];
  /** Of the data the model was trained on. */
  dataHash: Scalars['String']['output'];
  mock: Scalars['Boolean']['output'];
  sourceKinds: Array<Scalars['String']['output']>;
};

export type BudgetAnswer = {
  settings: PlanSettings;
  kpi: MixKpi;
  currency: Scalars['String']['output'];
  channels: Array<PlannedChannel>;
  planned: PlanTotal;
  /** Everything as it was: the baseline of every plan. */
  unchanged: PlanTotal;
  gain: PlanInterval;
  /** Share of the posterior in which the plan brings more than no change; null where the model has no draws. */
  probabilityOfGain?: Maybe<Scalars['Float']['output']>;
  /** Money that found no use at the minimum return. */
  unspent: Scalars['Float']['output'];
  limits: PlanLimits;
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
  inputs: PlanInputs;
  codeVersion: Scalars['String']['output'];
};

export type PlanCurves = {
  kpi: MixKpi;
  currency: Scalars['String']['output'];
  inputs: PlanInputs;
  channels: Array<PlanChannelCurve>;
};

export type PlanChannelCurve = {
  name: Scalars['String']['output'];
  current: Scalars['Float']['output'];
  seenUpTo: Scalars['Float']['output'];
  /** Largest multiple of the current spend that the curve covers. */
  mostMultiple: Scalars['Float']['output'];
  curve: PlanCurve;
};

export type PlanAcceptance = {
  at: Scalars['DateTime']['output'];
  by: Scalars['String']['output'];
  note?: Maybe<Scalars['String']['output']>;
};

/** A plan that was kept, as it was computed. */
export type BudgetPlan = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  modelId: Scalars['ID']['output'];
  answer: BudgetAnswer;
  createdAt: Scalars['DateTime']['output'];
  createdBy: Scalars['String']['output'];
  /** Null while it is a scenario. */
  acceptance?: Maybe<PlanAcceptance>;
};

export type BudgetPlanEdge = {
  cursor: Scalars['String']['output'];
  node: BudgetPlan;
};

export type BudgetPlanPage = {
  edges: Array<BudgetPlanEdge>;
  pageInfo: PageInfo;
};

export type BudgetPlanPayload = {
  plan: BudgetPlan;
};

/** One channel in several plans. */
export type ComparedChannel = {
  name: Scalars['String']['output'];
  /** One per plan; null where the plan has no such channel. */
  spends: Array<Maybe<Scalars['Float']['output']>>;
  responses: Array<Maybe<Scalars['Float']['output']>>;
};

export type BudgetComparison = {
  plans: Array<BudgetPlan>;
  channels: Array<ComparedChannel>;
  /** What keeps the plans from being compared as they are. */
  warnings: Array<Scalars['String']['output']>;
  conclusion: Scalars['String']['output'];
};

export type BudgetPlanEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  plan: BudgetPlan;
};

/** A trained mix model that plans can be made on. */
export type PlanModel = {
  modelId: Scalars['ID']['output'];
  /** Of the registry; null for a training outside of it. */
  name?: Maybe<Scalars['String']['output']>;
  version?: Maybe<Scalars['Int']['output']>;
  /** The version promoted in its registry entry. */
  promoted: Scalars['Boolean']['output'];
  kpi: MixKpi;
  currency: Scalars['String']['output'];
  channels: Array<Scalars['String']['output']>;
  firstDate: Scalars['Date']['output'];
  lastDate: Scalars['Date']['output'];
  mock: Scalars['Boolean']['output'];
  trainedAt: Scalars['DateTime']['output'];
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

export type ExperimentMetric = {
  name: Scalars['String']['output'];
  kind: ExperimentMetricKind;
  adjusted: Scalars['Boolean']['output'];
};

export type ExperimentArm = {
  name: Scalars['String']['output'];
  share: Scalars['Float']['output'];
  campaign?: Maybe<Scalars['String']['output']>;
};

export type ExperimentPlan = {
  baseline: Scalars['Float']['output'];
  sd?: Maybe<Scalars['Float']['output']>;
  effect: Scalars['Float']['output'];
  scale: EffectScale;
  alpha: Scalars['Float']['output'];
  power: Scalars['Float']['output'];
  sequential: Scalars['Boolean']['output'];
  correlation: Scalars['Float']['output'];
  unitsPerDay?: Maybe<Scalars['Float']['output']>;
  costPerUnit?: Maybe<Scalars['Float']['output']>;
};

export type AbExperiment = {
  unit: Scalars['String']['output'];
  metrics: Array<ExperimentMetric>;
  arms: Array<ExperimentArm>;
  plan: ExperimentPlan;
  correction: PValueCorrection;
  source: ExperimentSource;
  mock: Scalars['Boolean']['output'];
};

export type GeoExperiment = {
  channel: Scalars['String']['output'];
  kpi: MixKpi;
  basis: MixBasis;
  from: Scalars['Date']['output'];
  alpha: Scalars['Float']['output'];
  power: Scalars['Float']['output'];
  connectionIds?: Maybe<Array<Scalars['ID']['output']>>;
  mock: Scalars['Boolean']['output'];
};

export type RegionInputs = {
  regions: Array<Scalars['String']['output']>;
  days: Scalars['Int']['output'];
  firstDate: Scalars['Date']['output'];
  lastDate: Scalars['Date']['output'];
  currency: Scalars['String']['output'];
  sourceKinds: Array<Scalars['String']['output']>;
  dataHash: Scalars['String']['output'];
};

export type GeoCell = {
  name: Scalars['String']['output'];
  markets: Array<Scalars['String']['output']>;
};

export type GeoDesign = {
  method: MarketMethod;
  seed: Scalars['Int']['output'];
  days: Scalars['Int']['output'];
  cells: Array<GeoCell>;
  controls: Array<Scalars['String']['output']>;
  untouched: Array<Scalars['String']['output']>;
  /** Pairs or strata that were drawn from. */
  groups: Array<Array<Scalars['String']['output']>>;
  /** By cell. */
  power: Array<MarketDesign>;
  inputs: RegionInputs;
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
};

export type ArmTotal = {
  arm: Scalars['String']['output'];
  metric: Scalars['String']['output'];
  n: Scalars['Float']['output'];
  /** Planned. */
  share: Scalars['Float']['output'];
};

/** The intervals as they stood at the end of a day. */
export type SequencePoint = {
  day: Scalars['Date']['output'];
  arm: Scalars['String']['output'];
  n: Scalars['Float']['output'];
  estimate: Scalars['Float']['output'];
  low?: Maybe<Scalars['Float']['output']>;
  high?: Maybe<Scalars['Float']['output']>;
  /** Always valid. */
  pValue: Scalars['Float']['output'];
  fixedLow?: Maybe<Scalars['Float']['output']>;
  fixedHigh?: Maybe<Scalars['Float']['output']>;
};

/** Why figures cannot answer. */
export type AnalysisProblem = {
  code: Scalars['String']['output'];
  field: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

export type MetricAnalysis = {
  metric: Scalars['String']['output'];
  primary: Scalars['Boolean']['output'];
  comparisons: Array<AbComparison>;
  timeline: Array<SequencePoint>;
  /** The first day on which an always-valid interval left zero out. */
  decisiveSince?: Maybe<Scalars['Date']['output']>;
  problem?: Maybe<AnalysisProblem>;
};

export type GeoPoint = {
  day: Scalars['Date']['output'];
  treated: Scalars['Boolean']['output'];
  observed: Scalars['Float']['output'];
  expected: Scalars['Float']['output'];
  effect: Scalars['Float']['output'];
  cumulative?: Maybe<Scalars['Float']['output']>;
};

export type GeoWeight = {
  market: Scalars['String']['output'];
  weight: Scalars['Float']['output'];
};

/** A cell of a geo experiment; outcomes are sums over its markets. */
export type CellAnalysis = {
  cell: Scalars['String']['output'];
  markets: Array<Scalars['String']['output']>;
  relative?: Maybe<Scalars['Float']['output']>;
  /** Over all days of the test; bounds only at the planned end. */
  incremental: CalibrationRange;
  standardError?: Maybe<Scalars['Float']['output']>;
  /** Only at the planned end. */
  pValue?: Maybe<Scalars['Float']['output']>;
  adjustedPValue?: Maybe<Scalars['Float']['output']>;
  /** Per day in these markets, before. */
  spend: Scalars['Float']['output'];
  /** Per day in the test. */
  spendChange: Scalars['Float']['output'];
  perSpend?: Maybe<CalibrationRange>;
  /** Misfit before the start over that of equal weights. */
  scaledL2: Scalars['Float']['output'];
  weights: Array<GeoWeight>;
  series: Array<GeoPoint>;
  warnings: Array<Scalars['String']['output']>;
  conclusion: Scalars['String']['output'];
};

export type AnalysisInputs = {
  rows: Scalars['Int']['output'];
  firstDate?: Maybe<Scalars['Date']['output']>;
  lastDate?: Maybe<Scalars['Date']['output']>;
  sourceKinds: Array<Scalars['String']['output']>;
  currency?: Maybe<Scalars['String']['output']>;
  dataHash: Scalars['String']['output'];
};

export type ExperimentAnalysis = {
  /** The last day with figures. */
  asOf?: Maybe<Scalars['Date']['output']>;
  days: Scalars['Int']['output'];
  /** Whether the planned end is reached, so that what holds there alone may be read. */
  final: Scalars['Boolean']['output'];
  stoppedEarly: Scalars['Boolean']['output'];
  arms: Array<ArmTotal>;
  sampleRatio?: Maybe<SampleRatioCheck>;
  metrics: Array<MetricAnalysis>;
  cells: Array<CellAnalysis>;
  problem?: Maybe<AnalysisProblem>;
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
  inputs: AnalysisInputs;
  codeVersion: Scalars['String']['output'];
};

export type ExperimentDecision = {
  verdict: Verdict;
  why: Scalars['String']['output'];
  by: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  /** SHA-256 of the result decided upon. */
  resultHash: Scalars['String']['output'];
};

export type Experiment = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  hypothesis: Scalars['String']['output'];
  kind: ExperimentKind;
  state: ExperimentState;
  /** What may be done now. */
  allowed: Array<ExperimentAction>;
  ab?: Maybe<AbExperiment>;
  geo?: Maybe<GeoExperiment>;
  abDesign?: Maybe<AbDesign>;
  geoDesign?: Maybe<GeoDesign>;
  /** Salt of the assignment: the arm of a unit is where the first 13 hexadecimal digits of SHA-256(`salt:unit`) over 16^13 fall on the arms' shares laid end to end. */
  salt: Scalars['String']['output'];
  startedOn?: Maybe<Scalars['Date']['output']>;
  /** Inclusive. */
  endsOn?: Maybe<Scalars['Date']['output']>;
  /** As figures stand now, or as decided upon. Null before the start. */
  analysis?: Maybe<ExperimentAnalysis>;
  decision?: Maybe<ExperimentDecision>;
  calibrations: Array<Calibration>;
  createdBy: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  changedAt: Scalars['DateTime']['output'];
};

export type ExperimentEdge = {
  cursor: Scalars['String']['output'];
  node: Experiment;
};

export type ExperimentPage = {
  edges: Array<ExperimentEdge>;
  pageInfo: PageInfo;
};

export type ExperimentPayload = {
  experiment: Experiment;
};

export type RecordObservationsPayload = {
  experiment: Experiment;
  /** The batch had been taken in before; nothing was done. */
  repeated: Scalars['Boolean']['output'];
};

export type AssignedUnit = {
  unit: Scalars['String']['output'];
  stratum?: Maybe<Scalars['String']['output']>;
  arm: Scalars['String']['output'];
  /** 0 to below 1. */
  bucket: Scalars['Float']['output'];
};

/** An experiment changed or figures of it arrived. */
export type ExperimentEvent = {
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  experiment: Experiment;
};

export type EffectPower = {
  effect: Scalars['Float']['output'];
  /** Share of windows in which it was found. */
  power: Scalars['Float']['output'];
  meanLift: Scalars['Float']['output'];
  /** In the latest window. */
  estimate: Scalars['Float']['output'];
  lift: Scalars['Float']['output'];
  investment: Scalars['Float']['output'];
};

/** A set of markets and a duration, simulated on history. */
export type MarketDesign = {
  markets: Array<Scalars['String']['output']>;
  duration: Scalars['Int']['output'];
  windows: Scalars['Int']['output'];
  effects: Array<EffectPower>;
  /** How often a test that did nothing looks as if it had worked. */
  falsePositiveRate: Scalars['Float']['output'];
  falsePositiveError: Scalars['Float']['output'];
  /** Smallest effect tried that is found often enough. */
  detectable?: Maybe<Scalars['Float']['output']>;
  investment?: Maybe<Scalars['Float']['output']>;
  /** Of the whole outcome. */
  share: Scalars['Float']['output'];
  liftAtZero: Scalars['Float']['output'];
  l2: Scalars['Float']['output'];
  scaledL2: Scalars['Float']['output'];
  meanBias: Scalars['Float']['output'];
  /** 1 is best. */
  rank: Scalars['Int']['output'];
  warnings: Array<Scalars['String']['output']>;
};

export type MarketSelection = {
  id: Scalars['ID']['output'];
  experimentId?: Maybe<Scalars['ID']['output']>;
  state: RunState;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  settings: Scalars['JSON']['output'];
  inputs?: Maybe<RegionInputs>;
  /** Best first, at most 200. */
  designs: Array<MarketDesign>;
  /** The best designs without a market in common, for tests of several cells. */
  disjoint: Array<MarketDesign>;
  conclusion?: Maybe<Scalars['String']['output']>;
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
  error?: Maybe<Scalars['String']['output']>;
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};


export type MarketSelectionDisjointArgs = {
  cells?: Scalars['Int']['input'];
};

export type MarketSelectionEdge = {
  cursor: Scalars['String']['output'];
  node: MarketSelection;
};

export type MarketSelectionPage = {
  edges: Array<MarketSelectionEdge>;
  pageInfo: PageInfo;
};

export type MarketSelectionPayload = {
  selection: MarketSelection;
};

export type MarketSelectionEvent = {
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  selection: MarketSelection;
};

/** A figure and its interval; null ends are unknown or unlimited. */
export type LiftEstimate = {
  value: Scalars['Float']['output'];
  low?: Maybe<Scalars['Float']['output']>;
  high?: Maybe<Scalars['Float']['output']>;
  standardError?: Maybe<Scalars['Float']['output']>;
};

/** One figure per period; null where there is no bound. */
export type LiftBand = {
  mean: Array<Scalars['Float']['output']>;
  low: Array<Maybe<Scalars['Float']['output']>>;
  high: Array<Maybe<Scalars['Float']['output']>>;
};

export type LiftPValue = {
  /** e.g. `AVERAGE_EFFECT`, `ANY_EFFECT`, `PLACEBO_RANK`, `CLUSTERED_T`, `WILD_BOOTSTRAP`, `TAIL_AREA`. */
  test: Scalars['String']['output'];
  value: Scalars['Float']['output'];
  /** What it says. */
  meaning: Scalars['String']['output'];
  /** The smallest value the test could give; null when it has no limit. */
  smallest?: Maybe<Scalars['Float']['output']>;
  /** Standard deviation over seeds. */
  monteCarloError: Scalars['Float']['output'];
};

/** A control and how much of the counterfactual it carries. */
export type LiftWeight = {
  unit: Scalars['String']['output'];
  /** Weight; of causal impact the coefficient on standardised series. */
  weight: Scalars['Float']['output'];
  /** Causal impact: share of draws that use the control. */
  inclusion?: Maybe<Scalars['Float']['output']>;
};

/** How well the counterfactual follows what was observed before the treatment. */
export type LiftFit = {
  /** Mean squared gap before and after, and their ratio. */
  preMspe: Scalars['Float']['output'];
  postMspe: Scalars['Float']['output'];
  mspeRatio?: Maybe<Scalars['Float']['output']>;
  rSquared?: Maybe<Scalars['Float']['output']>;
  /** Length of the vector of gaps before, and that over the one of equal weights. */
  l2: Scalars['Float']['output'];
  scaledL2?: Maybe<Scalars['Float']['output']>;
  /** Share of periods before in which the treated lie outside all controls. */
  outsideRange?: Maybe<Scalars['Float']['output']>;
  /** 1 over the sum of squared weights. */
  effectiveControls?: Maybe<Scalars['Float']['output']>;
  lambda?: Maybe<Scalars['Float']['output']>;
  estimatedBias?: Maybe<Scalars['Float']['output']>;
};

export type LiftPlaceboUnit = {
  unit: Scalars['String']['output'];
  treated: Scalars['Boolean']['output'];
  preMspe: Scalars['Float']['output'];
  postMspe: Scalars['Float']['output'];
  /** Null when the fit before is exact. */
  ratio?: Maybe<Scalars['Float']['output']>;
  effect: Scalars['Float']['output'];
};

/** Every unit as if it had been treated, largest ratio of gaps first. */
export type LiftPlacebos = {
  rank: Scalars['Int']['output'];
  units: Array<LiftPlaceboUnit>;
};

export type LiftEvent = {
  /** Periods since the start. */
  event: Scalars['Int']['output'];
  estimate: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
  pValue: Scalars['Float']['output'];
  /** Bounds that hold all at once. */
  bandLow?: Maybe<Scalars['Float']['output']>;
  bandHigh?: Maybe<Scalars['Float']['output']>;
};

export type LiftGroupEffect = {
  /** First treated period of the group. */
  group: Scalars['String']['output'];
  period: Scalars['String']['output'];
  estimate: Scalars['Float']['output'];
  standardError: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
};

export type LiftAggregate = {
  /** SIMPLE, EVENT, GROUP, CALENDAR, or FIXED_EFFECTS for the two-way regression, for comparison. */
  by: Scalars['String']['output'];
  estimate: Scalars['Float']['output'];
  standardError: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
  pValue: Scalars['Float']['output'];
  parts: Array<LiftAggregatePart>;
};

export type LiftAggregatePart = {
  key: Scalars['String']['output'];
  estimate: Scalars['Float']['output'];
  standardError: Scalars['Float']['output'];
};

/** Whether treated and untreated moved alike before the treatment. */
export type LiftParallelTrends = {
  pValue: Scalars['Float']['output'];
  /** Periods before the start that are tested. */
  effects: Scalars['Int']['output'];
  conclusion: Scalars['String']['output'];
};

export type LiftBalance = {
  predictor: Scalars['String']['output'];
  importance: Scalars['Float']['output'];
  treated: Scalars['Float']['output'];
  synthetic: Scalars['Float']['output'];
  controlMean: Scalars['Float']['output'];
};

export type LiftRefutationEstimate = {
  label: Scalars['String']['output'];
  effect: Scalars['Float']['output'];
};

export type LiftRefutation = {
  /** PLACEBO_TIME, PLACEBO_UNIT, LEAVE_ONE_OUT, RANDOM_CAUSE or SUBSET. */
  kind: Scalars['String']['output'];
  effect: Scalars['Float']['output'];
  estimates: Array<LiftRefutationEstimate>;
  /** It never proves the estimate; it can only fail to refute it. */
  passed: Scalars['Boolean']['output'];
  pValue?: Maybe<Scalars['Float']['output']>;
  conclusion: Scalars['String']['output'];
  assumption: Scalars['String']['output'];
};

export type LiftSkipped = {
  kind: Scalars['String']['output'];
  reason: Scalars['String']['output'];
};

/** Spend of the treated, per period over all of them. */
export type LiftSpend = {
  before?: Maybe<Scalars['Float']['output']>;
  change: Scalars['Float']['output'];
  /** Over the whole treatment. */
  totalChange: Scalars['Float']['output'];
  currency?: Maybe<Scalars['String']['output']>;
  /** Whether it was said and not taken from records. */
  given: Scalars['Boolean']['output'];
};

export type LiftResult = {
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  level: Scalars['Float']['output'];
  /** Per treated unit and period. */
  effect: LiftEstimate;
  /** Over the counterfactual; null when that is not positive. */
  relative?: Maybe<LiftEstimate>;
  /** Over all treated units and periods. */
  total: LiftEstimate;
  pValues: Array<LiftPValue>;
  periods: Array<Scalars['String']['output']>;
  /** Periods before the (first) treatment. */
  pre: Scalars['Int']['output'];
  /** Mean of the treated units. */
  observed: Array<Scalars['Float']['output']>;
  counterfactual: LiftBand;
  /** Observed less counterfactual. */
  pointwise: LiftBand;
  /** Running total over treated units, by the periods of `cumulativePeriods`. */
  cumulative: LiftBand;
  cumulativePeriods: Array<Scalars['String']['output']>;
  weights: Array<LiftWeight>;
  /** Synthetic difference in differences: weights of periods before the treatment. */
  timeWeights: Array<LiftWeight>;
  fit: LiftFit;
  placebos?: Maybe<LiftPlacebos>;
  balance: Array<LiftBalance>;
  eventStudy: Array<LiftEvent>;
  parallelTrends?: Maybe<LiftParallelTrends>;
  groupEffects: Array<LiftGroupEffect>;
  aggregates: Array<LiftAggregate>;
  refutations: Array<LiftRefutation>;
  /** Tests that the data do not allow, and why. */
  skipped: Array<LiftSkipped>;
  spend?: Maybe<LiftSpend>;
  /** Incremental total per unit of spend change. */
  iroas?: Maybe<LiftEstimate>;
};

export type LiftInputs = {
  /** RECORDS or PANEL. */
  source: Scalars['String']['output'];
  valueName: Scalars['String']['output'];
  currency?: Maybe<Scalars['String']['output']>;
  treated: Array<Scalars['String']['output']>;
  controls: Array<Scalars['String']['output']>;
  periods: Scalars['Int']['output'];
  firstPeriod: Scalars['String']['output'];
  lastPeriod: Scalars['String']['output'];
  start: Scalars['String']['output'];
  sourceKinds: Array<Scalars['String']['output']>;
  /** Unit-periods without any record that were counted as nothing. */
  filled: Scalars['Int']['output'];
  /** SHA-256 over everything the computation reads, in hexadecimal. */
  dataHash: Scalars['String']['output'];
};

/** What calibrates a mix model: the change of the KPI per period at a change of spend per period. */
export type LiftCalibration = {
  channel?: Maybe<Scalars['String']['output']>;
  region?: Maybe<Scalars['String']['output']>;
  from: Scalars['String']['output'];
  to: Scalars['String']['output'];
  kpi: Scalars['String']['output'];
  basis: Scalars['String']['output'];
  currency?: Maybe<Scalars['String']['output']>;
  spend: Scalars['Float']['output'];
  spendChange: Scalars['Float']['output'];
  kpiChange: Scalars['Float']['output'];
  standardError: Scalars['Float']['output'];
  method: Scalars['String']['output'];
  sourceKinds: Array<Scalars['String']['output']>;
};

/** One evaluation of a treatment; it can be computed again and must give the same. */
export type LiftEvaluation = {
  id: Scalars['ID']['output'];
  name?: Maybe<Scalars['String']['output']>;
  method: LiftMethod;
  state: RunState;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  /** Everything that was chosen, defaults filled in; the rows of a panel apart. */
  settings: Scalars['JSON']['output'];
  seed: Scalars['Int']['output'];
  inputs?: Maybe<LiftInputs>;
  result?: Maybe<LiftResult>;
  /** Null where the evaluation cannot calibrate: it needs records, a KPI of sales and a change of spend. */
  calibration?: Maybe<LiftCalibration>;
  warnings: Array<Scalars['String']['output']>;
  /** What went wrong. */
  error?: Maybe<Scalars['String']['output']>;
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};

export type LiftEvaluationEdge = {
  cursor: Scalars['String']['output'];
  node: LiftEvaluation;
};

export type LiftEvaluationPage = {
  edges: Array<LiftEvaluationEdge>;
  pageInfo: PageInfo;
};

export type LiftEvaluationPayload = {
  evaluation: LiftEvaluation;
};

export type LiftEvaluationEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  evaluation: LiftEvaluation;
};

export type MixCandidateChannel = {
  name: Scalars['String']['output'];
  /** Share of a period's effect that goes on in the next. */
  decay: Scalars['Float']['output'];
  /** Of the Hill curve; above 1 it is S-shaped. */
  slope: Scalars['Float']['output'];
  /** Half saturation over the highest carried-over media. */
  half: Scalars['Float']['output'];
  contribution: Scalars['Float']['output'];
  shareOfEffect: Scalars['Float']['output'];
  shareOfSpend: Scalars['Float']['output'];
  roi: Scalars['Float']['output'];
};

/** A prior in the form that a training takes. */
export type MixCandidatePrior = {
  key: Scalars['String']['output'];
  channel: Scalars['String']['output'];
  kind: MixPriorKind;
  parameters: Array<Scalars['Float']['output']>;
};

/** One guess at the shapes of all channels with what it comes to. Lower is better in all three measures. */
export type MixCandidate = {
  number: Scalars['Int']['output'];
  /** Root mean squared error over the range of the KPI. */
  error: Scalars['Float']['output'];
  /** Distance between shares of effect and shares of spend. */
  distance: Scalars['Float']['output'];
  /** Mean relative distance from experiments; 0 without any. */
  liftError: Scalars['Float']['output'];
  penalty: Scalars['Float']['output'];
  channels: Array<MixCandidateChannel>;
  /** For a training with Hill curves whose shapes are likely near these. */
  priors: Array<MixCandidatePrior>;
};

export type MixCandidatePoint = {
  error: Scalars['Float']['output'];
  distance: Scalars['Float']['output'];
};

/** A search over many shapes by ridge regression: what is possible, not what is likely. */
export type MixExploration = {
  id: Scalars['ID']['output'];
  state: RunState;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  candidates: Scalars['Int']['output'];
  seed: Scalars['Int']['output'];
  nonNegative: Scalars['Boolean']['output'];
  /** What was asked to be read, and trend, season and experiments, so that a training can begin with the same. */
  settings: Scalars['JSON']['output'];
  inputs?: Maybe<MixInputs>;
  /** Candidates that no other beats in every measure, by increasing error. */
  front: Array<MixCandidate>;
  /** Some of all candidates, at most 500. */
  others: Array<MixCandidatePoint>;
  /** One sentence; null before there is a result. */
  conclusion?: Maybe<Scalars['String']['output']>;
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
  error?: Maybe<Scalars['String']['output']>;
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};

export type MixExplorationEdge = {
  cursor: Scalars['String']['output'];
  node: MixExploration;
};

export type MixExplorationPage = {
  edges: Array<MixExplorationEdge>;
  pageInfo: PageInfo;
};

export type MixExplorationPayload = {
  exploration: MixExploration;
};

export type MixExplorationEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  exploration: MixExploration;
};

/** What is believed of one quantity before the data. */
export type MixPrior = {
  /** Give it back in `priors` to change it, e.g. `carryOver.rate`. */
  key: Scalars['String']['output'];
  /** Null for what is about all channels or none. */
  channel?: Maybe<Scalars['String']['output']>;
  label: Scalars['String']['output'];
  kind: MixPriorKind;
  parameters: Array<Scalars['Float']['output']>;
  parameterNames: Array<Scalars['String']['output']>;
  /** Kinds it may be changed to. */
  kinds: Array<MixPriorKind>;
  interval: MixInterval;
  sentence: Scalars['String']['output'];
};

/** Mean, and the interval that holds 90 % of the posterior. */
export type MixInterval = {
  mean: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
};

export type MixSource = {
  connectionId: Scalars['ID']['output'];
  sourceKind: Scalars['String']['output'];
  /** Records read. */
  records: Scalars['Int']['output'];
  from: Scalars['Date']['output'];
  to: Scalars['Date']['output'];
};

export type MixInputs = {
  periods: Scalars['Int']['output'];
  channels: Array<Scalars['String']['output']>;
  /** More than one in a model of regions. */
  regions: Array<Scalars['String']['output']>;
  controls: Array<Scalars['String']['output']>;
  /** Holidays and events. */
  events: Array<Scalars['String']['output']>;
  kpi: MixKpi;
  basis: MixBasis;
  period: MixPeriod;
  /** `live`, `file` or `mock`. */
  sourceKinds: Array<Scalars['String']['output']>;
  /** Where the records came from. */
  sources: Array<MixSource>;
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

/** What the data can tell of a channel. */
export type MixChannelDiagnosis = {
  name: Scalars['String']['output'];
  /** Against everything else in the model; above 10 is too much. */
  varianceInflation: Scalars['Float']['output'];
  /** The channel that moves most like it. */
  closest?: Maybe<Scalars['String']['output']>;
  closestCorrelation?: Maybe<Scalars['Float']['output']>;
  /** Standard deviation of its media over the mean. */
  variation: Scalars['Float']['output'];
  /** Of its effect, in the units of the effect's prior. */
  prior: MixInterval;
  posterior: MixInterval;
  /** Distance of the means in standard deviations of the prior. */
  shift: Scalars['Float']['output'];
  /** 1 - posterior variance / prior variance; near 0 the data said nothing. */
  learned: Scalars['Float']['output'];
};

export type MixDiagnosis = {
  channels: Array<MixChannelDiagnosis>;
  lowestEnergyFraction: Scalars['Float']['output'];
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
  /** Empty in a national model. */
  regions: Array<MixChannelRegion>;
};

export type MixChannelRegion = {
  region: Scalars['String']['output'];
  spend: Scalars['Float']['output'];
  contribution: MixInterval;
  /** Null without spend. */
  roi?: Maybe<MixInterval>;
};

/** The KPI as it was and as the model has it, periods held out too. */
export type MixFit = {
  actual: Array<Scalars['Float']['output']>;
  mean: Array<Scalars['Float']['output']>;
  /** 90 % of what the model expects, noise included. */
  low: Array<Scalars['Float']['output']>;
  high: Array<Scalars['Float']['output']>;
};

/** A result of an experiment beside what the model says of the same. */
export type MixExperiment = {
  channel: Scalars['String']['output'];
  geo?: Maybe<Scalars['String']['output']>;
  calibrationId?: Maybe<Scalars['ID']['output']>;
  method?: Maybe<Scalars['String']['output']>;
  /** Per period, as the rest. */
  spend: Scalars['Float']['output'];
  spendChange: Scalars['Float']['output'];
  measured: Scalars['Float']['output'];
  standardError: Scalars['Float']['output'];
  predicted: MixInterval;
  /** Difference of the means over both uncertainties together; beyond 2 they disagree. */
  distance: Scalars['Float']['output'];
  agrees: Scalars['Boolean']['output'];
};

export type MixPreviewChannel = {
  name: Scalars['String']['output'];
  spend: Scalars['Float']['output'];
  impressions: Scalars['Float']['output'];
  clicks: Scalars['Float']['output'];
  /** Days with spend. */
  activeDays: Scalars['Int']['output'];
};

/** Something that keeps a model from being trained. */
export type MixProblem = {
  /** e.g. `TOO_FEW`, `COLLINEAR`. */
  code: Scalars['String']['output'];
  /** Of the input. */
  field?: Maybe<Scalars['String']['output']>;
  message: Scalars['String']['output'];
};

/** What a training would read. */
export type MixPreview = {
  periods: Scalars['Int']['output'];
  currency?: Maybe<Scalars['String']['output']>;
  /** Of all channels with records. */
  channels: Array<MixPreviewChannel>;
  regions: Array<Scalars['String']['output']>;
  events: Array<Scalars['String']['output']>;
  controls: Array<Scalars['String']['output']>;
  priors: Array<MixPrior>;
  warnings: Array<Scalars['String']['output']>;
  problems: Array<MixProblem>;
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
  /** Null for what has no prior of its own. */
  prior?: Maybe<MixInterval>;
  /** Distance of posterior and prior mean in standard deviations of the prior. */
  shift?: Maybe<Scalars['Float']['output']>;
  /** 1 - posterior variance / prior variance. */
  learned?: Maybe<Scalars['Float']['output']>;
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
  fit?: Maybe<MixFit>;
  experiments: Array<MixExperiment>;
  /** All priors in sentences. */
  priors: Array<MixPrior>;
  /** One sentence with its uncertainty; null before there is a result. */
  conclusion?: Maybe<Scalars['String']['output']>;
  /** What has to hold for it. */
  assumptions: Array<Scalars['String']['output']>;
  /** `live`, `file` or `mock`; empty before anything was read. */
  sourceKinds: Array<Scalars['String']['output']>;
  /** Everything random follows from it. */
  seed: Scalars['Int']['output'];
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

export type BackTest = {
  folds: Scalars['Int']['output'];
  periods: Scalars['Int']['output'];
};

/** A point of a back-test: what was foretold of a period, and what happened. */
export type FoldPoint = {
  date: Scalars['Date']['output'];
  actual: Scalars['Float']['output'];
  predicted: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
};

/** How well something was foretold. */
export type FoldMetrics = {
  periods: Scalars['Int']['output'];
  /** Mean absolute error as a share of the value; null where a value is 0. */
  mape?: Maybe<Scalars['Float']['output']>;
  /** Sum of absolute errors over the sum of absolute values. */
  weightedError: Scalars['Float']['output'];
  /** Share of values inside their 90 % predictive interval. */
  coverage: Scalars['Float']['output'];
  /** Null for a single or constant value. */
  rSquared?: Maybe<Scalars['Float']['output']>;
};

/** One step of the rolling origin: trained until a day, tested on the periods after it. */
export type ModelFold = {
  /** Last day that was known. */
  trainedUntil: Scalars['Date']['output'];
  from: Scalars['Date']['output'];
  to: Scalars['Date']['output'];
  metrics: FoldMetrics;
  points: Array<FoldPoint>;
};

export type ModelVersionInputs = {
  periods: Scalars['Int']['output'];
  channels: Array<Scalars['String']['output']>;
  currency: Scalars['String']['output'];
  kpi: MixKpi;
  firstDate: Scalars['Date']['output'];
  lastDate: Scalars['Date']['output'];
  dataHash: Scalars['String']['output'];
  mock: Scalars['Boolean']['output'];
};

/** What a version foretold of a period it was not trained on, once the period was over. */
export type ModelAccuracyPoint = {
  period: Scalars['Date']['output'];
  actual: Scalars['Float']['output'];
  predicted: Scalars['Float']['output'];
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
  computedAt: Scalars['DateTime']['output'];
};

export type ModelAccuracy = {
  points: Array<ModelAccuracyPoint>;
  /** Null before there is a point. */
  metrics?: Maybe<FoldMetrics>;
  conclusion: Scalars['String']['output'];
};

export type ModelVersion = {
  id: Scalars['ID']['output'];
  modelId: Scalars['ID']['output'];
  number: Scalars['Int']['output'];
  stage: ModelStage;
  state: RunState;
  /** 0 to 1, back-test and training together. */
  progress: Scalars['Float']['output'];
  /** As it was asked for. */
  training: Scalars['JSON']['output'];
  backTest: BackTest;
  mixModelId: Scalars['ID']['output'];
  mixModel?: Maybe<MixModel>;
  inputs?: Maybe<ModelVersionInputs>;
  folds: Array<ModelFold>;
  /** Over all folds. */
  metrics?: Maybe<FoldMetrics>;
  accuracy: ModelAccuracy;
  warnings: Array<Scalars['String']['output']>;
  error?: Maybe<Scalars['String']['output']>;
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  promotedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};

export type Model = {
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  kind: ModelKind;
  /** What the next version is trained with unless told otherwise. */
  training: Scalars['JSON']['output'];
  backTest: BackTest;
  mock: Scalars['Boolean']['output'];
  champion?: Maybe<ModelVersion>;
  /** Newest first. */
  versions: Array<ModelVersion>;
  createdAt: Scalars['DateTime']['output'];
  createdBy: Scalars['String']['output'];
  retiredAt?: Maybe<Scalars['DateTime']['output']>;
};

export type ModelEdge = {
  cursor: Scalars['String']['output'];
  node: Model;
};

export type ModelPage = {
  edges: Array<ModelEdge>;
  pageInfo: PageInfo;
};

export type ModelPayload = {
  model: Model;
};

export type ModelVersionPayload = {
  version: ModelVersion;
};

export type ModelEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  model: Model;
};

export type VersionComparison = {
  versions: Array<ModelVersion>;
  /** The one that foretold best; null when chance may have made the difference. */
  bestId?: Maybe<Scalars['ID']['output']>;
  conclusion: Scalars['String']['output'];
  warnings: Array<Scalars['String']['output']>;
};

export type PredictedChannel = {
  name: Scalars['String']['output'];
  /** One per period, as the rest. */
  spend: Array<Scalars['Float']['output']>;
  mean: Array<Scalars['Float']['output']>;
  low: Array<Scalars['Float']['output']>;
  high: Array<Scalars['Float']['output']>;
  total: MixInterval;
};

export type PredictedPeriod = {
  date: Scalars['Date']['output'];
  /** Null for what has not been. */
  actual?: Maybe<Scalars['Float']['output']>;
  mean: Scalars['Float']['output'];
  /** 90 %, noise included. */
  low: Scalars['Float']['output'];
  high: Scalars['Float']['output'];
};

export type ModelPredictions = {
  version: ModelVersion;
  kpi: MixKpi;
  currency: Scalars['String']['output'];
  periods: Array<PredictedPeriod>;
  /** Over all periods, noise included. */
  total: MixInterval;
  channels: Array<PredictedChannel>;
  conclusion: Scalars['String']['output'];
  assumptions: Array<Scalars['String']['output']>;
  warnings: Array<Scalars['String']['output']>;
};

/** A stored result computed again from the data of today with the same settings and seed, and how the two compare. */
export type Reproduction = {
  id: Scalars['ID']['output'];
  kind: ReproducibleKind;
  /** Of the stored result. */
  subjectId: Scalars['ID']['output'];
  state: RunState;
  /** 0 to 1. */
  progress: Scalars['Float']['output'];
  /** All figures are the same, up to rounding (1e-9 of a figure). Null until computed. */
  identical?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the data is still the data of the stored result. Null until computed. */
  sameData?: Maybe<Scalars['Boolean']['output']>;
  /** Largest difference of any figure, relative to its size where that is above 1; of any credit in an attribution run, not relative. Null until computed. */
  largestDifference?: Maybe<Scalars['Float']['output']>;
  error?: Maybe<Scalars['String']['output']>;
  codeVersion: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  computeMillis?: Maybe<Scalars['Float']['output']>;
};

export type ReproductionEdge = {
  cursor: Scalars['String']['output'];
  node: Reproduction;
};

export type ReproductionPage = {
  edges: Array<ReproductionEdge>;
  pageInfo: PageInfo;
};

export type ReproducePayload = {
  reproduction: Reproduction;
};

export type ReproductionEvent = {
  /** Pass the last one seen as `after` to miss nothing. */
  sequence: Scalars['Int']['output'];
  at: Scalars['DateTime']['output'];
  reproduction: Reproduction;
};
