import { impactOf } from '../causal-impact/estimate-impact.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { permutation } from '../numerics/random/resample.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { estimatorOf } from '../synthetic-control/evaluate-synthetic-control.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import {
  leaveOneOutRefutation,
  placeboTimeRefutation,
  placeboUnitRefutation,
  randomCauseRefutation,
  subsetRefutation,
  type EffectOf,
  type Refutation,
  type RefutationKind,
} from '../synthetic-control/refute.pure.ts';
import { meanAfter } from '../synthetic-control/ridge-augment.pure.ts';
import { simpleDid, syntheticDid } from '../synthetic-control/synthetic-did.pure.ts';
import { studyOfImpact } from './by-causal-impact.pure.ts';
import { optionsOf } from './by-synthetic-control.pure.ts';
import { cutToEnd, startsOf, studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import type { LiftFindings, Skipped } from './lift-result.pure.ts';
import { refuteStaggered } from './refute-staggered.pure.ts';

export interface Refuted {
  readonly refutations: readonly Refutation[];
  readonly skipped: readonly Skipped[];
}

/** How often tests estimate again: a sampled estimate costs a hundred times as much as the others. */
interface Effort {
  readonly starts: number;
  readonly draws: number;
  readonly subsets: number;
  readonly controls: number;
}

const exact: Effort = { starts: 10, draws: 20, subsets: 50, controls: 200 };
const sampled: Effort = { starts: 5, draws: 5, subsets: 12, controls: 12 };
const sampledDraws = 300;
/** Rough number of estimates of all tests, by which progress is told. */
export const expectedEstimates = 120;

/** Put an estimate to the tests that its data allow. `tick` is called after every estimate. */
export function refuteLift(data: LiftData, settings: LiftSettings, found: LiftFindings, tick: () => void): Refuted {
  if (settings.method === 'DIFFERENCE_IN_DIFFERENCES' && startsOf(data).length > 1) {
    return collect(refuteStaggered(cutToEnd(data), settings, tick));
  }
  if (settings.method === 'SYNTHETIC_CONTROL' && settings.synthetic.predictors.length > 0) {
    const reason = 'Each estimate on predictors is a search of its own; the placebos of units stand for these tests.';
    return { refutations: [], skipped: allKinds.map((kind) => ({ kind, reason })) };
  }
  const study = studyFor(data, settings);
  if (study instanceof Problem) {
    return { refutations: [], skipped: allKinds.map((kind) => ({ kind, reason: study.message })) };
  }
  return collect(testsOf(study, settings, counted(effectOfSettings(settings, found), tick)));
}

const allKinds: readonly RefutationKind[] = ['PLACEBO_TIME', 'PLACEBO_UNIT', 'LEAVE_ONE_OUT', 'RANDOM_CAUSE', 'SUBSET'];

function counted(effectOf: EffectOf, tick: () => void): EffectOf {
  return (study) => {
    const effect = effectOf(study);
    tick();
    return effect;
  };
}

function studyFor(data: LiftData, { method }: LiftSettings): Study | Problem {
  try {
    return method === 'CAUSAL_IMPACT' ? studyOfImpact(cutToEnd(data)) : studyOfLift(data);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

type Tests = Readonly<Partial<Record<RefutationKind, () => Refutation>>>;

function testsOf(study: Study, settings: LiftSettings, effectOf: EffectOf): Tests {
  const { method, seed } = settings;
  const effort = method === 'CAUSAL_IMPACT' ? sampled : exact;
  const size = study.controls.length;
  const some =
    size <= effort.controls ? {} : { only: [...permutation(stream(seed, 3), size).subarray(0, effort.controls)] };
  return {
    PLACEBO_TIME: () => placeboTimeRefutation(study, effectOf, effort.starts),
    PLACEBO_UNIT: () => placeboUnitRefutation(study, effectOf, some),
    LEAVE_ONE_OUT: () => leaveOneOutRefutation(study, effectOf, some),
    RANDOM_CAUSE: () => randomCauseRefutation(study, effectOf, { draws: effort.draws, seed }),
    SUBSET: () => subsetRefutation(study, effectOf, { draws: effort.subsets, seed }),
  };
}

/** Runs tests; those that the data do not allow are listed with the reason. */
function collect(tests: Tests): Refuted {
  const refutations: Refutation[] = [];
  const skipped: Skipped[] = [];
  for (const kind of allKinds) {
    const test = tests[kind];
    try {
      if (test) refutations.push(test());
      else skipped.push({ kind, reason: 'The method has no such test.' });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      skipped.push({ kind, reason: error.message });
    }
  }
  return { refutations, skipped };
}

/** The estimate of a study by the method of the settings; a ridge that was chosen stays as it is. */
function effectOfSettings(settings: LiftSettings, { fit }: LiftFindings): EffectOf {
  const { method, synthetic, impact, seed } = settings;
  if (method === 'DIFFERENCE_IN_DIFFERENCES') return simpleDid;
  if (method === 'CAUSAL_IMPACT') {
    const draws = Math.min(sampledDraws, impact.draws);
    const { trend, seasons, seasonLength: duration, levelSpread } = impact;
    return impactOf({ draws, trend, seasons, duration, levelSpread, seed });
  }
  if (synthetic.variant === 'SYNTHETIC_DID') return (study) => syntheticDid(study).effect;
  const estimate = estimatorOf(optionsOf(settings), fit.lambda ?? undefined);
  return (study) => meanAfter(study, estimate(study).gaps);
}
