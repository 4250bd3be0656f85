import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import type { AbDesign, AbDesignInput, AbEvaluation, EvaluateAbTestInput } from '../schema.generated.ts';
import { causal } from '../subgraph.ts';

const resultText = 'pValue low high adjustedPValue';
const evaluateText = `query ($input: EvaluateAbTestInput!) { evaluateAbTest(input: $input) {
  conclusion assumptions warnings sampleRatio { statistic pValue mismatch }
  comparisons { control arm scale estimate standardError difference differenceError controlValue armValue
    varianceReduction fixed { ${resultText} } sequential { ${resultText} rho } plainSequence { ${resultText} } conclusion
    bayesian { mean sd low high chanceToWin riskOfControl riskOfTreatment } } } }`;
const designText = `query ($input: AbDesignInput!) { designAbTest(input: $input) {
  unitsPerArm units total power smallestEffect days cost conclusion assumptions warnings
  curve { effect power units } byDay { day power smallestEffect } } }`;

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([causal]);
});
afterAll(() => runtime.close());

const optionsFor = (input: unknown) => ({
  runtime,
  principal: testPrincipal(runtime.newOrganization(), ['data:read']),
  variables: { input },
});

async function evaluate(input: EvaluateAbTestInput): Promise<AbEvaluation> {
  return (await answer<{ evaluateAbTest: AbEvaluation }>(causal, evaluateText, optionsFor(input))).evaluateAbTest;
}

async function design(input: AbDesignInput): Promise<AbDesign> {
  return (await answer<{ designAbTest: AbDesign }>(causal, designText, optionsFor(input))).designAbTest;
}

interface GoldenArm {
  n: number;
  sum: number;
  sum_squares?: number;
}
interface GoldenCase {
  id: string;
  a: GoldenArm;
  b: GoldenArm;
  expected: Record<string, number> & { ci?: [number, number] };
}
const published = readExpected<{ tolerance: number; cases: GoldenCase[] }>('causal/ab_tests/expected.json');

function armOf(name: string, { n, sum, sum_squares: sumSquares }: GoldenArm): EvaluateAbTestInput['arms'][number] {
  return sumSquares === undefined ? { name, n, successes: sum } : { name, n, sum, sumSquares };
}

/** The case as the graph answers it, by the names of its expectations. */
async function answered({ id, a, b }: GoldenCase): Promise<Record<string, number | null | undefined>> {
  const { comparisons } = await evaluate({
    arms: [armOf('a', a), armOf('b', b)],
    scale: id.endsWith('absolute') ? 'ABSOLUTE' : 'RELATIVE',
    alternative: id.startsWith('one_sided') ? 'GREATER' : 'TWO_SIDED',
    tuning: id.endsWith('mean') ? 1000 : 5000,
  });
  const { estimate, standardError, fixed, plainSequence, sequential, bayesian } = comparisons[0]!;
  if (id.startsWith('bayes')) {
    const { mean, sd, low, high, chanceToWin, riskOfControl, riskOfTreatment } = bayesian;
    const risks = { risk_control: riskOfControl, risk_treatment: riskOfTreatment };
    return { mean, sd, low, high, chance_to_win: chanceToWin, ...risks };
  }
  const { pValue, low, high } = id.startsWith('sequential') ? plainSequence : fixed;
  return {
    uplift: estimate,
    diff: estimate,
    se: standardError,
    low,
    high,
    ci_low: low,
    p: pValue,
    rho: sequential.rho,
  };
}

interface PowerCase {
  fn: string;
  n?: number;
  delta?: number;
  sd?: number;
  alpha?: number;
  p1?: number;
  p2?: number;
  power: number;
  n_per_group?: number;
}
const power = readExpected<{ cases: PowerCase[]; tolerance_rel: number }>('causal/power/expected.json');

function askedBy({ fn, n, delta, sd, p1, p2, power: wanted }: PowerCase): AbDesignInput {
  return {
    metric: fn.startsWith('t') ? 'MEAN' : 'SHARE',
    baseline: p1 ?? 0,
    effect: delta ?? p2! - p1!,
    scale: 'ABSOLUTE',
    sequential: false,
    twoSided: !fn.includes('one-sided'),
    power: wanted,
    ...(sd === undefined ? {} : { sd }),
    ...(n === undefined ? {} : { unitsPerArm: n }),
  };
}

/** What the case is about: what was found, and what R has. */
function comparedOf({ fn, p1, p2, n_per_group: size, power: wanted }: PowerCase, found: AbDesign): [number, number] {
  if (fn.includes('detectable')) return [p1! + found.smallestEffect, p2!];
  return size === undefined ? [found.power, wanted] : [found.unitsPerArm, size];
}

