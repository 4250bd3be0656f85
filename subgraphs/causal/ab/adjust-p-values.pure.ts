import { Problem } from '../numerics/problem.pure.ts';

/** Holm keeps the chance of any false finding below alpha; Benjamini and Hochberg the share of false findings. */
export type Correction = 'HOLM' | 'BENJAMINI_HOCHBERG';

/** p-values adjusted for being read together, in the order given. Throws OUT_OF_RANGE for what is not a p-value. */
export function adjustPValues(pValues: readonly number[], correction: Correction): number[] {
  if (!pValues.every((p) => p >= 0 && p <= 1)) throw new Problem('OUT_OF_RANGE', 'A p-value lies between 0 and 1.');
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = pValues.map(() => 1);
  const count = pValues.length;
  if (correction === 'HOLM') {
    let largest = 0;
    order.forEach((index, rank) => {
      largest = Math.max(largest, Math.min(1, (count - rank) * pValues[index]!));
      adjusted[index] = largest;
    });
    return adjusted;
  }
  let smallest = 1;
  for (let rank = count; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    smallest = Math.min(smallest, (count / rank) * pValues[index]!);
    adjusted[index] = smallest;
  }
  return adjusted;
}
