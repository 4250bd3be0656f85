import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { expectClose, expectNear } from '../numerics/testing/expect-near.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { adjustPValues } from './adjust-p-values.pure.ts';
import { bayesianTest } from './bayesian.pure.ts';
import { compareArms, type Effect } from './effect.pure.ts';
import { welchTest, type TestResult } from './frequentist.pure.ts';
import { mergeMoments, momentsOfShare, momentsOfSums, momentsOfUnits, type Moments } from './moments.pure.ts';
import { checkSampleRatio } from './sample-ratio.pure.ts';
import { confidenceSequence, mixtureTest, relativeSequence, sequenceRho } from './sequential.pure.ts';

interface Arm {
  n: number;
  sum: number;
  sum_squares?: number;
}
interface Case {
  id: string;
  kind?: string;
  a: Arm;
  b: Arm;
  expected: Record<string, number> & { ci?: [number, number] };
}

const published = readExpected<{ tolerance: number; cases: Case[] }>('causal/ab_tests/expected.json');

function momentsOf(arm: Arm): Moments {
  return arm.sum_squares === undefined
    ? momentsOfShare({ n: arm.n, successes: arm.sum })
    : momentsOfSums({ n: arm.n, sum: arm.sum, sumSquares: arm.sum_squares });
}

/** The case computed, by the names of its expectations. */
function compute({ id, a, b }: Case): Record<string, number> {
  const scale = id.endsWith('absolute') ? 'ABSOLUTE' : 'RELATIVE';
  const effect = compareArms('MEAN', momentsOf(a), momentsOf(b), scale);
  const common = { uplift: effect.estimate, diff: effect.estimate, se: effect.standardError };
  if (id.startsWith('bayes')) {
    const { mean, sd, low, high, ...rest } = bayesianTest(effect);
    const risks = { risk_control: rest.riskOfControl, risk_treatment: rest.riskOfTreatment };
    return { mean, sd, low, high, chance_to_win: rest.chanceToWin, ...risks };
  }
  if (id.startsWith('sequential')) {
    const tuning = id.endsWith('mean') ? 1000 : 5000;
    const { low, high, pValue } = confidenceSequence(effect, 0.05, tuning);
    return { ...common, low, high, p: pValue, rho: sequenceRho(0.05, tuning) };
  }
  const { low, high, pValue } = welchTest(effect, 0.05, id.startsWith('one_sided') ? 'GREATER' : 'TWO_SIDED');
  return { ...common, low, high, p: pValue, ci_low: low };
}

describe('golden experiments', () => {
  it.skipIf(!published)('have all nine published results (skipped without golden data)', () => {
    expect(published!.cases).toHaveLength(9);
    for (const entry of published!.cases) {
      const actual = compute(entry);
      const { ci, ...numbers } = entry.expected;
      const wanted = ci ? { ...numbers, low: ci[0], high: ci[1] } : numbers;
      for (const [name, value] of Object.entries<number>(wanted)) {
        const distance = Math.abs(actual[name]! - value);
        expect(distance, `${entry.id} ${name}: ${actual[name]} against ${value}`).toBeLessThan(published!.tolerance);
      }
    }
  });
});

function unitsOf(seed: number, lift: number, n = 4000): Float64Array[] {
  const random = stream(seed);
  const [numerator, denominator, before, visitsBefore] = Array.from({ length: 4 }, () => new Float64Array(n));
  for (let unit = 0; unit < n; unit++) {
    const taste = random.normal();
    visitsBefore![unit] = 1 + random.integer(6);
    denominator![unit] = Math.max(1, visitsBefore![unit]! + random.integer(3) - 1);
    before![unit] = visitsBefore![unit]! * (5 + taste) + random.normal();
    numerator![unit] = denominator![unit]! * (5 + taste + lift) + random.normal();
  }
  return [numerator!, denominator!, before!, visitsBefore!];
}

/** Standard deviation over repeated experiments against the mean of the reported standard errors. */
function calibration(effectOf: (seed: number) => Effect): { sd: number; reported: number } {
  const effects = Array.from({ length: 300 }, (_, trial) => effectOf(trial * 2 + 1));
  const mean = effects.reduce((sum, { estimate }) => sum + estimate, 0) / effects.length;
  const squares = effects.reduce((sum, { estimate }) => sum + (estimate - mean) ** 2, 0);
  const reported = effects.reduce((sum, { standardError }) => sum + standardError, 0) / effects.length;
  return { sd: Math.sqrt(squares / (effects.length - 1)), reported };
}

