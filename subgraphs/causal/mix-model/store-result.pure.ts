import type { MixResult } from './conclude-mix.pure.ts';

/** A value as JSON keeps it: typed arrays are lists, numbers that are none are null. */
export type Stored<T> = T extends Float64Array
  ? number[]
  : T extends number
    ? number
    : T extends object
      ? { [Key in keyof T]: Stored<T[Key]> }
      : T;

/** A result with the days its periods begin on. */
export type StoredResult = Stored<MixResult> & { readonly dates: readonly string[] };

/** A result as JSON text. */
export function resultText(result: MixResult, dates: readonly string[]): string {
  return JSON.stringify({ ...result, dates }, (_, value: unknown) =>
    value instanceof Float64Array ? [...value] : value,
  );
}

/** The largest absolute difference of any number of two results, relative to its size; Infinity when they differ in kind. */
export function largestDifference(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) / Math.max(1, Math.abs(a));
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b ? 0 : Infinity;
  const [first, second] = [Object.entries(a), new Map(Object.entries(b))];
  if (first.length !== second.size) return Infinity;
  return first.reduce((most, [key, value]) => Math.max(most, largestDifference(value, second.get(key))), 0);
}
