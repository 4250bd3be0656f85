import type { Chain } from './build-chain.pure.ts';

/** What a journey through the chain yields on average. */
export interface Outcome {
  /** Probability of conversion. */
  readonly conversion: number;
  /** Expected value. */
  readonly value: number;
  /** Proved bound on the error of `conversion` from solving. */
  readonly errorBound: number;
}

/** Chains up to this many states are eliminated directly, larger ones iterated over their transitions. */
const DIRECT_STATES = 64;
/** Direct elimination as the last resort takes states² numbers of memory and states³ steps. */
const LAST_RESORT_STATES = 2000;
const MAX_SWEEPS = 20_000;
const RELATIVE_TOLERANCE = 1e-13;

/**
 * Probability of conversion and expected value of a journey that ends without conversion as soon as it enters a
 * state marked in `removed` (empty marks: the chain as it is). Exact up to rounding. Throws when the chain cannot be
 * solved to that accuracy, which takes a chain that hardly ever ends.
 */
export function solveChain(chain: Chain, removed: Uint8Array): Outcome {
  if (chain.states <= DIRECT_STATES) return eliminate(chain, removed);
  const iterated = iterate(chain, removed);
  if (iterated) return iterated;
  if (chain.states <= LAST_RESORT_STATES) return eliminate(chain, removed);
  throw new Error(`The chain of ${chain.states} states cannot be solved exactly; a lower order has fewer states.`);
}

/**
 * Gauss-Seidel on x = start + x Q for the expected visits x, over the transitions that occur. Q has non-negative
 * entries and rows that sum to at most 1, so after a sweep the residual is at most the change of that sweep (in the
 * sum norm), and the error of the probability of conversion at most that residual: the bound is proved, not hoped.
 * Returns null when the sweeps run out.
 */
export function iterate(chain: Chain, removed: Uint8Array): Outcome | null {
  const { states, start, inOffsets, inFrom, inProbability } = chain;
  const visits = new Float64Array(states);
  const kept = Int32Array.from(Array.from({ length: states }, (_, state) => state).filter((state) => !removed[state]));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let change = 0;
    let total = 0;
    for (const state of kept) {
      let flow = start[state]!;
      const end = inOffsets[state + 1]!;
      for (let move = inOffsets[state]!; move < end; move++) flow += visits[inFrom[move]!]! * inProbability[move]!;
      change += Math.abs(flow - visits[state]!);
      total += flow;
      visits[state] = flow;
    }
    const rounding = 2 * Number.EPSILON * total;
    if (change <= Math.max(RELATIVE_TOLERANCE * chain.counted.conversion, rounding)) {
      return { conversion: dot(visits, chain.convert), value: dot(visits, chain.value), errorBound: change + rounding };
    }
  }
  return null;
}

/**
 * State elimination without subtraction (Grassmann, Taksar and Heyman 1985): every pivot is the sum of what leaves
 * the state, so each entry keeps nearly full relative accuracy however rarely the chain ends. O(states³).
 */
export function eliminate(chain: Chain, removed: Uint8Array): Outcome {
  const { states } = chain;
  const width = states + 3;
  const [CONVERT, VALUE, LOSE] = [states, states + 1, states + 2];
  const rows = denseRows(chain, removed, width);
  for (let state = states - 1; state >= 0; state--) {
    if (removed[state]) continue;
    const pivot = state * width;
    let leaving = rows[pivot + CONVERT]! + rows[pivot + LOSE]!;
    for (let other = 0; other < state; other++) leaving += rows[pivot + other]!;
    if (!(leaving > 0)) throw new Error('The chain has a state that nothing leaves.');
    for (let row = 0; row <= states; row++) {
      // Rows of states already eliminated are no longer needed; the row `states` is the start.
      if (row >= state && row < states) continue;
      const factor = rows[row * width + state]! / leaving;
      if (factor === 0) continue;
      for (let other = 0; other < state; other++) rows[row * width + other]! += factor * rows[pivot + other]!;
      for (let end = CONVERT; end <= LOSE; end++) rows[row * width + end]! += factor * rows[pivot + end]!;
    }
  }
  const start = states * width;
  const errorBound = states * Number.EPSILON * rows[start + CONVERT]!;
  return { conversion: rows[start + CONVERT]!, value: rows[start + VALUE]!, errorBound };
}

/** One row per state and one for the start: next states, then conversion, value, loss. */
function denseRows(chain: Chain, removed: Uint8Array, width: number): Float64Array {
  const { states } = chain;
  const rows = new Float64Array((states + 1) * width);
  const LOSE = states + 2;
  const add = (row: number, state: number, probability: number): void => {
    rows[row * width + (removed[state] ? LOSE : state)]! += probability;
  };
  for (let state = 0; state < states; state++) {
    rows[state * width + states] = chain.convert[state]!;
    rows[state * width + states + 1] = chain.value[state]!;
    rows[state * width + LOSE]! += chain.lose[state]!;
    for (let move = chain.inOffsets[state]!; move < chain.inOffsets[state + 1]!; move++) {
      add(chain.inFrom[move]!, state, chain.inProbability[move]!);
    }
    add(states, state, chain.start[state]!);
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
}
