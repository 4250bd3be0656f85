import { describe, expect, it } from 'vitest';
import { stream } from '../random/stream.pure.ts';
import { expectNear } from '../testing/expect-near.ts';
import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from './cholesky.pure.ts';
import { gram, gramPlain } from './gram.pure.ts';
import { loadGramKernel } from './gram-kernel.pure.ts';
import { applyQ, applyQTransposed, pivotedQr } from './householder-qr.pure.ts';
import {
  columnOf,
  fromColumns,
  fromRows,
  identity,
  multiply,
  multiplyVector,
  transpose,
  zeros,
  type Matrix,
} from './matrix.pure.ts';
import { svd } from './svd.pure.ts';
import { symmetricEigen } from './symmetric-eigen.pure.ts';

function randomMatrix(rows: number, columns: number): Matrix {
  const random = stream(7, rows, columns);
  const result = zeros(rows, columns);
  for (let index = 0; index < result.data.length; index++) result.data[index] = random.normal();
  return result;
}

describe('Gram matrices', () => {
  it('are the same to the last bit by the vector kernel and the plain way', () => {
    expect(loadGramKernel()).not.toBeNull();
    for (const [rows, columns] of [
      [500, 60],
      [1, 130],
      [1025, 7],
      [513, 33],
      [64, 64],
    ] as const) {
      const x = randomMatrix(rows, columns);
      expect(gram(x)).toEqual(gramPlain(x));
    }
  });

  it('are the sums of products', () => {
    const x = randomMatrix(11, 5);
    expectNear(gram(x).data, multiply(transpose(x), x).data, 1e-13);
  });
});

describe('Cholesky', () => {
  it('solves, inverts and takes the determinant', () => {
    const a = fromRows([
      [4, 2, 1],
      [2, 5, 3],
      [1, 3, 6],
    ]);
    const factor = cholesky(a);
    const x = Float64Array.of(1, -2, 3);
    const b = multiplyVector(a, x);
    choleskySolve(factor, b);
    expectNear(b, x, 1e-14);
    expectNear(multiply(a, choleskyInverse(factor)).data, identity(3).data, 1e-14);
    expect(choleskyLogDeterminant(factor)).toBeCloseTo(Math.log(67), 13);
  });

  it('refuses a singular matrix, and factors it with jitter', () => {
    const a = fromRows([
      [1, 1],
      [1, 1],
    ]);
    expect(() => cholesky(a)).toThrow(expect.objectContaining({ kind: 'NOT_POSITIVE_DEFINITE' }));
    expect(cholesky(a, 1e-6).jitter).toBeLessThanOrEqual(1e-6);
    expect(() => cholesky(fromRows([[-1]]), 1e-6)).toThrow(/positive definite/);
  });
});

describe('QR', () => {
  it('finds the rank of columns in any units', () => {
    const x = randomMatrix(20, 4);
    columnOf(x, 2).forEach((value, row) => (x.data[40 + row] = value * 1e-9));
    columnOf(x, 3).forEach((_, row) => (x.data[60 + row] = x.data[row]! * 1e6 - x.data[40 + row]!));
    expect(pivotedQr(x).rank).toBe(3);
  });

  it('turns vectors there and back', () => {
    const qr = pivotedQr(randomMatrix(9, 4));
    const y = Float64Array.from({ length: 9 }, (_, row) => row * row);
    const turned = y.slice();
    applyQTransposed(qr, turned);
    applyQ(qr, turned);
    expectNear(turned, y, 1e-13);
  });
});

describe('eigenvalues and singular values', () => {
  it('rebuild the matrix', () => {
    for (const [rows, columns] of [
      [8, 5],
      [5, 8],
    ] as const) {
      const x = randomMatrix(rows, columns);
      const { u, values, v } = svd(x);
      const scaled = { ...u, data: u.data.map((value, at) => value * values[Math.floor(at / u.rows)]!) };
      expectNear(multiply(scaled, transpose(v)).data, x.data, 1e-13);
      expectNear(multiply(transpose(u), u).data, identity(5).data, 1e-13);
    }
  });

  it('settle for long columns that depend on each other', () => {
    const groups = Array.from({ length: 40 }, (_, group) =>
      new Float64Array(6000).fill(1, 150 * group, 150 * group + 150),
    );
    const { values } = svd(fromColumns([new Float64Array(6000).fill(1), ...groups]));
    expectNear([values[0]!, values[1]!, values[40]!], [Math.sqrt(6150), Math.sqrt(150), 0], 1e-10);
  });

  it("of X'X are the squares of those of X", () => {
    const x = randomMatrix(30, 6);
    const { values, vectors } = symmetricEigen(gram(x));
    expectNear(
      values,
      svd(x).values.map((value) => value * value),
      1e-12,
    );
    expectNear(multiply(transpose(vectors), vectors).data, identity(6).data, 1e-13);
  });

  it('of a Hilbert matrix are known', () => {
    const hilbert = fromRows(Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => 1 / (i + j + 1))));
    const known = [1.5002142800592426, 0.16914122022145, 0.006738273605760761, 0.00009670230402258];
    expectNear(symmetricEigen(hilbert).values, known, 1e-15);
    expectNear(svd(hilbert).values, known, 1e-15);
  });
});
