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
const directStates = 64;
/** Direct elimination as the last resort takes states² numbers of memory and states³ steps. */
const lastResortStates = 2000;
/** So many removals are iterated side by side: each transition is then fetched once for all of them. */
const laneCount = 8;
const maxSweeps = 20_000;
const relativeTolerance = 1e-12;

/**
 * For each removal (a set of states, possibly empty): probability of conversion and expected value of a journey that
 * ends without conversion as soon as it enters one of those states. Exact up to rounding. Throws when the chain cannot
 * be solved to that accuracy, which takes a chain that hardly ever ends. `onSolved` hears how many are done.
 */
export function solveChain(
  chain: Chain,
  removals: readonly Int32Array[],
  onSolved: (count: number) => void = () => undefined,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let begin = 0; begin < removals.length; begin += laneCount) {
    const group = removals.slice(begin, begin + laneCount);
    outcomes.push(...solveGroup(chain, group));
    onSolved(outcomes.length);
  }
  return outcomes;
}

function solveGroup(chain: Chain, group: readonly Int32Array[]): Outcome[] {
  const iterated = chain.states > directStates ? iterate(chain, group) : null;
  if (iterated) return iterated;
  if (chain.states <= lastResortStates) return group.map((states) => eliminate(chain, states));
  throw new Error(`The chain of ${chain.states} states cannot be solved exactly; a lower order has fewer states.`);
}

/**
 * Gauss-Seidel on x = start + x Q for the expected visits x, over the transitions that occur, for up to eight removals
 * at once. Q has non-negative entries and rows that sum to at most 1, so after a sweep the residual is at most the
 * change of that sweep (in the sum norm), and the error of the probability of conversion at most that residual: the
 * bound is proved, not hoped. Begins at the visits of the whole chain, which are known. Null when the sweeps run out.
 */
export function iterate(chain: Chain, removals: readonly Int32Array[]): Outcome[] | null {
  const visits = new Float64Array(chain.states * laneCount);
  for (let cell = 0; cell < visits.length; cell++) visits[cell] = chain.visits[Math.floor(cell / laneCount)]!;
  /** One bit per lane in which the state is removed. */
  const removed = new Uint8Array(chain.states);
  removals.forEach((states, lane) => {
    for (const state of states) {
      removed[state]! |= 1 << lane;
      visits[state * laneCount + lane] = 0;
    }
  });
  const rounding = 2 * Number.EPSILON * laneCount * chain.counted.steps;
  const tolerance = Math.max(relativeTolerance * chain.counted.conversion, rounding);
  for (let count = 0; count < maxSweeps; count++) {
    const change = sweep(chain, visits, removed);
    if (change > tolerance) continue;
    return removals.map((_, lane) => ({
      conversion: gain(visits, lane, chain.convert),
      value: gain(visits, lane, chain.value),
      errorBound: change + rounding,
    }));
  }
  return null;
}

/** One sweep over all states; returns the sum of absolute changes over all lanes. */
function sweep({ states, start, inOffsets, inFrom, inProbability }: Chain, visits: Float64Array, removed: Uint8Array) {
  const flow = new Float64Array(laneCount);
  let change = 0;
  for (let state = 0; state < states; state++) {
    // Eight sums in registers; an inner loop over the lanes takes twice as long.
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    const end = inOffsets[state + 1]!;
    for (let move = inOffsets[state]!; move < end; move++) {
      const probability = inProbability[move]!;
      const from = inFrom[move]! * laneCount;
      a += visits[from]! * probability;
      b += visits[from + 1]! * probability;
      c += visits[from + 2]! * probability;
      d += visits[from + 3]! * probability;
      e += visits[from + 4]! * probability;
      f += visits[from + 5]! * probability;
      g += visits[from + 6]! * probability;
      h += visits[from + 7]! * probability;
    }
    flow[0] = a;
    flow[1] = b;
    flow[2] = c;
    flow[3] = d;
    flow[4] = e;
    flow[5] = f;
    flow[6] = g;
    flow[7] = h;
    const begun = start[state]!;
    const mask = removed[state]!;
    const cell = state * laneCount;
    for (let lane = 0; lane < laneCount; lane++) {
      const next = mask & (1 << lane) ? 0 : flow[lane]! + begun;
      change += Math.abs(next - visits[cell + lane]!);
      visits[cell + lane] = next;
    }
  }
  return change;
}

/**
 * State elimination without subtraction (Grassmann, Taksar and Heyman 1985): every pivot is the sum of what leaves
 * the state, so each entry keeps nearly full relative accuracy however rarely the chain ends. O(states³).
 */
export function eliminate(chain: Chain, removal: Int32Array): Outcome {
  const { states } = chain;
  const width = states + 3;
  const [convertState, valueState, lostState] = [states, states + 1, states + 2];
  const removed = new Uint8Array(states);
  for (const state of removal) removed[state] = 1;
  const rows = denseRows(chain, removed, width);
  for (let state = states - 1; state >= 0; state--) {
    if (removed[state]) continue;
    const pivot = state * width;
    let leaving = rows[pivot + convertState]! + rows[pivot + lostState]!;
    for (let other = 0; other < state; other++) leaving += rows[pivot + other]!;
    if (!(leaving > 0)) throw new Error('The chain has a state that nothing leaves.');
    for (let row = 0; row <= states; row++) {
      // Rows of states already eliminated are no longer needed; the row `states` is the start.
      if (row >= state && row < states) continue;
      const factor = rows[row * width + state]! / leaving;
      if (factor === 0) continue;
      for (let other = 0; other < state; other++) rows[row * width + other]! += factor * rows[pivot + other]!;
      for (let end = convertState; end <= lostState; end++) rows[row * width + end]! += factor * rows[pivot + end]!;
    }
  }
  const start = states * width;
  const errorBound = states * Number.EPSILON * rows[start + convertState]!;
  return { conversion: rows[start + convertState]!, value: rows[start + valueState]!, errorBound };
}

/** One row per state and one for the start: next states, then conversion, value, loss. */
function denseRows(chain: Chain, removed: Uint8Array, width: number): Float64Array {
  const { states } = chain;
  const rows = new Float64Array((states + 1) * width);
  const lostState = states + 2;
  const add = (row: number, state: number, probability: number): void => {
    rows[row * width + (removed[state] ? lostState : state)]! += probability;
  };
  for (let state = 0; state < states; state++) {
    rows[state * width + states] = chain.convert[state]!;
    rows[state * width + states + 1] = chain.value[state]!;
    rows[state * width + lostState]! += chain.lose[state]!;
    for (let move = chain.inOffsets[state]!; move < chain.inOffsets[state + 1]!; move++) {
      add(chain.inFrom[move]!, state, chain.inProbability[move]!);
    }
    add(states, state, chain.start[state]!);
  }
  return rows;
}

/** What the visits of one lane gain per journey. */
function gain(visits: Float64Array, lane: number, perVisit: Float64Array): number {
  let total = 0;
  for (let state = 0; state < perVisit.length; state++) total += visits[state * laneCount + lane]! * perVisit[state]!;
  return total;
}
