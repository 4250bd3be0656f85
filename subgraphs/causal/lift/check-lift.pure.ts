import { badInput } from '@liftos/core/errors.ts';
import { standardise } from '../causal-impact/impact-data.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { requirePanel } from '../synthetic-control/panel.pure.ts';
import { impactDataOf } from './by-causal-impact.pure.ts';
import { completePanel } from './by-panel-differences.pure.ts';
import { cutToEnd, startsOf, studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';

type Source = 'panel' | 'records';

/**
 * What can be seen to be impossible without computing. Throws BAD_USER_INPUT naming the field, with the kind of problem.
 */
export function checkLift(data: LiftData, settings: LiftSettings, source: Source): void {
  try {
    checkCovariates(data, settings);
    if (settings.method === 'CAUSAL_IMPACT') {
      requirePanel(data.panel);
      standardise(impactDataOf(cutToEnd(data), startsOf(data)));
    } else if (settings.method === 'SYNTHETIC_CONTROL') studyOfLift(data);
    else checkDifferences(data);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw badInput(`input.${source}${fieldOf(error, source)}`, error.message, error.details);
  }
}

function checkDifferences(data: LiftData): void {
  const { panel, treatments } = data;
  const treated = new Set(treatments.map(({ unit }) => unit));
  const controls = panel.units.filter((unit) => !treated.has(unit)).length;
  const starts = startsOf(data);
  if (starts.length === 1 && treatments.length === 1) {
    studyOfLift(data);
    if (controls >= 3) return;
    const text = `${controls} controls are too few for one treated unit: errors come from at least 3 placebos. Add controls.`;
    throw new Problem('TOO_FEW', text, { controls });
  }
  completePanel(cutToEnd(data));
  if (controls < 2) {
    const text = `There ${controls === 1 ? 'is only one control unit' : 'is no control unit'}; at least 2 are needed to see how untreated units differ.`;
    throw new Problem('TOO_FEW', text, { controls });
  }
  if (starts.every((start) => panel.periods.indexOf(start) === 0)) {
    throw new Problem('TOO_FEW', 'There is no period before the treatment. Take more history.', { periods: 0 });
  }
}

function checkCovariates({ covariates }: LiftData, { method, synthetic }: LiftSettings): void {
  if (covariates.length === 0 || method === 'DIFFERENCE_IN_DIFFERENCES' || synthetic.predictors.length > 0) return;
  const text =
    'Covariates are used by difference in differences, and by synthetic control through predictors; leave them out or name predictors.';
  throw new Problem('SHAPE', text, { covariates: covariates.map(({ name }) => name) });
}

/** Where people can mend a problem. */
function fieldOf({ kind, details }: Problem, source: Source): string {
  const inRecords = source === 'records';
  if ('covariates' in details) return '.covariates';
  if ('controls' in details) return '.controls';
  if ('periods' in details && kind === 'TOO_FEW') return inRecords ? '.from' : '.periods';
  if (kind === 'GAP') return inRecords ? '.from' : '.periods';
  if (kind === 'OUT_OF_RANGE' || kind === 'NO_OVERLAP') return inRecords ? '.start' : '.treatments';
  return inRecords ? '.treated' : '.values';
}
