import { normalQuantile, normalSurvival } from '../numerics/distributions.pure.ts';
import { requireBetween } from '../numerics/problem.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { describeEffect, nameUnits } from './describe-effect.pure.ts';
import { studyOf, type Panel, type Study, type Treatment } from './panel.pure.ts';
import { placeboError, syntheticDid, type PlaceboError, type SyntheticDid } from './synthetic-did.pure.ts';

export interface SyntheticDidEvaluation {
  readonly study: Study;
  readonly result: SyntheticDid;
  readonly error: PlaceboError;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
  /** Over the counterfactual; null when that is not positive. */
  readonly relative: number | null;
  readonly incremental: number;
  readonly conclusion: string;
  readonly assumptions: readonly string[];
}

/**
 * Evaluate a treatment by synthetic difference in differences, with a normal interval on the spread of placebos. Throws
 * what studyOf and placeboError throw. Deterministic by seed, which matters with two or more treated units only.
 */
export function evaluateSyntheticDid(
  panel: Panel,
  treatment: Treatment,
  { alpha = 0.1, replications = 200, seed = 1 }: { alpha?: number; replications?: number; seed?: number } = {},
): SyntheticDidEvaluation {
  requireBetween(alpha, 0, 1, 'alpha');
  const study = studyOf(panel, treatment);
  const result = syntheticDid(study);
  const units = study.treatedUnits.length;
  const error = placeboError(study, (own) => syntheticDid(own, units).effect, { replications, seed });
  const { effect } = result;
  const reach = -normalQuantile(alpha / 2) * error.standardError;
  const pValue = Math.min(1, 2 * normalSurvival(Math.abs(effect) / error.standardError));
  const observed = study.series.data.subarray(study.pre, study.periods.length);
  const expected = meanOf(observed) - effect;
  const relative = expected > 0 ? effect / expected : null;
  const [low, high] = [effect - reach, effect + reach];
  return {
    study,
    result,
    error,
    low,
    high,
    pValue,
    relative,
    incremental: effect * observed.length * units,
    conclusion: describeEffect({
      subject: `The outcome of ${nameUnits(study.treatedUnits)}`,
      per: 'per unit and period',
      estimate: effect,
      relative,
      low,
      high,
      level: 1 - alpha,
      pValue,
    }),
    assumptions: [
      'Without treatment the treated units would have moved in parallel with the weighted controls over the weighted periods.',
      'The treatment did not touch the controls, and nothing else that began with it touched the treated units alone.',
      'The treated units are as noisy as the controls, whose placebos give the standard error.',
    ],
  };
}
