import { journeyCount, type Journeys } from './journey-frame.pure.ts';

const empty = -1;

/**
 * Number of distinct paths after consecutive repeats are collapsed. Journeys without a touch have no path. Counted
 * exactly: equal hashes are compared touch by touch.
 */
export function countPaths(journeys: Journeys): number {
  const count = journeyCount(journeys);
  const { path, ends } = collapse(journeys);
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * count))) - 1;
  const slots = new Int32Array(mask + 1).fill(empty);
  let distinct = 0;
  for (let journey = 0; journey < count; journey++) {
    const begin = journeys.offsets[journey]!;
    const end = ends[journey]!;
    if (begin === end) continue;
    let hash = 0x811c9dc5;
    for (let touch = begin; touch < end; touch++) hash = Math.imul(hash ^ path[touch]!, 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (; slots[slot] !== empty; slot = (slot + 1) & mask) {
      const other = slots[slot]!;
      if (equal(path, begin, end, journeys.offsets[other]!, ends[other]!)) break;
    }
    if (slots[slot] !== empty) continue;
    slots[slot] = journey;
    distinct++;
  }
  return distinct;
}

/** Paths without repeats, each at the offset of its journey and ending at its own end. */
function collapse(journeys: Journeys): { path: Uint32Array; ends: Uint32Array } {
  const path = new Uint32Array(journeys.touches.length);
  const ends = new Uint32Array(journeyCount(journeys));
  for (let journey = 0; journey < ends.length; journey++) {
    const begin = journeys.offsets[journey]!;
    let place = begin;
    for (let touch = begin; touch < journeys.offsets[journey + 1]!; touch++) {
      const unit = journeys.touches[touch]!;
      if (place === begin || path[place - 1] !== unit) path[place++] = unit;
    }
    ends[journey] = place;
  }
  return { path, ends };
}

function equal(path: Uint32Array, begin: number, end: number, otherBegin: number, otherEnd: number): boolean {
  if (end - begin !== otherEnd - otherBegin) return false;
  for (let step = 0; step < end - begin; step++) if (path[begin + step] !== path[otherBegin + step]) return false;
  return true;
}
