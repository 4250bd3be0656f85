import { columnOf, zeros } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { permutation, quantileOfSorted } from '../numerics/random/resample.pure.ts';
import { stream, type RandomStream } from '../numerics/random/stream.pure.ts';
import { figure } from './describe-effect.pure.ts';
import type { Study } from './panel.pure.ts';
import { placeboInTime, placeboStudy, withControls } from './placebo.pure.ts';

export type RefutationKind = 'PLACEBO_TIME' | 'PLACEBO_UNIT' | 'LEAVE_ONE_OUT' | 'RANDOM_CAUSE' | 'SUBSET';

export interface Refutation {
  readonly kind: RefutationKind;
  /** The estimate that is put to the test. */
  readonly effect: number;
  /** The estimates of the test, labelled by period, unit or draw. */
  readonly estimates: readonly { readonly label: string; readonly effect: number }[];
  /** What has to hold for the estimate to stand. It never proves the estimate; it can only fail to refute it. */
  readonly passed: boolean;
  /** Of placebos: how often something untreated shows an effect as large; null for the others. */
  readonly pValue: number | null;
  readonly conclusion: string;
  readonly assumption: string;
}

/** Mean effect per treated unit and period of a study, by any method. */
export type EffectOf = (study: Study) => number;

type Estimates = Refutation['estimates'];

/** Placebos as large as the estimate in more than this share of cases refute it. */
const placeboShare = 0.1;

/**
 * As if the treatment had begun earlier, at up to `starts` times in the second half of the history, over as many periods
 * as were treated where there are that many. Throws TOO_FEW when the history has fewer than 8 periods.
 */
export function placeboTimeRefutation(study: Study, effectOf: EffectOf, starts = 10): Refutation {
  const { pre } = study;
  const post = study.periods.length - pre;
  const least = Math.max(4, Math.ceil(pre / 2));
  if (pre < 8)
    throw new Problem('TOO_FEW', 'A placebo in time needs at least 8 periods before the treatment.', { pre });
  const latest = Math.max(least, pre - post);
  const count = Math.min(starts, latest - least + 1);
  const places = Array.from({ length: count }, (_, index) =>
    count === 1 ? latest : Math.round(least + (index * (latest - least)) / (count - 1)),
  );
  const estimates = places.map((place) => ({
    label: study.periods[place]!,
    effect: effectOf(cutAfter(placeboInTime(study, pre - place), place + post)),
  }));
  return placeboResult('PLACEBO_TIME', {
    effect: effectOf(study),
    estimates,
    what: 'earlier starts, with nothing to find',
  });
}

/** Places of the controls that are tried in turn; all of them when absent. */
export interface TriedControls {
  readonly only?: readonly number[];
}

/**
 * Controls in the place of the treated unit, one at a time, the treated one kept out of its controls. Throws as
 * placeboStudy.
 */
export function placeboUnitRefutation(study: Study, effectOf: EffectOf, { only }: TriedControls = {}): Refutation {
  const estimates = (only ?? [...study.controls.keys()]).map((control) => {
    const placebo = placeboStudy(study, control + 1);
    return { label: study.controls[control]!, effect: effectOf(withControls(placebo, (other) => other !== 0)) };
  });
  return placeboResult('PLACEBO_UNIT', { effect: effectOf(study), estimates, what: 'units that were not treated' });
}

/** Without each control in turn. Throws as withControls when only two are there. */
export function leaveOneOutRefutation(study: Study, effectOf: EffectOf, { only }: TriedControls = {}): Refutation {
  const effect = effectOf(study);
  const estimates = (only ?? [...study.controls.keys()]).map((control) => ({
    label: study.controls[control]!,
    effect: effectOf(withControls(study, (other) => other !== control)),
  }));
  const worst = furthest(estimates, effect);
  const passed = Math.abs(worst.effect - effect) <= 0.5 * Math.abs(effect);
  const finding = `without ${worst.label} the effect would be ${figure(worst.effect)} instead of ${figure(effect)}`;
  return {
    kind: 'LEAVE_ONE_OUT',
    effect,
    estimates,
    passed,
    pValue: null,
    conclusion: passed
      ? `The effect does not hang on one control: at most, ${finding}.`
      : `The effect hangs on one control: ${finding}.`,
    assumption: 'No single control is needed to say what would have happened.',
  };
}

