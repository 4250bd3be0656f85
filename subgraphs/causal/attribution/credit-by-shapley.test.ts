import { describe, expect, it } from 'vitest';
import { creditByShapley } from './credit-by-shapley.pure.ts';
import type { Journeys } from './journey-frame.pure.ts';
import { buildJourneys, byName } from './testing/build-journeys.pure.ts';
import { generateJourneys } from './testing/generate-journeys.pure.ts';

/** The definition: mean marginal worth over all coalitions, where a coalition earns the journeys it covers. */
function creditByDefinition(journeys: Journeys): number[] {
  const players = journeys.units.length;
  const worth = new Float64Array(2 ** players);
  journeys.conversions.forEach((conversions, journey) => {
    let set = 0;
    for (const unit of journeys.touches.subarray(journeys.offsets[journey], journeys.offsets[journey + 1])) {
      set |= 1 << unit;
    }
    for (let coalition = 0; coalition < worth.length; coalition++) {
      if (set !== 0 && (coalition & set) === set) worth[coalition]! += conversions;
    }
  });
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return journeys.units.map((_, unit) => {
    let credit = 0;
    for (let coalition = 0; coalition < worth.length; coalition++) {
      if (coalition & (1 << unit)) continue;
      const size = coalition.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
      credit += weight * (worth[coalition | (1 << unit)]! - worth[coalition]!);
    }
    return credit;
  });
}

describe('creditByShapley', () => {
  it('equals the definition over all coalitions of 12 channels (1e-9)', () => {
    const journeys = generateJourneys(3000);
    const expected = creditByDefinition(journeys);
    creditByShapley(journeys).conversions.forEach((credit, unit) => expect(credit).toBeCloseTo(expected[unit]!, 9));
  });

  it('gives units that always appear together the same credit', () => {
    const journeys = buildJourneys([
      { path: ['a', 'b', 'a'], conversions: 4 },
      { path: ['b', 'c', 'a'], conversions: 3 },
    ]);
    const credits = byName(journeys, creditByShapley(journeys).conversions);
    expect(credits).toEqual({ a: 3, b: 3, c: 1 });
  });

  it('gives a unit that is only in journeys without conversion nothing', () => {
    const journeys = buildJourneys([{ path: ['a'] }, { path: ['b'], conversions: 0, nulls: 5 }]);
    expect(byName(journeys, creditByShapley(journeys).conversions)).toEqual({ a: 1 });
  });
});
