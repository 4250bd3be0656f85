import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { expectClose, expectNear } from '../numerics/testing/expect-near.ts';
import { readExpected, readTable } from '../numerics/testing/read-table.ts';
import {
  classicalCovariance,
  clusteredCovariance,
  clustersOf,
  robustCovariance,
  type Covariance,
} from './covariance.pure.ts';
import { inferAll, jointTest } from './inference.pure.ts';
import { intercept, regress, type Term } from './regression.pure.ts';
import { twoByTwo } from './two-by-two.pure.ts';
import { wildClusterTest } from './wild-bootstrap.pure.ts';

const petersen = readTable('causal/petersen_cluster/petersen.csv.gz');
const published = readExpected<{ se: Record<string, number[]>; coef: Record<string, number>; tolerance: number }>(
  'causal/petersen_cluster/expected.json',
);
const minimumWage = readTable('causal/card_krueger/njmin3.csv');
interface Figure {
  value: number;
  tolerance: number;
}
interface CardKrueger {
  means: Record<string, number>;
  se_of_means: Record<string, number>;
  did: Figure;
  did_ols_se: Figure;
  did_hc1_se: Figure;
  did_with_chain_and_ownership: { value: number[] };
  did_plus_region: { value: number[] };
  balanced_first_difference: { value: number[] };
}
const wages = readExpected<CardKrueger>('causal/card_krueger/expected.json');

function errorsOf({ matrix }: Covariance): number[] {
  return Array.from({ length: matrix.rows }, (_, index) => Math.sqrt(matrix.data[index * matrix.rows + index]!));
}

describe('standard errors', () => {
  it.skipIf(!petersen)('are those of Petersen in ten kinds (skipped without golden data)', () => {
    const fit = regress(petersen!.y!, [intercept(5000), { name: 'x', values: petersen!.x! }]);
    const [firm, year] = [clustersOf(petersen!.firm!), clustersOf(petersen!.year!)];
    const { tolerance, se, coef } = published!;
    expectNear(fit.coefficients, [coef.intercept!, coef.x!], tolerance);
    expectNear(errorsOf(classicalCovariance(fit)), se.ols!, tolerance);
    for (const kind of ['HC0', 'HC1', 'HC3'] as const) {
      expectNear(errorsOf(robustCovariance(fit, kind)), se[kind]!, tolerance);
    }
    for (const [name, ways] of [
      ['firm', [firm]],
      ['year', [year]],
      ['two_way', [firm, year]],
    ] as const) {
      expectNear(errorsOf(clusteredCovariance(fit, ways, 'ADJUSTED')), se[`${name}_HC0_cadjust`]!, tolerance);
      expectNear(errorsOf(clusteredCovariance(fit, ways, 'HC1')), se[`${name}_HC1`]!, tolerance);
    }
    expect(clusteredCovariance(fit, [firm, year]).degreesOfFreedom).toBe(9);
  });

  it('of a joint test of one effect square its t', () => {
    const random = stream(1);
    const values = Array.from({ length: 3 }, () => Float64Array.from({ length: 40 }, random.normal));
    const fit = regress(values[0]!, [
      intercept(40),
      { name: 'a', values: values[1]! },
      { name: 'b', values: values[2]! },
    ]);
    const covariance = robustCovariance(fit, 'HC1');
    const single = inferAll(fit, covariance)[1]!;
    const joint = jointTest(fit, covariance, ['a']);
    expectClose([joint.f, joint.pValue], [(single.estimate / single.standardError) ** 2, single.pValue], 1e-9);
  });

  it('refuse one cluster, a perfect fit and a row of its own', () => {
    const y = Float64Array.of(1, 2, 4, 8);
    const fit = regress(y, [intercept(4), { name: 'first', values: Float64Array.of(1, 0, 0, 0) }]);
    expect(() => clusteredCovariance(fit, [clustersOf([1, 1, 1, 1])])).toThrow(
      expect.objectContaining({ kind: 'TOO_FEW_CLUSTERS' }),
    );
    expect(() => robustCovariance(fit, 'HC3')).toThrow(/Row 1 alone/);
    const line = { name: 'line', values: Float64Array.of(0.1, 0.2, 0.3, 0.4) };
    const exact = line.values.map((value) => 7 - 3 * value);
    expect(() => regress(exact, [intercept(4), line])).toThrow(expect.objectContaining({ kind: 'ZERO_VARIANCE' }));
    expect(() => regress(y, [{ name: 'a', values: y }], 3)).toThrow(expect.objectContaining({ kind: 'TOO_FEW' }));
  });
});

