import { fromColumns } from '../numerics/linear/matrix.pure.ts';
import { Problem, requireFinite } from '../numerics/problem.pure.ts';
import type { MetricKind } from './effect.pure.ts';
import { momentsOfShare, momentsOfSums, type Moments } from './moments.pure.ts';

/** What was counted of an arm. Which fields are needed depends on the metric; see `momentsOfArm`. */
export interface ArmSums {
  readonly n: number;
  readonly successes?: number | null;
  readonly mean?: number | null;
  readonly sd?: number | null;
  readonly sum?: number | null;
  readonly sumSquares?: number | null;
  /** Of the denominator of a ratio, or of the outcome before the experiment; its squares, and products with the outcome. */
  readonly secondSum?: number | null;
  readonly secondSumSquares?: number | null;
  readonly sumProducts?: number | null;
}

/** The metrics that sums of two variables can tell of. */
export type SumMetric = Exclude<MetricKind, 'RATIO_ADJUSTED'>;

/**
 * The moments of an arm. MEAN takes `successes`, `mean` and `sd`, or `sum` and `sumSquares`; the two others take sums,
 * sums of squares and of products of both variables, and `successes` in place of the first two. Throws SHAPE for what is
 * missing, TOO_FEW below two units, NOT_FINITE, OUT_OF_RANGE for sums that contradict each other.
 */
export function momentsOfArm(metric: SumMetric, arm: ArmSums): Moments {
  if (!(arm.n >= 0)) throw new Problem('NEGATIVE', `An arm cannot have ${arm.n} units.`, { n: arm.n });
  return metric === 'MEAN' ? momentsOfOne(arm) : momentsOfTwo(arm);
}

function momentsOfOne({ n, successes, mean, sd, sum, sumSquares }: ArmSums): Moments {
  if (isGiven(successes)) return momentsOfShare({ n, successes });
  if (isGiven(sum) && isGiven(sumSquares)) return momentsOfSums({ n, sum, sumSquares });
  if (isGiven(mean) && isGiven(sd)) return momentsOfMean(n, mean, sd);
  throw new Problem('SHAPE', 'An arm needs successes, or mean and sd, or sum and sumSquares.');
}

function momentsOfMean(n: number, mean: number, sd: number): Moments {
  if (n < 2) throw new Problem('TOO_FEW', `An arm of ${n} units cannot be judged; at least 2 are needed.`, { n });
  requireFinite([mean, sd], 'An arm');
  if (sd < 0) throw new Problem('NEGATIVE', 'A standard deviation is not below 0.', { sd });
  return { n, means: [mean], covariance: fromColumns([Float64Array.of(sd * sd)]) };
}

function momentsOfTwo(arm: ArmSums): Moments {
  const { n, secondSum, secondSumSquares, sumProducts } = arm;
  const sum = arm.successes ?? arm.sum;
  const sumSquares = arm.successes ?? arm.sumSquares;
  if (!isGiven(sum) || !isGiven(sumSquares)) throw new Problem('SHAPE', 'An arm needs sum and sumSquares.');
  if (!isGiven(secondSum) || !isGiven(secondSumSquares) || !isGiven(sumProducts)) {
    throw new Problem('SHAPE', 'An arm needs secondSum, secondSumSquares and sumProducts for this metric.');
  }
  requireFinite([sumProducts], 'An arm');
  const [first, second] = [
    momentsOfSums({ n, sum, sumSquares }),
    momentsOfSums({ n, sum: secondSum, sumSquares: secondSumSquares }),
  ];
  const [a, b] = [first.covariance.data[0]!, second.covariance.data[0]!];
  const product = (sumProducts - (sum * secondSum) / n) / (n - 1);
  if (Math.abs(product) > Math.sqrt(a * b) * (1 + 1e-6) + 1e-9 * Math.abs(sumProducts / n)) {
    throw new Problem('OUT_OF_RANGE', 'The sum of products is larger than the sums of squares allow.', { sumProducts });
  }
  const means = [first.means[0]!, second.means[0]!];
  return { n, means, covariance: fromColumns([Float64Array.of(a, product), Float64Array.of(product, b)]) };
}

function isGiven(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
