import { describe, expect, it } from 'vitest';
import {
  creditFirstTouch,
  creditLastTouch,
  creditLinear,
  creditPositionBased,
  creditTimeDecay,
} from './credit-by-rule.pure.ts';
import { creditByShapley } from './credit-by-shapley.pure.ts';
import type { Credits, Journeys } from './journey-frame.pure.ts';
import { selectTouches } from './select-touches.pure.ts';
import { buildJourneys, byName } from './testing/build-journeys.pure.ts';
import { generateJourneys } from './testing/generate-journeys.pure.ts';
import { readGoldenJson, readPathData, readTimedJourneys } from './testing/read-golden.ts';

const ruleModels: Record<string, (journeys: Journeys) => Credits> = {
  first: creditFirstTouch,
  last: creditLastTouch,
  linear: creditLinear,
  time_decay_7d: (journeys) => creditTimeDecay(journeys, 7),
  position_40_20_40: creditPositionBased,
};

type Named = Record<string, number>;

function expectCredits(journeys: Journeys, column: Float64Array, expected: Named, tolerance: number): void {
  const credits = byName(journeys, column);
  for (const unit of new Set([...Object.keys(credits), ...Object.keys(expected)])) {
    const difference = Math.abs((credits[unit] ?? 0) - (expected[unit] ?? 0));
    expect(difference, `${unit}: ${credits[unit]} against ${expected[unit]}`).toBeLessThanOrEqual(tolerance);
  }
}

const timed = readTimedJourneys();
interface TimedExpectation {
  windows_days: Record<string, Record<string, { conversions: Named; value: Named; unattributed_journeys: number }>>;
}
const timedExpectation = readGoldenJson<TimedExpectation>('causal/rule_attribution/expected.json');

describe.skipIf(!timed || !timedExpectation)('rule models on timed journeys (golden rule_attribution, 1e-8)', () => {
  const cases = Object.entries(timedExpectation?.windows_days ?? {}).flatMap(([window, rules]) =>
    Object.entries(rules).map(([rule, expected]) => ({ window: Number(window), rule, expected })),
  );
  it.each(cases)('$rule within $window days gives the defined credits', ({ window, rule, expected }) => {
    const { journeys, unattributedConversions } = selectTouches(timed!, window);
    const credits = ruleModels[rule]!(journeys);
    // The reference prints ten digits of conversions and eight of value.
    expectCredits(journeys, credits.conversions, expected.conversions, 1e-9);
    expectCredits(journeys, credits.value, expected.value, 1e-8);
    expect(unattributedConversions).toBe(expected.unattributed_journeys);
  });
});

const paths = readPathData();
interface PathExpectation {
  heuristics_conversions: Record<string, Named>;
  heuristics_value: Record<string, Named>;
}
const pathExpectation = readGoldenJson<PathExpectation>('causal/pathdata/expected.json');

describe.skipIf(!paths || !pathExpectation)('rule models on published paths (golden pathdata, 1e-5)', () => {
  it.each([
    ['first_touch', creditFirstTouch],
    ['last_touch', creditLastTouch],
    ['linear_touch', creditLinear],
    ['shapley_simplified_unique_channels', creditByShapley],
  ])('%s gives the published conversions and value', (rule, credit) => {
    const credits = credit(paths!);
    expectCredits(paths!, credits.conversions, pathExpectation!.heuristics_conversions[rule]!, 1e-5);
    expectCredits(paths!, credits.value, pathExpectation!.heuristics_value[rule]!, 1e-5);
  });

  it('time decay without times counts one day per touch', () => {
    const journeys = buildJourneys([{ path: ['a', 'b', 'b', 'c'] }]);
    const timedAlike = buildJourneys([{ path: ['a', 'b', 'b', 'c'], ages: [3, 2, 1, 0] }]);
    expect(byName(journeys, creditTimeDecay(journeys, 7).conversions)).toEqual(
      byName(timedAlike, creditTimeDecay(timedAlike, 7).conversions),
    );
  });
});

describe('rule models', () => {
  const journeys = generateJourneys(5000);
  const total = journeys.conversions.reduce((sum, entry) => sum + entry, 0);

  it.each(Object.entries({ ...ruleModels, shapley: creditByShapley }))(
    '%s shares out every conversion',
    (_, credit) => {
      const { conversions } = credit(journeys);
      expect(conversions.reduce((sum, entry) => sum + entry, 0)).toBeCloseTo(total, 8);
    },
  );

  it.each(Object.entries({ ...ruleModels, shapley: creditByShapley }))(
    '%s scales with conversions and value',
    (_, credit) => {
      const tripled = { ...journeys, conversions: journeys.conversions.map((entry) => 3 * entry) };
      const once = credit(journeys);
      const thrice = credit(tripled);
      once.conversions.forEach((entry, unit) => expect(thrice.conversions[unit]).toBeCloseTo(3 * entry, 8));
      once.value.forEach((entry, unit) => expect(thrice.value[unit]).toBeCloseTo(entry, 8));
    },
  );

  it('time decay does not depend on how old the whole journey is', () => {
    const recent = buildJourneys([{ path: ['a', 'b'], ages: [7, 0] }]);
    const ancient = buildJourneys([{ path: ['a', 'b'], ages: [20_007, 20_000] }]);
    const expected = [1 / 3, 2 / 3];
    for (const journeys of [recent, ancient]) {
      creditTimeDecay(journeys, 7).conversions.forEach((entry, unit) => expect(entry).toBeCloseTo(expected[unit]!, 12));
    }
  });
});
