import type { JourneyFrame } from '@liftos/core/ports/memory.ts';
import type { Journeys } from './journey-frame.pure.ts';

/**
 * Journeys whose values may be added up. Values without one common currency are set to 0, with a warning, because
 * their sum would be an amount of nothing.
 */
export function withOneCurrency(frame: JourneyFrame): { journeys: Journeys; warnings: string[] } {
  if (frame.currency !== null || frame.value.every((value) => value === 0)) return { journeys: frame, warnings: [] };
  return {
    journeys: { ...frame, value: new Float64Array(frame.value.length) },
    warnings: ['The values are in several currencies and are not added up; only conversions are credited.'],
  };
}
