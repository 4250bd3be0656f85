/** How a stored result and the same computation of today compare. */
export interface Outcome {
  /** All figures are the same, up to what another version of the runtime may round differently. */
  readonly identical: boolean;
  /** Whether the data is still the data of the stored result. */
  readonly sameData: boolean;
  /** Largest difference of any figure, relative to its size where that is above 1; of credits, not relative. */
  readonly largestDifference: number;
}

const rounding = 1e-9;

/** Compares a result as it is stored with the same as it would be stored today. */
export function compareOutcomes(stored: unknown, again: unknown, sameData: boolean): Outcome {
  const difference = largestDifference(stored, JSON.parse(JSON.stringify(again)));
  return {
    identical: difference <= rounding,
    sameData,
    largestDifference: Math.min(difference, Number.MAX_VALUE),
  };
}

/** Infinity when the two differ in kind. */
function largestDifference(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) / Math.max(1, Math.abs(a));
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b ? 0 : Infinity;
  const [first, second] = [Object.entries(a), new Map(Object.entries(b))];
  if (first.length !== second.size) return Infinity;
  return first.reduce((most, [key, value]) => Math.max(most, largestDifference(value, second.get(key))), 0);
}
