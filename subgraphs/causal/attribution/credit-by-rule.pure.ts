import { journeyCount, noCredits, type Credits, type Journeys } from './journey-frame.pure.ts';

/** Weights of the touches `begin … end - 1` of one journey, written to `weights` from index 0. */
type Weigh = (weights: Float64Array, ages: Float64Array, begin: number, end: number) => void;

const firstShare = 0.4;
const lastShare = 0.4;

/** All credit to the first touch. */
export function creditFirstTouch(journeys: Journeys): Credits {
  return creditOneTouch(journeys, (begin) => begin);
}

/** All credit to the last touch. */
export function creditLastTouch(journeys: Journeys): Credits {
  return creditOneTouch(journeys, (_, end) => end - 1);
}

/** The same credit to every touch, repeats included. */
export function creditLinear(journeys: Journeys): Credits {
  return creditTouches(journeys, (weights, _, begin, end) => weights.fill(1 / (end - begin), 0, end - begin));
}

/** 40 % to the first, 40 % to the last, 20 % shared by those between; two touches share equally. */
export function creditPositionBased(journeys: Journeys): Credits {
  return creditTouches(journeys, weighByPosition);
}

/**
 * Credit in proportion to 2^(-age / halfLifeDays). A journey with a touch of unknown time counts one day per touch
 * from the last one backwards, which is an assumption about its speed and is stated as such.
 */
export function creditTimeDecay(journeys: Journeys, halfLifeDays: number): Credits {
  return creditTouches(journeys, (weights, ages, begin, end) => weighByAge(weights, ages, begin, end, halfLifeDays));
}

function creditOneTouch(journeys: Journeys, pick: (begin: number, end: number) => number): Credits {
  const credits = noCredits(journeys.units.length);
  for (let journey = 0; journey < journeyCount(journeys); journey++) {
    const begin = journeys.offsets[journey]!;
    const end = journeys.offsets[journey + 1]!;
    if (begin === end || journeys.conversions[journey] === 0) continue;
    const unit = journeys.touches[pick(begin, end)]!;
    credits.conversions[unit]! += journeys.conversions[journey]!;
    credits.value[unit]! += journeys.value[journey]!;
  }
  return credits;
}

function creditTouches(journeys: Journeys, weigh: Weigh): Credits {
  const credits = noCredits(journeys.units.length);
  const weights = new Float64Array(longestJourney(journeys));
  for (let journey = 0; journey < journeyCount(journeys); journey++) {
    const conversions = journeys.conversions[journey]!;
    const value = journeys.value[journey]!;
    const begin = journeys.offsets[journey]!;
    const end = journeys.offsets[journey + 1]!;
    if (conversions === 0 || begin === end) continue;
    weigh(weights, journeys.ages, begin, end);
    for (let touch = begin; touch < end; touch++) {
      const unit = journeys.touches[touch]!;
      const weight = weights[touch - begin]!;
      credits.conversions[unit]! += conversions * weight;
      credits.value[unit]! += value * weight;
    }
  }
  return credits;
}

function weighByPosition(weights: Float64Array, _: Float64Array, begin: number, end: number): void {
  const touches = end - begin;
  if (touches <= 2) {
    weights.fill(1 / touches, 0, touches);
    return;
  }
  weights.fill((1 - firstShare - lastShare) / (touches - 2), 1, touches - 1);
  weights[0] = firstShare;
  weights[touches - 1] = lastShare;
}

function weighByAge(weights: Float64Array, ages: Float64Array, begin: number, end: number, halfLife: number): void {
  let timed = true;
  for (let touch = begin; touch < end; touch++) timed &&= !Number.isNaN(ages[touch]);
  // Counted from the last touch on: the factor cancels, and very old journeys do not underflow to 0 / 0.
  const last = timed ? ages[end - 1]! : 0;
  let total = 0;
  for (let touch = begin; touch < end; touch++) {
    const age = timed ? ages[touch]! - last : end - 1 - touch;
    const weight = 2 ** (-age / halfLife);
    weights[touch - begin] = weight;
    total += weight;
  }
  for (let index = 0; index < end - begin; index++) weights[index]! /= total;
}

function longestJourney(journeys: Journeys): number {
  let longest = 0;
  for (let journey = 0; journey < journeyCount(journeys); journey++) {
    longest = Math.max(longest, journeys.offsets[journey + 1]! - journeys.offsets[journey]!);
  }
  return longest;
}
