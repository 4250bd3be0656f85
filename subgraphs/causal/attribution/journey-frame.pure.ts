import type { JourneyFrame } from '@liftos/core/ports/memory.ts';

/**
 * Customer journeys as columns: journey `j` owns the touches `offsets[j] … offsets[j + 1] - 1`, oldest first.
 * Typed arrays only, so that journeys move to a worker thread without being copied.
 */
export type Journeys = Pick<JourneyFrame, 'units' | 'offsets' | 'touches' | 'ages' | 'conversions' | 'nulls' | 'value'>;

/** What one model credits to each unit (channel or campaign), by its code. */
export interface Credits {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  /** Markov only: share of conversions lost without the unit. */
  readonly removalEffects?: Float64Array;
}

/** Number of journeys; a journey may stand for many equal ones. */
export function journeyCount(journeys: Journeys): number {
  return journeys.conversions.length;
}

/** Credits of zero for a number of units. */
export function noCredits(units: number): { conversions: Float64Array; value: Float64Array } {
  return { conversions: new Float64Array(units), value: new Float64Array(units) };
}

/** Every buffer of the columns once, to hand over instead of copying. */
export function journeyBuffers(journeys: Journeys): ArrayBuffer[] {
  const { offsets, touches, ages, conversions, nulls, value } = journeys;
  const columns = [offsets, touches, ages, conversions, nulls, value];
  return [...new Set(columns.map((column) => column.buffer as ArrayBuffer))];
}