describe('ratio metrics and adjustment by earlier outcomes', () => {
  it('report the spread that repeated experiments have', () => {
    for (const [kind, take] of [
      ['MEAN', [0]],
      ['MEAN_ADJUSTED', [0, 2]],
      ['RATIO', [0, 1]],
      ['RATIO_ADJUSTED', [0, 1, 2, 3]],
    ] as const) {
      for (const scale of ['ABSOLUTE', 'RELATIVE'] as const) {
        const arm = (seed: number, lift: number): Moments => {
          const units = unitsOf(seed, lift, 400);
          return momentsOfUnits(take.map((index) => units[index]!));
        };
        const { sd, reported } = calibration((seed) => compareArms(kind, arm(seed, 0), arm(seed + 1, 0.5), scale));
        expect(Math.abs(sd / reported - 1), `${kind} ${scale}`).toBeLessThan(0.13);
      }
    }
  });

  it('cut the variance by the square of the correlation', () => {
    const [a, b] = [unitsOf(1, 0), unitsOf(2, 0)];
    const arm = (units: Float64Array[]): Moments => momentsOfUnits([units[0]!, units[2]!]);
    const effect = compareArms('MEAN_ADJUSTED', arm(a), arm(b));
    const { covariance } = mergeMoments(arm(a), arm(b));
    const correlation = covariance.data[1]! / Math.sqrt(covariance.data[0]! * covariance.data[3]!);
    expect(effect.varianceReduction).toBeCloseTo(correlation ** 2, 2);
    expect(effect.varianceReduction).toBeGreaterThan(0.5);
  });

  it('merge arms as if all units had been read at once', () => {
    const [a, b] = [unitsOf(3, 0, 50), unitsOf(4, 1, 80)];
    const whole = momentsOfUnits(a.map((values, index) => Float64Array.of(...values, ...b[index]!)));
    const merged = mergeMoments(momentsOfUnits(a), momentsOfUnits(b));
    expectClose(merged.means, whole.means, 1e-12);
    expectClose(merged.covariance.data, whole.covariance.data, 1e-10);
  });
});

/** Whether intervals exclude "no effect", which is true, at any look at two arms with rare revenue. */
function peekAtRareEvents(trial: number): { safe: boolean; divided: boolean } {
  const random = stream(5, trial);
  const [a, b] = [0, 0].map(() => ({ n: 0, sum: 0, sumSquares: 0 })) as [SumsSoFar, SumsSoFar];
  const wrong = { safe: false, divided: false };
  const excludes = ({ low, high }: TestResult): boolean => low > 0 || high < 0;
  for (let n = 1; n <= 1500; n++) {
    for (const arm of [a, b]) {
      const value = random.uniform() < 0.02 ? Math.exp(random.normal()) : 0;
      arm.n++;
      arm.sum += value;
      arm.sumSquares += value * value;
    }
    if (n < 10 || n % 5 > 0 || a.sum === 0 || b.sum === 0) continue;
    const effect = compareArms('MEAN', momentsOfSums(a), momentsOfSums(b), 'RELATIVE');
    if (excludes(relativeSequence(effect))) wrong.safe = true;
    if (excludes(confidenceSequence(effect))) wrong.divided = true;
  }
  return wrong;
}

interface SumsSoFar {
  n: number;
  sum: number;
  sumSquares: number;
}

describe('looking at any time', () => {
  it('errs less often than alpha over all looks together', () => {
    let [sequence, mixture, naive] = [0, 0, 0];
    const trials = 400;
    const seen: Effect = compareArms(
      'MEAN',
      momentsOfShare({ n: 1e9, successes: 5e8 }),
      momentsOfShare({ n: 1e9, successes: 5e8 }),
    );
    for (let trial = 0; trial < trials; trial++) {
      const random = stream(21, trial);
      const looks: Effect[] = [];
      let [sum, n] = [0, 0];
      for (let look = 0; look < 60; look++) {
        sum += random.normal() * Math.sqrt(100 * 2);
        n += 100;
        looks.push({ ...seen, estimate: sum / n, standardError: Math.sqrt(2 / n), n: 2 * n });
      }
      if (looks.some((look) => confidenceSequence(look).low > 0 || confidenceSequence(look).high < 0)) sequence++;
      if (mixtureTest(looks, 0.1).at(-1)! < 0.05) mixture++;
      if (looks.some((look) => welchTest(look).pValue < 0.05)) naive++;
    }
    expect(sequence / trials).toBeLessThan(0.05);
    expect(mixture / trials).toBeLessThan(0.05);
    expect(naive / trials).toBeGreaterThan(0.2);
  });

  it('errs less often than alpha also for rare events and relative effects', () => {
    const outcomes = Array.from({ length: 300 }, (_, trial) => peekAtRareEvents(trial));
    expect(outcomes.filter(({ safe }) => safe).length / 300).toBeLessThan(0.05);
    expect(outcomes.filter(({ divided }) => divided).length / 300).toBeGreaterThan(0.1);
  });

  it('has relative limits that meet those of plain division when the control is well known', () => {
    const [a, b] = [unitsOf(7, 0, 20_000), unitsOf(8, 0.5, 20_000)];
    for (const [kind, take] of [
      ['MEAN', [0]],
      ['MEAN_ADJUSTED', [0, 2]],
      ['RATIO_ADJUSTED', [0, 1, 2, 3]],
    ] as const) {
      const arm = (units: Float64Array[]): Moments => momentsOfUnits(take.map((index) => units[index]!));
      const effect = compareArms(kind, arm(a), arm(b), 'RELATIVE');
      const [exact, plain] = [relativeSequence(effect), confidenceSequence(effect)];
      expectNear([exact.low, exact.high], [plain.low, plain.high], 0.003);
      expect(exact.low > 0).toBe(exact.pValue < 0.05);
    }
    const unknown = compareArms(
      'MEAN',
      momentsOfShare({ n: 40, successes: 1 }),
      momentsOfShare({ n: 40, successes: 3 }),
    );
    expect(relativeSequence(unknown)).toMatchObject({ low: -Infinity, high: Infinity });
  });

  it('agrees between p-value and interval', () => {
    for (const estimate of [0.02, 0.05, 0.08, 0.2]) {
      const effect = {
        ...compareArms('MEAN', momentsOfShare({ n: 900, successes: 90 }), momentsOfShare({ n: 900, successes: 99 })),
        estimate,
      };
      const { pValue, low } = confidenceSequence(effect);
      expect(pValue < 0.05).toBe(low > 0);
    }
  });
});

