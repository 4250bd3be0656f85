import { sumOf } from '../numerics/moments.pure.ts';
import { buildChain, type Chain } from './build-chain.pure.ts';
import { countTransitions } from './count-transitions.pure.ts';
import type { Credits, Journeys } from './journey-frame.pure.ts';
import { solveChain, type Outcome } from './solve-chain.pure.ts';

export interface MarkovSettings {
  /** Units a state remembers, 1 to 3. */
  readonly order: number;
  /** Whether journeys without conversion weigh. */
  readonly includeNulls: boolean;
}

export interface MarkovCredits extends Credits {
  readonly removalEffects: Float64Array;
  /** The same for value instead of conversions. */
  readonly valueRemovalEffects: Float64Array;
  /** Probability of conversion and expected value from the start. */
  readonly startConversion: number;
  readonly startValue: number;
  readonly states: number;
}

/** How far the solved chain may be from the counted share of conversions, which it must reproduce. */
const selfCheck = 1e-9;

const nothing = new Int32Array();

/**
 * Removal effects of an absorbing Markov chain: the share of conversions that is lost when every transition into a
 * unit ends the journey instead. Conversions (and value) are shared in proportion to the removal effects. Solved
 * exactly, by linear systems instead of simulated journeys. `onProgress` hears the share of systems solved.
 */
export function creditByMarkov(
  journeys: Journeys,
  settings: MarkovSettings,
  onProgress?: (fraction: number) => void,
): MarkovCredits {
  const counts = countTransitions(journeys, settings.order, settings.includeNulls);
  const units = journeys.units.length;
  const removalEffects = new Float64Array(units);
  const valueRemovalEffects = new Float64Array(units);
  const conversions = sumOf(counts.conversions);
  const value = sumOf(counts.values);
  if (conversions === 0) return noConversions(units, counts.states.length);
  const chain = buildChain(counts);
  const removable = chain.statesOfUnit.map((_, unit) => unit).filter((unit) => chain.statesOfUnit[unit]!.length > 0);
  const removals = [nothing, ...removable.map((unit) => chain.statesOfUnit[unit]!)];
  const [whole, ...without] = solveChain(chain, removals, (solved) => onProgress?.(solved / removals.length));
  checkAgainstCounts(chain, whole!);
  removable.forEach((unit, index) => {
    removalEffects[unit] = Math.max(0, 1 - without[index]!.conversion / whole!.conversion);
    valueRemovalEffects[unit] = whole!.value === 0 ? 0 : 1 - without[index]!.value / whole!.value;
  });
  return {
    conversions: share(conversions, removalEffects),
    value: share(value, valueRemovalEffects),
    removalEffects,
    valueRemovalEffects,
    startConversion: whole!.conversion,
    startValue: whole!.value,
    states: chain.states,
  };
}

/** The chain is estimated from the journeys it describes, so it must convert exactly as often as they do. */
function checkAgainstCounts(chain: Chain, solved: Outcome): void {
  const difference = Math.abs(solved.conversion - chain.counted.conversion);
  if (!(difference <= selfCheck * chain.counted.conversion)) {
    throw new Error(`The solved chain converts ${solved.conversion}, the journeys ${chain.counted.conversion}.`);
  }
}

function share(total: number, effects: Float64Array): Float64Array {
  const all = sumOf(effects);
  return effects.map((effect) => (all === 0 ? 0 : (total * effect) / all));
}

function noConversions(units: number, states: number): MarkovCredits {
  const zero = (): Float64Array => new Float64Array(units);
  return {
    conversions: zero(),
    value: zero(),
    removalEffects: zero(),
    valueRemovalEffects: zero(),
    startConversion: 0,
    startValue: 0,
    states,
  };
}