describe('the wild cluster bootstrap', () => {
  const make = (seed: number, effect: number, groups = 10): ReturnType<typeof regress> => {
    const random = stream(seed, groups);
    const shocks = Float64Array.from({ length: groups }, random.normal);
    const treated = Float64Array.from({ length: groups * 8 }, (_, row) => (row % groups < groups / 2 ? 1 : 0));
    const y = treated.map((value, row) => value * effect + shocks[row % groups]! + random.normal());
    return regress(y, [intercept(y.length), { name: 'treated', values: treated }]);
  };
  const clusters = (groups: number): ReturnType<typeof clustersOf> =>
    clustersOf(Array.from({ length: groups * 8 }, (_, row) => row % groups));

  it('rejects a true null about as often as it says, where the usual errors reject too often', () => {
    let [wild, usual] = [0, 0];
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const fit = make(trial, 0, 8);
      if (wildClusterTest(fit, 'treated', clusters(8), stream(trial)).pValue < 0.1) wild++;
      const se = Math.sqrt(clusteredCovariance(fit, [clusters(8)]).matrix.data[3]!);
      if (Math.abs(fit.coefficients[1]! / se) > 1.645) usual++;
    }
    expect(wild / trials).toBeGreaterThan(0.055);
    expect(wild / trials).toBeLessThan(0.145);
    expect(usual).toBeGreaterThan(wild);
  });

  it('finds a large effect and is the same for the same stream', () => {
    const fit = make(5, 4, 20);
    const once = wildClusterTest(fit, 'treated', clusters(20), stream(9), 999);
    expect(once.pValue).toBeLessThan(0.01);
    expect(wildClusterTest(fit, 'treated', clusters(20), stream(9), 999)).toEqual(once);
    expect(once.simulationError).toBeGreaterThan(0);
    expect(() => wildClusterTest(fit, 'treated', clustersOf(fit.y.map((_, row) => row % 4)), stream(1))).toThrow(
      /4 clusters/,
    );
  });

  it('does what refitting on every resampled outcome does', () => {
    const fit = make(3, 1, 6);
    const groups = clusters(6);
    const mean = fit.y.reduce((sum, value) => sum + value, 0) / fit.y.length;
    const t = (y: Float64Array): number => {
      const again = regress(y, [intercept(y.length), { name: 'treated', values: fit.x.data.slice(y.length) }]);
      return Math.abs(again.coefficients[1]! / Math.sqrt(clusteredCovariance(again, [groups]).matrix.data[3]!));
    };
    let extreme = 0;
    for (let pattern = 0; pattern < 64; pattern++) {
      const y = fit.y.map(
        (value, row) => mean + (value - mean) * (((pattern >> groups.codes[row]!) & 1) === 0 ? 1 : -1),
      );
      if (t(y) >= t(fit.y) * (1 - 1e-9)) extreme++;
    }
    expect(wildClusterTest(fit, 'treated', groups, stream(1)).pValue).toBeCloseTo(extreme / 64, 12);
  });
});

