import type { SampleRatio } from '../ab/sample-ratio.pure.ts';
import type { ShownComparison } from '../ab/show-comparison.pure.ts';

/** What was counted of an arm up to the day of the analysis. */
export interface ArmTotal {
  readonly arm: string;
  readonly metric: string;
  readonly n: number;
  readonly share: number;
}

/** The always-valid interval as it stood at the end of a day. */
export interface SequencePoint {
  readonly day: string;
  readonly arm: string;
  readonly n: number;
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly pValue: number;
  /** Of the interval that holds at one planned look only. */
  readonly fixedLow: number | null;
  readonly fixedHigh: number | null;
}

/** Why figures cannot answer. */
export interface AnalysisProblem {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

export interface MetricAnalysis {
  readonly metric: string;
  readonly primary: boolean;
  readonly comparisons: readonly ShownComparison[];
  readonly timeline: readonly SequencePoint[];
  /** The first day on which an always-valid interval left zero out; null before. */
  readonly decisiveSince: string | null;
  readonly problem: AnalysisProblem | null;
}

export interface GeoPoint {
  readonly day: string;
  readonly treated: boolean;
  readonly observed: number;
  readonly expected: number;
  readonly effect: number;
  /** From the first treated day; null before. */
  readonly cumulative: number | null;
}

export interface Range {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** A cell of a geo test. Outcomes are sums over its markets. */
export interface CellAnalysis {
  readonly cell: string;
  readonly markets: readonly string[];
  readonly relative: number | null;
  /** Over all days of the test; bounds and p-values only at the planned end. */
  readonly incremental: Range;
  readonly standardError: number | null;
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  /** Per day in these markets: before, and what was spent more in the test. */
  readonly spend: number;
  readonly spendChange: number;
  /** Share of the spend of all markets before. */
  readonly spendShare: number;
  readonly perSpend: Range | null;
  readonly scaledL2: number;
  readonly weights: readonly { readonly market: string; readonly weight: number }[];
  readonly series: readonly GeoPoint[];
  readonly warnings: readonly string[];
  readonly conclusion: string;
}

export interface AnalysisInputs {
  readonly rows: number;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly sourceKinds: readonly string[];
  readonly currency: string | null;
  readonly dataHash: string;
}

/** What an experiment shows, as it is shown and, once decided, stored. */
export interface ExperimentAnalysis {
  /** The last day with figures; null without any. */
  readonly asOf: string | null;
  /** Days with figures. */
  readonly days: number;
  /** Whether the planned end is reached, so that what holds there alone may be read. */
  readonly final: boolean;
  readonly stoppedEarly: boolean;
  readonly arms: readonly ArmTotal[];
  readonly sampleRatio: SampleRatio | null;
  readonly metrics: readonly MetricAnalysis[];
  readonly cells: readonly CellAnalysis[];
  readonly problem: AnalysisProblem | null;
  readonly conclusion: string;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
  readonly inputs: AnalysisInputs;
  readonly codeVersion: string;
}
