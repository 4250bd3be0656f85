import { describe, expect, it } from 'vitest';
import { buildChain } from './build-chain.pure.ts';
import { countTransitions } from './count-transitions.pure.ts';
import { creditByMarkov } from './credit-by-markov.pure.ts';
import type { Journeys } from './journey-frame.pure.ts';
import { eliminate, iterate } from './solve-chain.pure.ts';
import { buildJourneys, byName } from './testing/build-journeys.pure.ts';
import { generateJourneys, mulberry32 } from './testing/generate-journeys.pure.ts';
import { readGoldenJson, readPathData } from './testing/read-golden.ts';

type Named = Record<string, number>;

function expectNear(actual: Named, expected: Named, tolerance: number): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [unit, entry] of Object.entries(expected)) {
    expect(Math.abs(actual[unit]! - entry), `${unit}: ${actual[unit]} against ${entry}`).toBeLessThanOrEqual(tolerance);
  }
}

interface ChainExpectation {
  p_conversion_from_start: number;
  removal_effect: Named;
  attributed_conversions: Named;
  expected_value_from_start?: number;
  removal_effect_value?: Named;
  attributed_value?: Named;
}
const paths = readPathData();
const published = readGoldenJson<{ markov: Record<string, ChainExpectation> }>('causal/pathdata/expected.json');

describe.skipIf(!paths || !published)('creditByMarkov on published paths (golden pathdata, 1e-6)', () => {
  it.each([
    { name: 'order1_with_null', order: 1, includeNulls: true },
    { name: 'order1_without_null', order: 1, includeNulls: false },
    { name: 'order2_with_null', order: 2, includeNulls: true },
    { name: 'order2_without_null', order: 2, includeNulls: false },
  ])('$name gives the exact removal effects and credits', ({ name, ...settings }) => {
    const expected = published!.markov[name]!;
    const credits = creditByMarkov(paths!, settings);
    expect(credits.startConversion).toBeCloseTo(expected.p_conversion_from_start, 12);
    expectNear(byName(paths!, credits.removalEffects), expected.removal_effect, 1e-9);
    expectNear(byName(paths!, credits.conversions), expected.attributed_conversions, 1e-6);
    if (!expected.attributed_value) return;
    expect(credits.startValue).toBeCloseTo(expected.expected_value_from_start!, 9);
    expectNear(byName(paths!, credits.valueRemovalEffects), expected.removal_effect_value!, 1e-9);
    // The reference prints four digits of value.
    expectNear(byName(paths!, credits.value), expected.attributed_value, 1e-4);
  });

  it.each([1, 2, 3])('the chain of order %i converts as often as the paths do', (order) => {
    const { startConversion } = creditByMarkov(paths!, { order, includeNulls: true });
    expect(startConversion).toBeCloseTo(19_785 / (19_785 + 68_602), 12);
  });

  it('iterating and eliminating the 933 states of order 3 agree to 1e-12', () => {
    const chain = buildChain(countTransitions(paths!, 3, true));
    for (const states of [Int32Array.of(), ...chain.statesOfUnit.slice(0, 3)]) {
      const direct = eliminate(chain, states);
      const iterated = iterate(chain, [Int32Array.of(0), states])![1]!;
      expect(Math.abs(iterated.conversion - direct.conversion)).toBeLessThan(1e-12);
      expect(Math.abs(iterated.value - direct.value)).toBeLessThan(1e-12);
      expect(iterated.errorBound).toBeLessThan(1e-12);
    }
  });
});

const workload = readGoldenJson<Record<'n100000', { markov_order1: number[]; p_start: number }>>(
  'causal/markov_synthetic/expected.json',
);

describe.skipIf(!workload)('creditByMarkov on generated journeys (golden markov_synthetic, 1e-3)', () => {
  it('gives the credits of the numpy reference for 100,000 journeys', () => {
    const { conversions, startConversion } = creditByMarkov(generateJourneys(100_000), {
      order: 1,
      includeNulls: true,
    });
    expect(startConversion).toBeCloseTo(workload!.n100000.p_start, 12);
    workload!.n100000.markov_order1.forEach((expected, unit) =>
      expect(Math.abs(conversions[unit]! - expected)).toBeLessThan(1e-3),
    );
  });
});

