import { describe, expect, it } from 'vitest';
import type { Problem } from '../problem.pure.ts';
import { expectClose, expectNear } from '../testing/expect-near.ts';
import { readExpected, readTable } from '../testing/read-table.ts';
import { leastSquares } from './least-squares.pure.ts';
import { fromColumns, fromRows, multiplyTransposed } from './matrix.pure.ts';

const longley = readTable('causal/longley/longley.csv');
const certified = readExpected<{ coef: number[]; se: number[]; residual_sd: number }>('causal/longley/expected.json');

describe('least squares', () => {
  it.skipIf(!longley)('has eleven of the certified digits of Longley (skipped without golden data)', () => {
    const names = ['GNPDEFL', 'GNP', 'UNEMP', 'ARMED', 'POP', 'YEAR'];
    const y = longley!.TOTEMP!;
    const fit = leastSquares(fromColumns([y.map(() => 1), ...names.map((name) => longley![name]!)]), y);
    expectClose(fit.coefficients, certified!.coef, 1e-10);
    const sigma = Math.sqrt(fit.residualSumOfSquares / fit.degreesOfFreedom);
    expectClose([sigma], [certified!.residual_sd], 1e-11);
    const errors = certified!.coef.map((_, index) => sigma * Math.sqrt(fit.inverseGram.data[index * 7 + index]!));
    expectClose(errors, certified!.se, 1e-8);
  });

  it('leaves residuals orthogonal to every column', () => {
    const x = fromRows([
      [1, 2, 0],
      [1, 3, 1],
      [1, 5, 0],
      [1, 7, 4],
      [1, 11, 2],
    ]);
    const fit = leastSquares(x, Float64Array.of(3, 1, 4, 1, 5));
    expectNear(multiplyTransposed(x, fit.residuals), [0, 0, 0], 1e-13);
  });

  it('names the columns that depend on others, and only those', () => {
    const a = Float64Array.of(1, 2, 3, 4, 7);
    const other = Float64Array.of(2, -1, 5, 0, 3);
    const x = fromColumns([a.map(() => 1), other, a, a.map((value) => 3 * value - 2)]);
    const names = ['intercept', 'price', 'search', 'social'];
    let problem: unknown;
    try {
      leastSquares(x, a, names);
    } catch (error) {
      problem = error;
    }
    expect(problem).toMatchObject({ kind: 'COLLINEAR', code: 'BAD_USER_INPUT' });
    const { columns, from } = (problem as Problem).details as { columns: string[]; from: string[] };
    expect([...columns, ...from].sort()).toEqual(['intercept', 'search', 'social']);
  });

  it('names a column that is all zero', () => {
    const a = Float64Array.of(1, 2, 3);
    expect(() => leastSquares(fromColumns([a, a.map(() => 0)]), a, ['search', 'social'])).toThrow(
      expect.objectContaining({ kind: 'CONSTANT', message: expect.stringMatching(/^social is zero/) }),
    );
  });

  it('refuses missing values and too few rows', () => {
    const a = Float64Array.of(1, NaN, 3);
    expect(() => leastSquares(fromColumns([a]), Float64Array.of(1, 2, 3), ['spend'])).toThrow(
      expect.objectContaining({ kind: 'NOT_FINITE', message: 'spend has a missing or infinite value in row 2.' }),
    );
    expect(() => leastSquares(fromRows([[1, 2]]), Float64Array.of(1))).toThrow(
      expect.objectContaining({ kind: 'TOO_FEW' }),
    );
  });
});
