import { chiSquareSurvival } from '../numerics/distributions.pure.ts';
import { Problem, requireLength } from '../numerics/problem.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';

export interface SampleRatio {
  readonly statistic: number;
  readonly pValue: number;
  /** The arms are not filled as planned; results should not be read before the cause is known. */
  readonly mismatch: boolean;
}

/**
 * Chi-square test that units fell into arms as planned. `weights` need not add up to 1; p below `threshold` is a
 * mismatch. Throws TOO_FEW when an arm would be expected to have fewer than 5 units, OUT_OF_RANGE, SHAPE.
 */
export function checkSampleRatio(
  counts: readonly number[],
  weights: readonly number[],
  threshold = 0.001,
): SampleRatio {
  requireLength(weights.length, counts.length, 'The plan');
  if (counts.length < 2) throw new Problem('TOO_FEW', 'A sample ratio needs at least two arms.');
  const bad = [...counts.map((count) => !(count >= 0)), ...weights.map((weight) => !(weight > 0))].some(Boolean);
  if (bad) throw new Problem('OUT_OF_RANGE', 'Counts must not be negative and planned shares must be positive.');
  const total = sumOf(counts);
  const planned = sumOf(weights);
  const expected = weights.map((weight) => (total * weight) / planned);
  if (Math.min(...expected) < 5) {
    throw new Problem('TOO_FEW', `${total} units are too few to check how they were shared out.`, { total });
  }
  const statistic = counts.reduce((sum, count, arm) => sum + (count - expected[arm]!) ** 2 / expected[arm]!, 0);
  const pValue = chiSquareSurvival(statistic, counts.length - 1);
  return { statistic, pValue, mismatch: pValue < threshold };
}
