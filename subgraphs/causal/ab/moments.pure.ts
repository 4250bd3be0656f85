import { gram } from '../numerics/linear/gram.pure.ts';
import { fromColumns, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { Problem, requireFinite } from '../numerics/problem.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';

/** What an arm of an experiment is known by: units, the means of up to four variables and how they vary together. */
export interface Moments {
  /** Units (people, sessions, ...) that were assigned. */
  readonly n: number;
  readonly means: readonly number[];
  /** Covariance of the variables over units, not of their means. */
  readonly covariance: Matrix;
}

/** Sums over the units of an arm, as a database counts them. */
export interface MeanSums {
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
}

/** One variable known by its sums. Throws TOO_FEW below two units, OUT_OF_RANGE when the sums contradict each other. */
export function momentsOfSums({ n, sum, sumSquares }: MeanSums): Moments {
  requireFinite([n, sum, sumSquares], 'An arm');
  requireUnits(n);
  const mean = sum / n;
  const scatter = sumSquares - sum * mean;
  if (scatter < -1e-9 * sumSquares) {
    throw new Problem('OUT_OF_RANGE', 'The sum of squares is smaller than the sum allows.', { n, sum, sumSquares });
  }
  return { n, means: [mean], covariance: oneByOne(scatter > 1e-13 * sumSquares ? scatter / (n - 1) : 0) };
}

/** A share: `successes` of `n` units. The variance is p (1 - p). */
export function momentsOfShare({ n, successes }: { readonly n: number; readonly successes: number }): Moments {
  requireFinite([n, successes], 'An arm');
  requireUnits(n);
  if (successes < 0 || successes > n) {
    throw new Problem('OUT_OF_RANGE', `${successes} of ${n} units cannot have converted.`, { n, successes });
  }
  const share = successes / n;
  return { n, means: [share], covariance: oneByOne(share * (1 - share)) };
}

/** Variables observed unit by unit, one array each: [outcome], [outcome, earlier], [numerator, denominator], ... */
export function momentsOfUnits(variables: readonly Float64Array[]): Moments {
  variables.forEach((values, index) => requireFinite(values, `Variable ${index + 1} of an arm`));
  const n = variables[0]!.length;
  requireUnits(n);
  const means = variables.map((values) => sumOf(values) / n);
  const centred = gram(fromColumns(variables.map((values, index) => values.map((value) => value - means[index]!))));
  return { n, means, covariance: { ...centred, data: centred.data.map((value) => value / (n - 1)) } };
}

/** The moments of two arms taken together, differences between the arms included. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const n = a.n + b.n;
  const apart = a.means.map((mean, index) => b.means[index]! - mean);
  const size = apart.length;
  const covariance = zeros(size, size);
  for (let at = 0; at < size * size; at++) {
    const between = (apart[at % size]! * apart[Math.floor(at / size)]! * a.n * b.n) / n;
    covariance.data[at] = ((a.n - 1) * a.covariance.data[at]! + (b.n - 1) * b.covariance.data[at]! + between) / (n - 1);
  }
  return { n, means: a.means.map((mean, index) => mean + (apart[index]! * b.n) / n), covariance };
}

/** g' C h. */
export function covarianceAlong(covariance: Matrix, g: readonly number[], h: readonly number[]): number {
  let sum = 0;
  for (let j = 0; j < h.length; j++) {
    for (let i = 0; i < g.length; i++) sum += g[i]! * covariance.data[j * covariance.rows + i]! * h[j]!;
  }
  return sum;
}

function oneByOne(value: number): Matrix {
  return { data: Float64Array.of(value), rows: 1, columns: 1 };
}

function requireUnits(n: number): void {
  if (n >= 2) return;
  throw new Problem('TOO_FEW', `An arm of ${n} units cannot show how much units vary; at least 2 are needed.`, { n });
}
