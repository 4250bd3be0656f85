import { figure } from '../synthetic-control/describe-effect.pure.ts';
import { byCausalImpact } from './by-causal-impact.pure.ts';
import { byOneTreated, bySyntheticDid } from './by-double-difference.pure.ts';
import { byPanelDifferences } from './by-panel-differences.pure.ts';
import { byPredictors } from './by-predictors.pure.ts';
import { byStaggered } from './by-staggered.pure.ts';
import { bySyntheticControl } from './by-synthetic-control.pure.ts';
import { cutToEnd, startsOf, type LiftData, type Spend } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import { scaleEstimate, type Estimate, type LiftFindings, type LiftResult } from './lift-result.pure.ts';
import { refuteLift } from './refute-lift.pure.ts';

/**
 * Evaluate a treatment and put the estimate to the test. Deterministic by data and settings. `tick` is called after every
 * estimate of a test. Throws the Problems of the methods.
 */
export function evaluate(data: LiftData, settings: LiftSettings, tick: () => void = () => undefined): LiftResult {
  const found = byMethod(data, settings);
  const refuted = settings.refute ? refuteLift(data, settings, found, tick) : { refutations: [], skipped: [] };
  const { spend } = data;
  const iroas = spend && perSpend(found.total, spend);
  return {
    ...found,
    ...refuted,
    level: settings.level,
    spend,
    iroas,
    conclusion: iroas ? `${found.conclusion} ${returnText(iroas)}` : found.conclusion,
    warnings: [
      ...found.warnings,
      ...refuted.refutations.filter(({ passed }) => !passed).map(({ conclusion }) => conclusion),
    ],
  };
}

function byMethod(data: LiftData, settings: LiftSettings): LiftFindings {
  const { method, synthetic } = settings;
  if (method === 'CAUSAL_IMPACT') return byCausalImpact(cutToEnd(data), settings);
  if (method === 'SYNTHETIC_CONTROL') {
    if (synthetic.variant === 'SYNTHETIC_DID') return bySyntheticDid(data, settings);
    return synthetic.predictors.length > 0 ? byPredictors(data, settings) : bySyntheticControl(data, settings);
  }
  if (startsOf(data).length > 1) return byStaggered(data, settings);
  return data.treatments.length === 1 ? byOneTreated(data, settings) : byPanelDifferences(data, settings);
}

/** A change this small beside the level is no change to divide by. */
const leastChange = 0.01;

function perSpend(total: Estimate, { before, totalChange, change }: Spend): Estimate | null {
  const negligible = totalChange === 0 || Math.abs(change) < leastChange * Math.abs(before ?? 0);
  return negligible ? null : scaleEstimate(total, 1 / totalChange);
}

function returnText({ value, low, high }: Estimate): string {
  const range = low === null || high === null ? 'no interval' : `${figure(low)} to ${figure(high)}`;
  return `Per unit of spend changed that is ${figure(value)} (${range}).`;
}