describe('Bayesian results', () => {
  const effect = compareArms(
    'MEAN',
    momentsOfShare({ n: 1000, successes: 100 }),
    momentsOfShare({ n: 1000, successes: 130 }),
    'RELATIVE',
  );

  it('weigh the prior by its precision, in the terms of the effect', () => {
    const absolute = bayesianTest(effect, { mean: 0, sd: 0.01, scale: 'ABSOLUTE' });
    const relative = bayesianTest(effect, { mean: 0, sd: 0.1, scale: 'RELATIVE' });
    expectClose([absolute.mean, absolute.sd], [relative.mean, relative.sd], 1e-12);
    const weight = effect.standardError ** -2 / (effect.standardError ** -2 + 100);
    expectClose([relative.mean], [weight * effect.estimate], 1e-12);
  });

  it('have risks that differ by the mean effect', () => {
    const { riskOfControl, riskOfTreatment, mean } = bayesianTest(effect);
    expectClose([riskOfControl - riskOfTreatment], [mean], 1e-12);
    expect(() => bayesianTest(effect, { mean: 0, sd: 0, scale: 'RELATIVE' })).toThrow(/prior/);
  });
});

describe('checks around experiments', () => {
  it('see arms that are not filled as planned', () => {
    expect(checkSampleRatio([5000, 5060], [1, 1]).mismatch).toBe(false);
    const { statistic, mismatch } = checkSampleRatio([821588, 815482], [0.5, 0.5]);
    expectClose([statistic], [22.7742], 1e-5);
    expect(mismatch).toBe(true);
    expect(() => checkSampleRatio([3, 2], [1, 1])).toThrow(/too few/);
    expect(() => checkSampleRatio([30, 20], [1, 0])).toThrow(/positive/);
  });

  it('adjust p-values read together', () => {
    const p = [0.01, 0.04, 0.03, 0.005];
    expectNear(adjustPValues(p, 'HOLM'), [0.03, 0.06, 0.06, 0.02], 1e-12);
    expectNear(adjustPValues(p, 'BENJAMINI_HOCHBERG'), [0.02, 0.04, 0.04, 0.02], 1e-12);
    expect(() => adjustPValues([NaN], 'HOLM')).toThrow(/between 0 and 1/);
  });

  it('refuse data that cannot answer', () => {
    const arm = momentsOfSums({ n: 10, sum: 0, sumSquares: 40 });
    const still = momentsOfSums({ n: 10, sum: 20, sumSquares: 40 });
    expect(() => compareArms('MEAN', arm, arm, 'RELATIVE')).toThrow(/control is zero/);
    const shares = [100, 0].map((successes) => momentsOfShare({ n: 1000, successes }));
    expect(() => compareArms('MEAN', shares[0]!, shares[1]!, 'RELATIVE')).toThrow(/zero throughout/);
    expect(relativeSequence(compareArms('MEAN', shares[0]!, shares[1]!)).high).toBeLessThan(0);
    expect(() => compareArms('MEAN', still, still)).toThrow(expect.objectContaining({ kind: 'ZERO_VARIANCE' }));
    expect(() => compareArms('RATIO', arm, arm)).toThrow(expect.objectContaining({ kind: 'SHAPE' }));
    expect(() => momentsOfSums({ n: 1, sum: 1, sumSquares: 1 })).toThrow(expect.objectContaining({ kind: 'TOO_FEW' }));
    expect(() => momentsOfSums({ n: 10, sum: 100, sumSquares: 2 })).toThrow(/sum of squares/);
    expect(() => momentsOfShare({ n: 10, successes: 11 })).toThrow(/11 of 10/);
    expect(() => momentsOfUnits([Float64Array.of(1, NaN)])).toThrow(/row 2/);
  });
});