/** With a further control that has nothing to do with anything: its movements are those of the controls, reshuffled. */
export function randomCauseRefutation(study: Study, effectOf: EffectOf, { draws = 20, seed = 1 } = {}): Refutation {
  const effect = effectOf(study);
  const estimates = Array.from({ length: draws }, (_, draw) => ({
    label: `draw ${draw + 1}`,
    effect: effectOf(withRandomControl(study, stream(seed, 1, draw))),
  }));
  const mean = estimates.reduce((sum, own) => sum + own.effect, 0) / draws;
  const moved = Math.abs(mean - effect);
  const passed = moved <= 0.2 * Math.abs(effect);
  const finding = `a random series among the controls moves it from ${figure(effect)} to ${figure(mean)} on average`;
  return {
    kind: 'RANDOM_CAUSE',
    effect,
    estimates,
    passed,
    pValue: null,
    conclusion: passed ? `The effect is stable: ${finding}.` : `The effect is not stable: ${finding}.`,
    assumption: 'A series that has nothing to do with the outcome must not change the answer.',
  };
}

/** With a random part of the controls, `share` of them and at least two. */
export function subsetRefutation(
  study: Study,
  effectOf: EffectOf,
  { draws = 50, seed = 1, share = 0.8 } = {},
): Refutation {
  const effect = effectOf(study);
  const size = Math.max(2, Math.round(share * study.controls.length));
  const estimates = Array.from({ length: draws }, (_, draw) => {
    const kept = new Set(permutation(stream(seed, 2, draw), study.controls.length).subarray(0, size));
    return { label: `draw ${draw + 1}`, effect: effectOf(withControls(study, (control) => kept.has(control))) };
  });
  const sorted = Float64Array.from(estimates, (own) => own.effect).sort();
  const [low, high] = [quantileOfSorted(sorted, 0.05), quantileOfSorted(sorted, 0.95)];
  const sameSign = low * high > 0;
  const reach = 1e-9 * Math.abs(effect);
  const passed = sameSign && low - reach <= effect && effect <= high + reach;
  const finding = `with ${size} of ${study.controls.length} controls it lies between ${figure(low)} and ${figure(high)} in 90 % of draws, against ${figure(effect)}`;
  return {
    kind: 'SUBSET',
    effect,
    estimates,
    passed,
    pValue: null,
    conclusion: passed
      ? `The effect holds on parts of the data: ${finding}.`
      : `The effect depends on which data are used: ${finding}.`,
    assumption: 'Any large part of the controls should give much the same answer.',
  };
}

interface Placebos {
  readonly effect: number;
  readonly estimates: Estimates;
  readonly what: string;
}

function placeboResult(kind: RefutationKind, { effect, estimates, what }: Placebos): Refutation {
  const asLarge = estimates.filter((own) => Math.abs(own.effect) >= Math.abs(effect)).length;
  const share = asLarge / estimates.length;
  const passed = share <= placeboShare;
  const finding = `${asLarge} of ${estimates.length} ${what}, show an effect of at least ${figure(Math.abs(effect))}`;
  return {
    kind,
    effect,
    estimates,
    passed,
    pValue: (asLarge + 1) / (estimates.length + 1),
    conclusion: passed ? `Not refuted: ${finding}.` : `Refuted: ${finding}.`,
    assumption: 'What was not treated shows how large an effect the method finds where there is none.',
  };
}

function furthest(estimates: Estimates, effect: number): Estimates[number] {
  return estimates.reduce((worst, own) =>
    Math.abs(own.effect - effect) > Math.abs(worst.effect - effect) ? own : worst,
  );
}

/** The study without periods from `end` on. */
function cutAfter(study: Study, end: number): Study {
  const rows = Math.min(end, study.series.rows);
  const series = zeros(rows, study.series.columns);
  for (let column = 0; column < series.columns; column++) {
    series.data.set(columnOf(study.series, column).subarray(0, rows), column * rows);
  }
  return { ...study, series, periods: study.periods.slice(0, rows) };
}

/** Starts where a random control starts and moves by steps of random controls at random times. */
function withRandomControl(study: Study, random: RandomStream): Study {
  const { rows, columns, data } = study.series;
  const series = zeros(rows, columns + 1);
  series.data.set(data);
  const made = columnOf(series, columns);
  const any = (): Float64Array => columnOf(study.series, 1 + random.integer(columns - 1));
  made[0] = any()[0]!;
  for (let period = 1; period < rows; period++) {
    const [source, at] = [any(), 1 + random.integer(rows - 1)];
    made[period] = made[period - 1]! + source[at]! - source[at - 1]!;
  }
  return { ...study, series, controls: [...study.controls, 'a random series'] };
}
