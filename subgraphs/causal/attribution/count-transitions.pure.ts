import { journeyCount, type Journeys } from './journey-frame.pure.ts';
import { createKeyTable } from './key-table.pure.ts';

/**
 * Weighted transition counts of journeys between states. A state is the tuple of the last `order` units, written as
 * a number in base `units + 1` with the digit `code + 1` (0 = no unit, for journeys shorter than the order).
 */
export interface TransitionCounts {
  readonly base: number;
  /** Key of each state. */
  readonly states: Float64Array;
  /** Per state: weight of journeys that begin there, that convert from there, that end there without, value. */
  readonly starts: Float64Array;
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
  readonly values: Float64Array;
  /** Transitions from state to state, by index, with their weight. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weights: Float64Array;
}

interface Tally {
  starts: Float64Array;
  conversions: Float64Array;
  nulls: Float64Array;
  values: Float64Array;
  moves: Float64Array;
}

/** Up to this many cells the counts stand in plain arrays indexed by key; beyond, in tables of what occurs. */
const denseCells = 2 ** 21;

/**
 * Count the transitions of all journeys in one pass. A state that follows itself is counted once (repeats are
 * collapsed); inner transitions weigh conversions + nulls. A journey shorter than the order is a single state.
 */
export function countTransitions(journeys: Journeys, order: number, includeNulls: boolean): TransitionCounts {
  const base = journeys.units.length + 1;
  return base ** (order + 1) <= denseCells
    ? compact(base, countDense(journeys, order, includeNulls, base))
    : countSparse(journeys, order, includeNulls, base);
}

function countDense(journeys: Journeys, order: number, includeNulls: boolean, base: number): Tally {
  const cells = base ** order;
  const tally = newTally(cells, cells * base);
  const { starts, conversions, nulls, values, moves } = tally;
  const { offsets, touches } = journeys;
  const tail = base ** (order - 1);
  const count = journeyCount(journeys);
  for (let journey = 0; journey < count; journey++) {
    const converted = journeys.conversions[journey]!;
    const lost = includeNulls ? journeys.nulls[journey]! : 0;
    const weight = converted + lost;
    const end = offsets[journey + 1]!;
    let touch = offsets[journey]!;
    if (weight === 0 || touch === end) continue;
    const full = Math.min(touch + order, end);
    let state = 0;
    for (; touch < full; touch++) state = state * base + touches[touch]! + 1;
    starts[state]! += weight;
    for (; touch < end; touch++) {
      const digit = touches[touch]! + 1;
      moves[state * base + digit]! += weight;
      state = (order === 1 ? 0 : (state % tail) * base) + digit;
    }
    conversions[state]! += converted;
    nulls[state]! += lost;
    values[state]! += journeys.value[journey]!;
  }
  return tally;
}

function newTally(states: number, moves: number): Tally {
  const column = (): Float64Array => new Float64Array(states);
  return { starts: column(), conversions: column(), nulls: column(), values: column(), moves: new Float64Array(moves) };
}

function compact(base: number, tally: Tally): TransitionCounts {
  const cells = tally.starts.length;
  const tail = cells / base;
  const indices = new Int32Array(cells).fill(-1);
  const states: number[] = [];
  const enter = (cell: number): void => {
    if (indices[cell] === -1) indices[cell] = states.push(cell) - 1;
  };
  const used: number[] = [];
  for (let cell = 0; cell < cells; cell++) if (tally.starts[cell] !== 0) enter(cell);
  for (let move = 0; move < tally.moves.length; move++) {
    const next = target(move, base, tail);
    // Repeats are collapsed here, once per state, in place of a branch for every touch.
    if (tally.moves[move] === 0 || next === Math.floor(move / base)) continue;
    used.push(move);
    enter(next);
  }
  return {
    base,
    states: Float64Array.from(states),
    starts: Float64Array.from(states, (cell) => tally.starts[cell]!),
    conversions: Float64Array.from(states, (cell) => tally.conversions[cell]!),
    nulls: Float64Array.from(states, (cell) => tally.nulls[cell]!),
    values: Float64Array.from(states, (cell) => tally.values[cell]!),
    from: Int32Array.from(used, (move) => indices[Math.floor(move / base)]!),
    to: Int32Array.from(used, (move) => indices[target(move, base, tail)]!),
    weights: Float64Array.from(used, (move) => tally.moves[move]!),
  };
}

/** Key of the state that the move `state * base + digit` leads to. */
function target(move: number, base: number, tail: number): number {
  const digit = move % base;
  return (((move - digit) / base) % tail) * base + digit;
}

/** Like `countDense`, for more tuples than an array has cells: only what occurs takes memory. */
function countSparse(journeys: Journeys, order: number, includeNulls: boolean, base: number): TransitionCounts {
  const tail = base ** (order - 1);
  const tally = newSparseTally(base);
  for (let journey = 0; journey < journeyCount(journeys); journey++) {
    const converted = journeys.conversions[journey]!;
    const lost = includeNulls ? journeys.nulls[journey]! : 0;
    const end = journeys.offsets[journey + 1]!;
    let touch = journeys.offsets[journey]!;
    if (converted + lost === 0 || touch === end) continue;
    const full = Math.min(touch + order, end);
    let key = 0;
    for (; touch < full; touch++) key = key * base + journeys.touches[touch]! + 1;
    let state = tally.begin(key, converted + lost);
    for (; touch < end; touch++) {
      const next = (key % tail) * base + journeys.touches[touch]! + 1;
      if (next !== key) state = tally.move(state, next, converted + lost);
      key = next;
    }
    tally.end(state, converted, lost, journeys.value[journey]!);
  }
  return tally.counts();
}

function newSparseTally(base: number) {
  const states = createKeyTable(2 ** 16);
  const moves = createKeyTable(2 ** 17);
  const starts: number[] = [];
  const conversions: number[] = [];
  const nulls: number[] = [];
  const values: number[] = [];
  const to: number[] = [];
  const weights: number[] = [];

  function stateOf(key: number): number {
    const state = states.indexOf(key);
    if (state === starts.length) for (const column of [starts, conversions, nulls, values]) column.push(0);
    return state;
  }

  return {
    begin(key: number, weight: number): number {
      const state = stateOf(key);
      starts[state]! += weight;
      return state;
    },
    move(state: number, key: number, weight: number): number {
      const move = moves.indexOf(state * base + (key % base));
      if (move === to.length) {
        to.push(stateOf(key));
        weights.push(0);
      }
      weights[move]! += weight;
      return to[move]!;
    },
    end(state: number, converted: number, lost: number, value: number): void {
      conversions[state]! += converted;
      nulls[state]! += lost;
      values[state]! += value;
    },
    counts: (): TransitionCounts => ({
      base,
      states: states.keys().slice(),
      starts: Float64Array.from(starts),
      conversions: Float64Array.from(conversions),
      nulls: Float64Array.from(nulls),
      values: Float64Array.from(values),
      from: Int32Array.from(moves.keys(), (move) => Math.floor(move / base)),
      to: Int32Array.from(to),
      weights: Float64Array.from(weights),
    }),
  };
}