describe('two groups and two periods', () => {
  it.skipIf(!minimumWage)('have the results of Card and Krueger (skipped without golden data)', () => {
    const table = minimumWage!;
    const seen = (row: number): boolean => Number.isFinite(table.fte![row]);
    const take = (name: string): Float64Array => table[name]!.filter((_, row) => seen(row));
    const term = (name: string): Term => ({ name, values: take(name) });
    const data = { outcome: take('fte'), treated: take('nj'), after: take('d') };
    const { effect, cells } = twoByTwo(data, { kind: 'CLASSICAL' });
    const expected = wages!;
    expectNear(
      [cells.controlBefore.mean, cells.controlAfter.mean, cells.treatedBefore.mean, cells.treatedAfter.mean],
      ['PA_before', 'PA_after', 'NJ_before', 'NJ_after'].map((name) => expected.means[name]!),
      1e-5,
    );
    expectNear(
      [cells.controlBefore, cells.controlAfter, cells.treatedBefore, cells.treatedAfter].map(
        (cell) => cell.standardError,
      ),
      ['PA_before', 'PA_after', 'NJ_before', 'NJ_after'].map((name) => expected.se_of_means[name]!),
      1e-5,
    );
    expectNear([effect.estimate, effect.standardError], [expected.did.value, expected.did_ols_se.value], 1e-5);
    expectNear([twoByTwo(data, { kind: 'HC1' }).effect.standardError], [expected.did_hc1_se.value], 1e-5);
    const chains = ['bk', 'kfc', 'roys', 'co_owned'].map(term);
    const second = twoByTwo({ ...data, covariates: chains }, { kind: 'CLASSICAL' }).effect;
    expectNear([second.estimate, second.standardError], expected.did_with_chain_and_ownership.value, 1e-5);
    const regions = ['southj', 'centralj', 'pa1'].map(term);
    const third = twoByTwo({ ...data, covariates: [...chains, ...regions] }, { kind: 'CLASSICAL' }).effect;
    expectNear([third.estimate, third.standardError], expected.did_plus_region.value, 1e-5);
    expect(() => twoByTwo({ ...data, covariates: [...chains, term('wendys')] }, { kind: 'HC1' })).toThrow(
      expect.objectContaining({ kind: 'COLLINEAR' }),
    );
    const moved = table.demp!.map((value, row) => (table.d![row] === 1 ? value : NaN));
    const rows = [...moved.keys()].filter((row) => Number.isFinite(moved[row]));
    const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
    const fit = regress(pick(moved), [intercept(rows.length), { name: 'nj', values: pick(table.nj!) }]);
    const change = inferAll(fit, classicalCovariance(fit))[1]!;
    expectNear([change.estimate, change.standardError], expected.balanced_first_difference.value, 1e-5);
  });

  it('refuse data without a control, a before or enough rows', () => {
    const outcome = Float64Array.of(1, 2, 3, 4, 5, 6);
    const [treated, after] = [Float64Array.of(1, 1, 1, 0, 0, 0), Float64Array.of(0, 1, 1, 0, 1, 1)];
    const errors = { kind: 'HC1' } as const;
    expect(() => twoByTwo({ outcome, treated: treated.map(() => 1), after }, errors)).toThrow(
      expect.objectContaining({ kind: 'CONSTANT' }),
    );
    expect(() => twoByTwo({ outcome, treated, after: after.map(() => 0) }, errors)).toThrow(/period is 0/);
    expect(() => twoByTwo({ outcome, treated, after }, errors)).toThrow(/control group before the start has 1 rows/);
    expect(() => twoByTwo({ outcome, treated: treated.map((value) => value * 2), after }, errors)).toThrow(/0 or 1/);
    const [groups, times] = [
      Array.from({ length: 40 }, (_, row) => row % 2),
      Array.from({ length: 40 }, (_, row) => row % 4 > 1),
    ];
    const long = {
      outcome: Float64Array.from(groups, (_, row) => Math.sin(row * row)),
      treated: Float64Array.from(groups),
      after: Float64Array.from(times, Number),
    };
    expect(() => twoByTwo(long, { kind: 'CLUSTERED', by: [groups] })).toThrow(/All treated rows are in one cluster/);
    const shops = groups.map((group, row) => `${group} ${row % 5}`);
    expect(twoByTwo(long, { kind: 'CLUSTERED', by: [shops] }).effect.degreesOfFreedom).toBe(9);
    expect(() => twoByTwo({ outcome: outcome.map(() => NaN), treated, after }, errors)).toThrow(/missing/);
  });
});
