import { createHash } from 'node:crypto';
import type { Journeys } from './journey-frame.pure.ts';

/**
 * SHA-256 over every column, in hexadecimal. Units are numbered by name first, so that journeys which were merely
 * coded in another order have the same hash.
 */
export function hashJourneys(journeys: Journeys): string {
  const names = journeys.units.toSorted();
  const places = new Map(names.map((name, place) => [name, place]));
  const codes = Uint32Array.from(journeys.units, (name) => places.get(name)!);
  const hash = createHash('sha256');
  hash.update(JSON.stringify([names, journeys.conversions.length, journeys.touches.length]));
  hash.update(journeys.touches.map((unit) => codes[unit]!));
  hash.update(journeys.offsets);
  for (const column of [journeys.ages, journeys.conversions, journeys.nulls, journeys.value]) hash.update(column);
  return hash.digest('hex');
}