describe('evaluateAbTest', () => {
  it.skipIf(!published)('answers all nine published tests (skipped without golden data)', async () => {
    expect(published!.cases).toHaveLength(9);
    for (const one of published!.cases) {
      const actual = await answered(one);
      const { ci, ...numbers } = one.expected;
      const wanted = ci ? { ...numbers, low: ci[0], high: ci[1] } : numbers;
      for (const [name, value] of Object.entries<number>(wanted)) {
        expect(Math.abs(actual[name]! - value), `${one.id} ${name}`).toBeLessThan(published!.tolerance);
      }
    }
  });

  it('corrects for several arms, checks how they are filled, and says so in words', async () => {
    const { comparisons, sampleRatio, conclusion, warnings } = await evaluate({
      name: 'the conversion rate',
      arms: [
        { name: 'old', n: 10_000, successes: 1000 },
        { name: 'new', n: 10_000, successes: 1190 },
        { name: 'newer', n: 12_000, successes: 1210 },
      ],
    });
    const [first, second] = comparisons;
    expect(first!.fixed.adjustedPValue).toBeCloseTo(2 * first!.fixed.pValue, 12);
    expect(second!.fixed.adjustedPValue).toBe(second!.fixed.pValue);
    expect(sampleRatio).toMatchObject({ mismatch: true });
    expect(warnings[0]).toMatch('Arms are not filled as planned');
    expect(conclusion).toMatch(/new raised the conversion rate by 19 % against old \(always-valid 95 % interval/);
    expect(conclusion).toMatch(/newer shows .* no effect is shown yet/);
  });

  it('takes earlier outcomes off the variance (CUPED) and errors of ratios by the delta method', async () => {
    const second = { secondSum: 5000, secondSumSquares: 26_000 };
    const arms = [
      { name: 'a', n: 1000, sum: 5000, sumSquares: 26_000, ...second, sumProducts: 25_900 },
      { name: 'b', n: 1000, sum: 5100, sumSquares: 27_010, ...second, sumProducts: 26_400 },
    ];
    const adjusted = (await evaluate({ metric: 'MEAN_ADJUSTED', arms })).comparisons[0]!;
    expect(adjusted.varianceReduction).toBeGreaterThan(0.7);
    const ratio = (await evaluate({ metric: 'RATIO', arms, scale: 'ABSOLUTE' })).comparisons[0]!;
    expect(ratio.difference).toBeCloseTo(0.02, 12);
    expect(ratio.standardError).toBeLessThan(adjusted.differenceError);
  });

  it.each<[string, string, EvaluateAbTestInput]>([
    ['one arm', 'input.arms', { arms: [{ name: 'a', n: 100, successes: 10 }] }],
    ['zero conversions', 'input.arms', { arms: ['a', 'b'].map((name) => ({ name, n: 100, successes: 0 })) }],
    [
      'negative n',
      'input.arms.1',
      {
        arms: [
          { name: 'a', n: 100, successes: 10 },
          { name: 'b', n: -1, successes: 0 },
        ],
      },
    ],
    [
      'more successes than units',
      'input.arms.0',
      {
        arms: [
          { name: 'a', n: 10, successes: 11 },
          { name: 'b', n: 10, successes: 1 },
        ],
      },
    ],
    ['two arms of one name', 'input.arms', { arms: ['a', 'a'].map((name) => ({ name, n: 100, successes: 5 })) }],
    ['too few units', 'input.arms.0', { arms: ['a', 'b'].map((name) => ({ name, n: 1, successes: 1 })) }],
    ['missing sums', 'input.arms.0', { arms: ['a', 'b'].map((name) => ({ name, n: 10, sum: 1 })) }],
    ['alpha', 'input.alpha', { alpha: 1, arms: ['a', 'b'].map((name) => ({ name, n: 10, successes: 1 })) }],
  ])('refuses %s, naming the field', async (_, field, input) => {
    const { errors } = await ask(causal, evaluateText, optionsFor(input));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('designAbTest', () => {
  it.skipIf(!power)('has the sizes and powers that R has (skipped without golden data)', async () => {
    expect(power!.cases).toHaveLength(8);
    for (const one of power!.cases) {
      const found = await design(askedBy(one));
      const [actual, expected] = comparedOf(one, found);
      expect(Math.abs(actual / expected - 1), one.fn).toBeLessThan(power!.tolerance_rel);
    }
  });

  it('asks for more units when the test is looked at all the time, and fewer with earlier outcomes', async () => {
    const plan: AbDesignInput = { baseline: 0.05, effect: 0.1, unitsPerDay: 5000, costPerUnit: 0.1 };
    const [fixed, sequential] = [await design({ ...plan, sequential: false }), await design(plan)];
    expect(sequential.total / fixed.total).toBeGreaterThan(1.3);
    expect(sequential.total / fixed.total).toBeLessThan(2.2);
    expect(sequential.power).toBeCloseTo(0.8, 3);
    expect(sequential.days).toBe(Math.ceil(sequential.total / 5000));
    expect(sequential.cost).toBeCloseTo(0.1 * sequential.total, 6);
    const adjusted = await design({ ...plan, correlation: 0.6 });
    expect(adjusted.total / sequential.total).toBeCloseTo(0.64, 1);
    expect(sequential.conclusion).toMatch(/find an effect of 10 % with a probability of 80 %, looked at all the time/);
  });

  it.each<[string, AbDesignInput]>([
    ['input.baseline', { baseline: 0, effect: 0.1 }],
    ['input.effect', { baseline: 0.1, effect: 0 }],
    ['input.effect', { baseline: 0.6, effect: 0.9 }],
    ['input.sd', { metric: 'MEAN', baseline: 10, effect: 0.1 }],
    ['input.power', { baseline: 0.1, effect: 0.1, power: 1 }],
    ['input.twoSided', { baseline: 0.1, effect: 0.1, twoSided: false }],
  ])('refuses %s that cannot be planned by, naming it', async (field, input) => {
    const { errors } = await ask(causal, designText, optionsFor(input));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});
