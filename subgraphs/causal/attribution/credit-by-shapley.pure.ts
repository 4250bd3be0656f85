import { journeyCount, noCredits, type Credits, type Journeys } from './journey-frame.pure.ts';

/**
 * Shapley value of the game v(S) = conversions of the journeys whose set of units lies inside S. For this game the
 * sum over all 2^n coalitions collapses: a journey shares its conversions equally among its distinct units, so the
 * exact value takes time linear in the touches. Repeats and order do not matter.
 */
export function creditByShapley(journeys: Journeys): Credits {
  const credits = noCredits(journeys.units.length);
  const lastSeenIn = new Int32Array(journeys.units.length).fill(-1);
  for (let journey = 0; journey < journeyCount(journeys); journey++) {
    const conversions = journeys.conversions[journey]!;
    const value = journeys.value[journey]!;
    if (conversions === 0) continue;
    const begin = journeys.offsets[journey]!;
    const end = journeys.offsets[journey + 1]!;
    let distinct = 0;
    for (let touch = begin; touch < end; touch++) {
      const unit = journeys.touches[touch]!;
      if (lastSeenIn[unit] !== journey) distinct++;
      lastSeenIn[unit] = journey;
    }
    for (let touch = begin; touch < end; touch++) {
      const unit = journeys.touches[touch]!;
      if (lastSeenIn[unit] !== journey) continue;
      lastSeenIn[unit] = -1;
      credits.conversions[unit]! += conversions / distinct;
      credits.value[unit]! += value / distinct;
    }
  }
  return credits;
}
