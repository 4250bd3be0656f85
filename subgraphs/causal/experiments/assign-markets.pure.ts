import { columnOf, dot } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { permutation } from '../numerics/random/resample.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';

export interface MarketAssignment {
  readonly treated: readonly string[];
  readonly controls: readonly string[];
  /** What was drawn from: pairs or strata. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Markets in pairs that moved most alike in history, closest first; of each pair one is treated by the throw of a coin.
 * A market left over is a control. Throws TOO_FEW below four markets.
 */
export function assignPairs(history: Panel, seed: number): MarketAssignment {
  const { units } = history;
  requireMarkets(units.length);
  const random = stream(seed, 1);
  const directions = units.map((_, unit) => directionOf(columnOf(history.outcomes, unit)));
  const close = units.flatMap((_, a) =>
    units.slice(a + 1).map((_unit, offset) => ({
      a,
      b: a + 1 + offset,
      closeness: dot(directions[a]!, directions[a + 1 + offset]!),
    })),
  );
  const free = new Set(units.keys());
  const groups: string[][] = [];
  for (const { a, b } of close.toSorted((x, y) => y.closeness - x.closeness)) {
    if (!free.has(a) || !free.has(b)) continue;
    free.delete(a);
    free.delete(b);
    groups.push([units[a]!, units[b]!]);
  }
  const treated = groups.map((pair) => pair[random.integer(2)]!);
  return splitBy(units, treated, groups);
}

/**
 * Markets in strata of like size (mean outcome), and of each stratum the same number treated by chance. `share` is that
 * of treated markets. Throws TOO_FEW below four markets, OUT_OF_RANGE for a share that treats none or all.
 */
export function assignStrata(history: Panel, share: number, seed: number): MarketAssignment {
  const { units, outcomes } = history;
  requireMarkets(units.length);
  const wanted = Math.round(share * units.length);
  if (!(wanted >= 1 && wanted <= units.length - 2)) {
    const text = `${Math.round(100 * share)} % of ${units.length} markets leave none to treat or fewer than two controls.`;
    throw new Problem('OUT_OF_RANGE', text, { share });
  }
  const size = (unit: number): number => sumOf(columnOf(outcomes, unit));
  const order = [...units.keys()].toSorted((a, b) => size(b) - size(a));
  const groups = Array.from({ length: wanted }, (_, stratum) =>
    order.slice(Math.floor((stratum * order.length) / wanted), Math.floor(((stratum + 1) * order.length) / wanted)),
  );
  const random = stream(seed, 2);
  const treated = groups.map((group) => units[group[permutation(random, group.length)[0]!]!]!);
  return splitBy(
    units,
    treated,
    groups.map((group) => group.map((unit) => units[unit]!)),
  );
}

function splitBy(
  units: readonly string[],
  treated: readonly string[],
  groups: MarketAssignment['groups'],
): MarketAssignment {
  return { treated, controls: units.filter((unit) => !treated.includes(unit)), groups };
}

function requireMarkets(count: number): void {
  if (count >= 4) return;
  throw new Problem('TOO_FEW', `There are ${count} markets; an assignment needs at least 4.`, { markets: count });
}

function directionOf(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(dot(centred, centred));
  return length > 0 ? centred.map((value) => value / length) : centred;
}