describe('creditByMarkov', () => {
  const journeys = generateJourneys(20_000);

  it.each([1, 2, 3])('order %i shares out every conversion and all value', (order) => {
    const { conversions, value } = creditByMarkov(journeys, { order, includeNulls: true });
    const total = journeys.conversions.reduce((sum, entry) => sum + entry, 0);
    expect(conversions.reduce((sum, entry) => sum + entry, 0)).toBeCloseTo(total, 8);
    expect(value.reduce((sum, entry) => sum + entry, 0)).toBeCloseTo(total, 8);
  });

  it.each([1, 2, 3])('order %i does not depend on how units are numbered', (order) => {
    const last = journeys.units.length - 1;
    const renumbered: Journeys = {
      ...journeys,
      units: journeys.units.toReversed(),
      touches: journeys.touches.map((unit) => last - unit),
    };
    const credits = creditByMarkov(journeys, { order, includeNulls: true });
    const again = creditByMarkov(renumbered, { order, includeNulls: true });
    credits.removalEffects.forEach((effect, unit) => expect(again.removalEffects[last - unit]).toBeCloseTo(effect, 12));
  });

  it('gives units with exchanged roles the same credit', () => {
    const mirrored = buildJourneys([
      { path: ['a', 'b'], nulls: 3 },
      { path: ['b', 'a'], nulls: 3 },
    ]);
    const { conversions } = creditByMarkov(mirrored, { order: 1, includeNulls: true });
    expect(conversions[0]).toBeCloseTo(conversions[1]!, 12);
  });

  it('scales with the number of journeys and leaves removal effects alone', () => {
    const five = (column: Float64Array): Float64Array => column.map((entry) => 5 * entry);
    const scaled = { ...journeys, conversions: five(journeys.conversions), nulls: five(journeys.nulls) };
    const credits = creditByMarkov(journeys, { order: 2, includeNulls: true });
    const more = creditByMarkov(scaled, { order: 2, includeNulls: true });
    credits.removalEffects.forEach((effect, unit) => expect(more.removalEffects[unit]).toBeCloseTo(effect, 12));
    credits.conversions.forEach((entry, unit) => expect(more.conversions[unit]).toBeCloseTo(5 * entry, 7));
  });

  it('drops repeats: a > a > b is a > b', () => {
    const repeated = buildJourneys([
      { path: ['a', 'a', 'b', 'b'], nulls: 2 },
      { path: ['b'], nulls: 1 },
    ]);
    const collapsed = buildJourneys([
      { path: ['a', 'b'], nulls: 2 },
      { path: ['b'], nulls: 1 },
    ]);
    const settings = { order: 1, includeNulls: true };
    expect(creditByMarkov(repeated, settings).removalEffects).toEqual(
      creditByMarkov(collapsed, settings).removalEffects,
    );
  });

  it('solves a hand-made chain: removal effects 1 and 1/2', () => {
    const journeys = buildJourneys([{ path: ['a'] }, { path: ['a', 'b'] }]);
    const { removalEffects } = creditByMarkov(journeys, { order: 1, includeNulls: true });
    expect([...removalEffects]).toEqual([1, 0.5]);
  });

  it('credits nothing when nothing converts', () => {
    const lost = buildJourneys([{ path: ['a', 'b'], conversions: 0, nulls: 4 }]);
    expect([...creditByMarkov(lost, { order: 1, includeNulls: true }).conversions]).toEqual([0, 0]);
    expect([...creditByMarkov(lost, { order: 1, includeNulls: false }).conversions]).toEqual([0, 0]);
  });

  it('solves chains that hardly ever end to 1e-12', () => {
    const path = Array.from({ length: 4000 }, (_, step) => (step % 2 ? 'a' : 'b'));
    const others = Array.from({ length: 80 }, (_, unit) => ({ path: [`c${unit}`, 'a'], nulls: 1 }));
    const chain = buildChain(countTransitions(buildJourneys([{ path, nulls: 1 }, ...others]), 1, true));
    for (const states of chain.statesOfUnit.slice(0, 4)) {
      const [whole, without] = iterate(chain, [Int32Array.of(), states])!;
      expect(Math.abs(whole!.conversion - chain.counted.conversion)).toBeLessThan(1e-12);
      expect(Math.abs(without!.conversion - eliminate(chain, states).conversion)).toBeLessThan(1e-12);
    }
  });
});

describe('countTransitions', () => {
  it.each([1, 2, 3])('counts the same for order %i in arrays and in tables', (order) => {
    const small = generateJourneys(3000);
    // Names that occur nowhere push the count over the size up to which arrays are used.
    const wide = { ...small, units: [...small.units, ...Array.from({ length: 2000 }, (_, unit) => `unused ${unit}`)] };
    const dense = creditByMarkov(small, { order, includeNulls: true });
    const sparse = creditByMarkov(wide, { order, includeNulls: true });
    expect(sparse.states).toBe(dense.states);
    dense.removalEffects.forEach((effect, unit) => expect(sparse.removalEffects[unit]).toBeCloseTo(effect, 12));
  });

  it('counts many campaigns at order 3 without a cell per tuple', () => {
    const draw = mulberry32(7);
    const campaign = (): string => `campaign ${Math.floor(400 * draw() ** 2)}`;
    const written = Array.from({ length: 4000 }, () => ({ path: Array.from({ length: 6 }, campaign), nulls: 1 }));
    const counts = countTransitions(buildJourneys(written), 3, true);
    expect(counts.starts.reduce((sum, entry) => sum + entry, 0)).toBe(8000);
    expect(counts.states.length).toBeLessThan(16_001);
  });
});
