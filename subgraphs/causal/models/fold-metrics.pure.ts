/** What was foretold of a period, and what happened. */
export interface FoldPoint {
  /** First day of the period. */
  readonly date: string;
  readonly actual: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
}

/** How well something was foretold. */
export interface FoldMetrics {
  readonly periods: number;
  /** Mean absolute error as a share of the value; null where a value is 0. */
  readonly mape: number | null;
  /** Sum of absolute errors over the sum of absolute values. */
  readonly weightedError: number;
  readonly coverage: number;
  /** Null for a single or constant value. */
  readonly rSquared: number | null;
}

/** Measures forecasts against what happened; null without points, or when nothing ever happened. */
export function measureFold(points: readonly FoldPoint[]): FoldMetrics | null {
  const sum = (value: (point: FoldPoint) => number): number => points.reduce((total, point) => total + value(point), 0);
  const size = sum(({ actual }) => Math.abs(actual));
  if (points.length === 0 || size === 0) return null;
  const mean = sum(({ actual }) => actual) / points.length;
  const spread = sum(({ actual }) => (actual - mean) ** 2);
  const missed = sum(({ actual, predicted }) => (actual - predicted) ** 2);
  return {
    periods: points.length,
    mape: points.some(({ actual }) => actual === 0)
      ? null
      : sum(({ actual, predicted }) => Math.abs((actual - predicted) / actual)) / points.length,
    weightedError: sum(({ actual, predicted }) => Math.abs(actual - predicted)) / size,
    coverage: sum(({ actual, low, high }) => (actual >= low && actual <= high ? 1 : 0)) / points.length,
    rSquared: spread > 1e-12 * size * size ? 1 - missed / spread : null,
  };
}
