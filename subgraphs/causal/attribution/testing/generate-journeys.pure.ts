import type { Journeys } from '../journey-frame.pure.ts';

const unitCount = 12;
const drawsPerJourney = 22;
const longest = 20;
const two32 = 2 ** 32;

/**
 * The synthetic workload of the benchmarks: journeys over 12 channels from mulberry32 with seed 42, 22 draws each
 * (length, 20 channels, conversion). Values are one per conversion and touches lie one day apart.
 */
export function generateJourneys(count: number): Journeys {
  const draw = mulberry32(42);
  const offsets = new Uint32Array(count + 1);
  const touches = new Uint32Array(count * 4);
  const conversions = new Float64Array(count);
  const draws = new Float64Array(drawsPerJourney);
  let touch = 0;
  for (let journey = 0; journey < count; journey++) {
    for (let index = 0; index < drawsPerJourney; index++) draws[index] = draw();
    const length = Math.min(longest, 1 + Math.floor(-Math.log(1 - draws[0]!) * 2.5));
    for (let step = 1; step <= length; step++) touches[touch++] = Math.floor(unitCount * draws[step]! ** 1.5);
    conversions[journey] = draws[drawsPerJourney - 1]! < 0.03 + 0.015 * Math.min(length, 6) ? 1 : 0;
    offsets[journey + 1] = touch;
  }
  return {
    units: Array.from({ length: unitCount }, (_, unit) => `channel ${String(unit).padStart(2, '0')}`),
    offsets,
    touches: touches.slice(0, touch),
    ages: daysBeforeEnd(offsets, touch),
    conversions,
    nulls: conversions.map((converted) => 1 - converted),
    value: conversions.slice(),
  };
}

/** Pseudo-random numbers in [0, 1) of the 32-bit generator mulberry32. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / two32;
  };
}

function daysBeforeEnd(offsets: Uint32Array, touches: number): Float64Array {
  const ages = new Float64Array(touches);
  for (let journey = 0; journey + 1 < offsets.length; journey++) {
    const last = offsets[journey + 1]! - 1;
    for (let touch = offsets[journey]!; touch <= last; touch++) ages[touch] = last - touch;
  }
  return ages;
}
