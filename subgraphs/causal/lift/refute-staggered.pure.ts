import { aggregateEffects } from '../did/aggregate.pure.ts';
import { staggeredEffects } from '../did/staggered.pure.ts';
import type { Panel } from '../did/panel.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { permutation, quantileOfSorted } from '../numerics/random/resample.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { figure } from '../synthetic-control/describe-effect.pure.ts';
import type { Refutation, RefutationKind } from '../synthetic-control/refute.pure.ts';
import { completePanel } from './by-panel-differences.pure.ts';
import type { LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';

const placebos = 50;
const subsets = 30;
const share = 0.8;
const refutedAbove = 0.1;

/**
 * Tests of an estimate with several starts: the starts dealt out anew among all units, and random parts of the units of
 * every group. Deterministic by seed.
 */
export function refuteStaggered(
  data: LiftData,
  { differences, seed }: LiftSettings,
  tick: () => void,
): Partial<Record<RefutationKind, () => Refutation>> {
  const { panel } = completePanel(data);
  const effectOf = (own: Panel): number => {
    const result = staggeredEffects(own, { controls: differences.controlGroup });
    tick();
    return aggregateEffects(result, differences.aggregation).overall.estimate;
  };
  return {
    PLACEBO_UNIT: () => dealtAnew(panel, effectOf, seed),
    SUBSET: () => partOfUnits(panel, effectOf, seed),
  };
}

type EffectOfPanel = (panel: Panel) => number;

function dealtAnew(panel: Panel, effectOf: EffectOfPanel, seed: number): Refutation {
  const effect = effectOf(panel);
  const estimates = drawn(placebos, (draw) => {
    const order = permutation(stream(seed, 4, draw), panel.units);
    return effectOf({ ...panel, firstTreated: Float64Array.from(order, (unit) => panel.firstTreated[unit]!) });
  });
  const asLarge = estimates.filter((own) => Math.abs(own.effect) >= Math.abs(effect)).length;
  const passed = asLarge / estimates.length <= refutedAbove;
  const finding = `with starts dealt out anew among the units, ${asLarge} of ${estimates.length} draws show an effect of at least ${figure(Math.abs(effect))}`;
  return {
    kind: 'PLACEBO_UNIT',
    effect,
    estimates,
    passed,
    pValue: (asLarge + 1) / (estimates.length + 1),
    conclusion: `${passed ? 'Not refuted' : 'Refuted'}: ${finding}.`,
    assumption: 'What was not treated shows how large an effect the method finds where there is none.',
  };
}

function partOfUnits(panel: Panel, effectOf: EffectOfPanel, seed: number): Refutation {
  const effect = effectOf(panel);
  const estimates = drawn(subsets, (draw) => effectOf(withUnits(panel, partOf(panel, seed, draw))));
  const sorted = Float64Array.from(estimates, (own) => own.effect).sort();
  const [low, high] = [quantileOfSorted(sorted, 0.05), quantileOfSorted(sorted, 0.95)];
  const passed = low * high > 0 && low <= effect && effect <= high;
  const finding = `with 80 % of the units of every group it lies between ${figure(low)} and ${figure(high)} in 90 % of draws, against ${figure(effect)}`;
  return {
    kind: 'SUBSET',
    effect,
    estimates,
    passed,
    pValue: null,
    conclusion: `${passed ? 'The effect holds on parts of the data' : 'The effect depends on which data are used'}: ${finding}.`,
    assumption: 'Any large part of the units should give much the same answer.',
  };
}

/** Draws that can be estimated; where too few can, the test says nothing. */
function drawn(count: number, estimate: (draw: number) => number): { label: string; effect: number }[] {
  const estimates = Array.from({ length: count }, (_, draw) => {
    try {
      return [{ label: `draw ${draw + 1}`, effect: estimate(draw) }];
    } catch (error) {
      if (error instanceof Problem) return [];
      throw error;
    }
  }).flat();
  if (estimates.length >= count / 2) return estimates;
  throw new Problem('TOO_FEW', 'There are too few units to draw parts of them.');
}

function partOf({ firstTreated }: Panel, seed: number, draw: number): number[] {
  const groups = Map.groupBy(firstTreated.keys(), (unit) => firstTreated[unit]!);
  return [...groups.values()].flatMap((units, group) => {
    const order = permutation(stream(seed, 5, draw, group), units.length);
    return Array.from(order.subarray(0, Math.max(2, Math.round(share * units.length))), (place) => units[place]!);
  });
}

function withUnits(panel: Panel, kept: readonly number[]): Panel {
  return {
    ...panel,
    units: kept.length,
    firstTreated: Float64Array.from(kept, (unit) => panel.firstTreated[unit]!),
    outcome: Float64Array.from(
      panel.periods.flatMap((_, t) => kept.map((unit) => panel.outcome[t * panel.units + unit]!)),
    ),
  };
}
