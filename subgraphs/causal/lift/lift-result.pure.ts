import type { Refutation } from '../synthetic-control/refute.pure.ts';
import type { Spend } from './lift-data.pure.ts';

/** A figure with its interval; null ends are unknown or unlimited. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
}

/** One figure per period; null where there is no bound. */
export interface Band {
  readonly mean: readonly number[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface PValue {
  readonly test: string;
  readonly value: number;
  readonly meaning: string;
  /** The smallest value the test could give; null without a limit. */
  readonly smallest: number | null;
  readonly monteCarloError: number;
}

export interface Weight {
  readonly unit: string;
  readonly weight: number;
  readonly inclusion: number | null;
}

export interface LiftFit {
  readonly preMspe: number;
  readonly postMspe: number;
  readonly mspeRatio: number | null;
  readonly rSquared: number | null;
  readonly l2: number;
  readonly scaledL2: number | null;
  readonly outsideRange: number | null;
  readonly effectiveControls: number | null;
  readonly lambda: number | null;
  readonly estimatedBias: number | null;
}

export interface PlaceboUnits {
  readonly rank: number;
  readonly units: readonly {
    readonly unit: string;
    readonly treated: boolean;
    readonly preMspe: number;
    readonly postMspe: number;
    readonly ratio: number | null;
    readonly effect: number;
  }[];
}

export interface LiftEvent {
  readonly event: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
  readonly bandLow: number | null;
  readonly bandHigh: number | null;
}

export interface GroupEffect {
  readonly group: string;
  readonly period: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

export interface LiftAggregate {
  readonly by: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
  readonly parts: readonly { readonly key: string; readonly estimate: number; readonly standardError: number }[];
}

export interface ParallelTrends {
  readonly pValue: number;
  readonly effects: number;
  readonly conclusion: string;
}

export interface Balanced {
  readonly predictor: string;
  readonly importance: number;
  readonly treated: number;
  readonly synthetic: number;
  readonly controlMean: number;
}

/** What a method finds. Parts that a method does not have are empty or null. */
export interface LiftFindings {
  readonly effect: Estimate;
  readonly relative: Estimate | null;
  readonly total: Estimate;
  readonly pValues: readonly PValue[];
  readonly periods: readonly string[];
  readonly pre: number;
  readonly observed: readonly number[];
  readonly counterfactual: Band;
  readonly pointwise: Band;
  readonly cumulative: Band;
  readonly cumulativePeriods: readonly string[];
  readonly weights: readonly Weight[];
  readonly timeWeights: readonly Weight[];
  readonly fit: LiftFit;
  readonly placebos: PlaceboUnits | null;
  readonly balance: readonly Balanced[];
  readonly eventStudy: readonly LiftEvent[];
  readonly parallelTrends: ParallelTrends | null;
  readonly groupEffects: readonly GroupEffect[];
  readonly aggregates: readonly LiftAggregate[];
  readonly conclusion: string;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

/** What only some methods find. */
export const nothingFound = {
  weights: [],
  timeWeights: [],
  placebos: null,
  balance: [],
  eventStudy: [],
  parallelTrends: null,
  groupEffects: [],
  aggregates: [],
  warnings: [],
} satisfies Partial<LiftFindings>;

export interface Skipped {
  readonly kind: string;
  readonly reason: string;
}

/** A finished evaluation, as it is stored. */
export interface LiftResult extends LiftFindings {
  readonly level: number;
  readonly refutations: readonly Refutation[];
  readonly skipped: readonly Skipped[];
  readonly spend: Spend | null;
  readonly iroas: Estimate | null;
}

/** Infinite and missing bounds are null. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

export function estimateOf(value: number, low: number | null, high: number | null, error?: number | null): Estimate {
  return { value, low: finiteOrNull(low), high: finiteOrNull(high), standardError: finiteOrNull(error) };
}

/** All figures of an estimate times a factor, which may be negative. */
export function scaleEstimate({ value, low, high, standardError }: Estimate, factor: number): Estimate {
  const [from, to] = factor < 0 ? [high, low] : [low, high];
  return {
    value: value * factor,
    low: from === null ? null : from * factor,
    high: to === null ? null : to * factor,
    standardError: standardError === null ? null : standardError * Math.abs(factor),
  };
}

/** An effect relative to a fixed counterfactual; null when that is not positive. */
export function relativeTo(effect: Estimate, expected: number): Estimate | null {
  return expected > 0 ? scaleEstimate(effect, 1 / expected) : null;
}

export function bandOf(mean: Iterable<number>, low: Iterable<number | null>, high: Iterable<number | null>): Band {
  return { mean: [...mean], low: Array.from(low, finiteOrNull), high: Array.from(high, finiteOrNull) };
}

/** The counterfactual that goes with observed values and an effect. */
export function counterfactualOf(observed: readonly number[], { mean, low, high }: Band): Band {
  const less = (effects: readonly (number | null)[]) =>
    observed.map((value, period) => (effects[period] === null ? null : value - effects[period]!));
  return { mean: less(mean).map((value) => value ?? 0), low: less(high), high: less(low) };
}
