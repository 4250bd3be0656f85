import type { Journeys } from '../journey-frame.pure.ts';

/** A journey as a person writes it down: units in order, oldest first. */
export interface WrittenJourney {
  readonly path: readonly string[];
  readonly ages?: readonly number[];
  readonly conversions?: number;
  readonly nulls?: number;
  readonly value?: number;
}

/** Columns of written journeys; one conversion each unless said otherwise. Units are numbered as they appear. */
export function buildJourneys(written: readonly WrittenJourney[]): Journeys {
  const codes = new Map<string, number>();
  const codeOf = (unit: string): number => {
    if (!codes.has(unit)) codes.set(unit, codes.size);
    return codes.get(unit)!;
  };
  const offsets = [0];
  for (const { path } of written) offsets.push(offsets.at(-1)! + path.length);
  const touches = Uint32Array.from(written.flatMap(({ path }) => path.map(codeOf)));
  return {
    units: [...codes.keys()],
    offsets: Uint32Array.from(offsets),
    touches,
    ages: Float64Array.from(written.flatMap(({ path, ages }) => ages ?? path.map(() => NaN))),
    conversions: Float64Array.from(written, ({ conversions }) => conversions ?? 1),
    nulls: Float64Array.from(written, ({ nulls }) => nulls ?? 0),
    value: Float64Array.from(written, ({ value }) => value ?? 0),
  };
}

/** Credits by the name of the unit; units without a credit are left out. */
export function byName(journeys: Journeys, column: Float64Array): Record<string, number> {
  return Object.fromEntries(
    journeys.units.map((unit, code) => [unit, column[code]!] as const).filter(([, credit]) => credit !== 0),
  );
}
