import { Problem } from '../problem.pure.ts';
import type { RandomStream } from './stream.pure.ts';

/** `size` row numbers below `size`, drawn with replacement. */
export function bootstrapRows(random: RandomStream, size: number): Int32Array {
  return Int32Array.from({ length: size }, () => random.integer(size));
}

/** 0 to size - 1 in random order (Fisher-Yates); every order is equally likely. */
export function permutation(random: RandomStream, size: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, index) => index);
  for (let index = size - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order;
}

/**
 * `size` row numbers in runs of `length` rows that follow each other, from random starts, round the end (circular
 * block bootstrap, Politis & Romano 1992): keeps the dependence of a series within a run.
 */
export function blockBootstrapRows(random: RandomStream, size: number, length: number): Int32Array {
  if (!(length >= 1 && length <= size)) {
    throw new Problem('OUT_OF_RANGE', `A block has from 1 to ${size} rows, not ${length}.`);
  }
  const rows = new Int32Array(size);
  for (let from = 0; from < size; from += length) {
    const start = random.integer(size);
    for (let row = from; row < Math.min(from + length, size); row++) rows[row] = (start + row - from) % size;
  }
  return rows;
}

/** +1 or -1 with equal chance, once per cluster of a wild bootstrap. */
export function rademacher(random: RandomStream, size: number): Float64Array {
  return Float64Array.from({ length: size }, () => ((random.bits() & 0x80000000) === 0 ? 1 : -1));
}

/** Mammen's two points, with mean 0, variance 1 and third moment 1. */
export function mammen(random: RandomStream, size: number): Float64Array {
  const root = Math.sqrt(5);
  const chance = (root + 1) / (2 * root);
  return Float64Array.from({ length: size }, () => (random.uniform() < chance ? (1 - root) / 2 : (1 + root) / 2));
}

/** The quantile of sorted values between neighbours, as R's type 7. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}
