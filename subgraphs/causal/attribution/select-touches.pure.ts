import { journeyCount, type Journeys } from './journey-frame.pure.ts';

/** Journeys cut to what a model may credit, and what the cut left out. */
export interface Selection {
  readonly journeys: Journeys;
  /** Number of journeys with at least one touch of unknown time. */
  readonly untimedJourneys: number;
  /** Conversions of journeys that keep no touch. */
  readonly unattributedConversions: number;
}

/**
 * Keep the touches at most `windowDays` before the conversion (inclusive), oldest first; `null` keeps every touch.
 * A touch after the conversion (negative age) cannot have caused it and is dropped. With a window, a journey that
 * has a touch of unknown time keeps nothing: whether that touch belongs cannot be known.
 */
export function selectTouches(journeys: Journeys, windowDays: number | null): Selection {
  const count = journeyCount(journeys);
  const offsets = new Uint32Array(count + 1);
  const touches = new Uint32Array(journeys.touches.length);
  const ages = new Float64Array(journeys.touches.length);
  const limit = windowDays ?? Infinity;
  let kept = 0;
  let untimedJourneys = 0;
  let unattributedConversions = 0;
  for (let journey = 0; journey < count; journey++) {
    const begin = kept;
    const end = journeys.offsets[journey + 1]!;
    const untimed = hasUnknownAge(journeys.ages, journeys.offsets[journey]!, end);
    if (untimed) untimedJourneys += journeys.conversions[journey]! + journeys.nulls[journey]!;
    for (let touch = untimed && windowDays !== null ? end : journeys.offsets[journey]!; touch < end; touch++) {
      const age = journeys.ages[touch]!;
      if (age < 0 || age > limit) continue;
      touches[kept] = journeys.touches[touch]!;
      ages[kept++] = age;
    }
    if (!untimed) sortOldestFirst(touches, ages, begin, kept);
    if (kept === begin) unattributedConversions += journeys.conversions[journey]!;
    offsets[journey + 1] = kept;
  }
  const selected = { ...journeys, offsets, touches: touches.subarray(0, kept), ages: ages.subarray(0, kept) };
  return { journeys: selected, untimedJourneys, unattributedConversions };
}

function hasUnknownAge(ages: Float64Array, begin: number, end: number): boolean {
  for (let touch = begin; touch < end; touch++) if (Number.isNaN(ages[touch])) return true;
  return false;
}

/** Insertion sort: journeys are short and as a rule in order already, and touches of the same age keep their order. */
function sortOldestFirst(touches: Uint32Array, ages: Float64Array, begin: number, end: number): void {
  for (let current = begin + 1; current < end; current++) {
    const age = ages[current]!;
    const unit = touches[current]!;
    let place = current;
    for (; place > begin && ages[place - 1]! < age; place--) {
      ages[place] = ages[place - 1]!;
      touches[place] = touches[place - 1]!;
    }
    ages[place] = age;
    touches[place] = unit;
  }
}
