import { sumOf } from '../numerics/moments.pure.ts';

/**
 * Spearman's rank correlation with mean ranks for ties. Null with fewer than two entries or when one side is all
 * ties, where no rank order exists.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  if (a.length < 2) return null;
  const ranksA = meanRanks(a);
  const ranksB = meanRanks(b);
  const middle = (a.length + 1) / 2;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let index = 0; index < a.length; index++) {
    const deviationA = ranksA[index]! - middle;
    const deviationB = ranksB[index]! - middle;
    covariance += deviationA * deviationB;
    varianceA += deviationA ** 2;
    varianceB += deviationB ** 2;
  }
  const scale = Math.sqrt(varianceA * varianceB);
  return scale === 0 ? null : covariance / scale;
}

/** Half the sum of absolute differences of shares: how much of the credit has to move to turn one into the other. */
export function sharesMoved(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const totalA = sumOf(a);
  const totalB = sumOf(b);
  let moved = 0;
  for (let index = 0; index < a.length; index++) {
    moved += Math.abs(shareOf(a[index]!, totalA) - shareOf(b[index]!, totalB));
  }
  return moved / 2;
}

/** `part / whole`, 0 when there is nothing to share. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function meanRanks(entries: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: entries.length }, (_, index) => index).sort((i, j) => entries[i]! - entries[j]!);
  const ranks = new Float64Array(entries.length);
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    while (end < order.length && entries[order[end]!] === entries[order[begin]!]) end++;
    for (let place = begin; place < end; place++) ranks[order[place]!] = (begin + 1 + end) / 2;
    begin = end;
  }
  return ranks;
}
