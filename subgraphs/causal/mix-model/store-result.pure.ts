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
