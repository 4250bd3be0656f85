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

/**
 * The columns with a buffer of their own each, to be handed over instead of copied. A view into a larger buffer, such
 * as a received message, is copied out of it, because handing over that buffer would take everything else in it along.
 */
export function detachable(journeys: Journeys): { journeys: Journeys; buffers: ArrayBuffer[] } {
  const { offsets, touches, ages, conversions, nulls, value } = journeys;
  const columns = {
    offsets: ownBuffer(offsets),
    touches: ownBuffer(touches),
    ages: ownBuffer(ages),
    conversions: ownBuffer(conversions),
    nulls: ownBuffer(nulls),
    value: ownBuffer(value),
  };
  const buffers = new Set(Object.values(columns).map(({ buffer }) => buffer));
  return { journeys: { units: journeys.units, ...columns }, buffers: [...buffers] };
}

function ownBuffer<T extends Uint32Array | Float64Array>(column: T): T & { readonly buffer: ArrayBuffer } {
  const alone = column.buffer instanceof ArrayBuffer && column.buffer.byteLength === column.byteLength;
  return (alone ? column : column.slice()) as T & { readonly buffer: ArrayBuffer };
}
