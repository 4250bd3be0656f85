import type { UnitCredit } from './attribute-journeys.pure.ts';

interface Result {
  readonly model: string;
  readonly credits: readonly Pick<UnitCredit, 'key' | 'conversions' | 'value'>[];
}

/** Relative to the size of a credit: what another version of the runtime may round differently. */
const rounding = 1e-9;

/** Compare two computations credit by credit; a credit that only one of them has is compared with 0. */
export function compareResults(
  stored: readonly Result[],
  again: readonly Result[],
): { identical: boolean; largestDifference: number } {
  const before = figuresOf(stored);
  const after = figuresOf(again);
  let identical = true;
  let largestDifference = 0;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(key) ?? 0, after.get(key) ?? 0];
    const difference = Math.abs(a - b);
    largestDifference = Math.max(largestDifference, difference);
    identical &&= difference <= rounding * Math.max(1, Math.abs(a)) && before.has(key) === after.has(key);
  }
  return { identical, largestDifference };
}

function figuresOf(results: readonly Result[]): Map<string, number> {
  return new Map(
    results.flatMap(({ model, credits }) =>
      credits.flatMap(({ key, conversions, value }): [string, number][] => [
        [JSON.stringify([model, key, 'conversions']), conversions],
        [JSON.stringify([model, key, 'value']), value],
      ]),
    ),
  );
}
