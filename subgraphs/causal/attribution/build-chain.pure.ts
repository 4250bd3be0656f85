import { sumOf } from '../numerics/moments.pure.ts';
import type { TransitionCounts } from './count-transitions.pure.ts';

/** An absorbing Markov chain; probabilities are relative frequencies. */
export interface Chain {
  readonly states: number;
  /** Probability that a journey begins in a state. */
  readonly start: Float64Array;
  /** Probability to convert, or to end without conversion, as the next step. */
  readonly convert: Float64Array;
  readonly lose: Float64Array;
  /** Expected value gained as the next step. */
  readonly value: Float64Array;
  /** Expected number of visits to a state, as counted. */
  readonly visits: Float64Array;
  /** Transitions grouped by the state they lead to: those into `j` are `inOffsets[j] … inOffsets[j + 1] - 1`. */
  readonly inOffsets: Int32Array;
  readonly inFrom: Int32Array;
  readonly inProbability: Float64Array;
  /** States whose tuple holds a unit, by unit code. */
  readonly statesOfUnit: readonly Int32Array[];
  /** Share of journeys that convert, their mean value, and their mean number of states, as counted. */
  readonly counted: { readonly conversion: number; readonly value: number; readonly steps: number };
}

/** Turn counts into a chain. Values are the mean value per conversion of the same last state. */
export function buildChain(counts: TransitionCounts): Chain {
  const states = counts.states.length;
  const visits = new Float64Array(states);
  for (let state = 0; state < states; state++) visits[state] = counts.conversions[state]! + counts.nulls[state]!;
  for (let move = 0; move < counts.from.length; move++) visits[counts.from[move]!]! += counts.weights[move]!;
  const total = sumOf(counts.starts);
  const perVisit = (column: Float64Array): Float64Array => column.map((weight, state) => weight / visits[state]!);
  return {
    states,
    start: counts.starts.map((weight) => weight / total),
    convert: perVisit(counts.conversions),
    lose: perVisit(counts.nulls),
    value: perVisit(counts.values),
    visits: visits.map((weight) => weight / total),
    ...groupByTarget(counts, visits),
    statesOfUnit: findStatesOfUnits(counts),
    counted: {
      conversion: sumOf(counts.conversions) / total,
      value: sumOf(counts.values) / total,
      steps: sumOf(visits) / total,
    },
  };
}

function groupByTarget(
  { from, to, weights }: TransitionCounts,
  visits: Float64Array,
): Pick<Chain, 'inOffsets' | 'inFrom' | 'inProbability'> {
  const inOffsets = new Int32Array(visits.length + 1);
  for (const state of to) inOffsets[state + 1]!++;
  for (let state = 0; state < visits.length; state++) inOffsets[state + 1]! += inOffsets[state]!;
  const next = inOffsets.slice();
  const inFrom = new Int32Array(from.length);
  const inProbability = new Float64Array(from.length);
  for (let move = 0; move < from.length; move++) {
    const place = next[to[move]!]!++;
    inFrom[place] = from[move]!;
    inProbability[place] = weights[move]! / visits[from[move]!]!;
  }
  return { inOffsets, inFrom, inProbability };
}

function findStatesOfUnits({ base, states }: TransitionCounts): Int32Array[] {
  const found: number[][] = Array.from({ length: base - 1 }, () => []);
  for (let state = 0; state < states.length; state++) {
    for (let key = states[state]!; key > 0; key = Math.floor(key / base)) {
      const digit = key % base;
      const list = found[digit - 1];
      if (list && list.at(-1) !== state) list.push(state);
    }
  }
  return found.map((list) => Int32Array.from(list));
}
