import { columnOf, dot, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';

export interface CandidateRules {
  /** How many markets a test may have. */
  readonly sizes: readonly number[];
  /** Markets every test must have. */
  readonly include?: readonly string[];
  /** Markets that may not be treated; they still serve as controls. */
  readonly exclude?: readonly string[];
}

/**
 * Sets of markets worth simulating, as their places in the panel in rising order: around every market those whose history
 * goes most closely with it, so that a set moves as one and what stays behind looks like it. Every set once. Throws
 * OUT_OF_RANGE for sizes that leave fewer than two controls and markets that are not there.
 */
export function candidateMarkets(history: Panel, { sizes, include = [], exclude = [] }: CandidateRules): number[][] {
  const { units } = history;
  const must = include.map((unit) => placeOf(units, unit));
  const never = new Set(exclude.map((unit) => placeOf(units, unit)));
  const clash = include.find((unit) => exclude.includes(unit));
  if (clash) throw new Problem('OUT_OF_RANGE', `${clash} is both included and excluded.`, { unit: clash });
  for (const size of sizes) requireSize(size, units.length, must.length);
  const directions = directionsOf(history.outcomes);
  const sets = new Map<string, number[]>();
  units.forEach((_, centre) => {
    if (never.has(centre)) return;
    const nearest = units
      .map((_, place) => ({ place, closeness: dot(directions[centre]!, directions[place]!) }))
      .filter(({ place }) => !never.has(place) && !must.includes(place))
      .toSorted((a, b) => Number(b.place === centre) - Number(a.place === centre) || b.closeness - a.closeness);
    for (const size of sizes) {
      const rest = nearest.slice(0, size - must.length).map(({ place }) => place);
      const set = [...must, ...rest].toSorted((a, b) => a - b);
      if (set.length === size) sets.set(set.join(), set);
    }
  });
  return [...sets.values()];
}

/** The place of a market in the panel; throws OUT_OF_RANGE. */
export function placeOf(units: readonly string[], unit: string): number {
  const place = units.indexOf(unit);
  if (place < 0) throw new Problem('OUT_OF_RANGE', `The market ${unit} is not in the data.`, { unit });
  return place;
}

function requireSize(size: number, markets: number, included: number): void {
  if (Number.isInteger(size) && size >= Math.max(1, included) && size <= markets - 2) return;
  const text = `A test of ${size} markets is not possible with ${markets} markets, of which two must stay as controls${included > 0 ? `, and ${included} that must be in` : ''}.`;
  throw new Problem('OUT_OF_RANGE', text, { size });
}

/** Every column less its mean at length 1, so that products are correlations; zeros for a constant column. */
function directionsOf(outcomes: Matrix): Float64Array[] {
  return Array.from({ length: outcomes.columns }, (_, unit) => {
    const values = columnOf(outcomes, unit);
    const mean = meanOf(values);
    const centred = values.map((value) => value - mean);
    const length = Math.sqrt(dot(centred, centred));
    return length > 0 ? centred.map((value) => value / length) : centred;
  });
}
