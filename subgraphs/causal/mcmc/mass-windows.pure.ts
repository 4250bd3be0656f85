/**
 * When the warm-up of a chain learns the variances of the parameters: nothing in a first buffer, then windows that
 * double in length, then a last buffer in which only the step size moves. Lengths as in Stan's reference manual,
 * "Warmup": 75, 25 and doubling, 50; 15 %, 75 % and 10 % of a warm-up shorter than that.
 */
export interface WarmupPlan {
  /** First iteration of which the draw is counted. */
  readonly begin: number;
  /** Iterations after which a window closes, increasing. */
  readonly closes: readonly number[];
}

export function planWarmup(iterations: number): WarmupPlan {
  if (iterations < 20) return { begin: iterations, closes: [] };
  const short = iterations < 150;
  const begin = short ? Math.floor(0.15 * iterations) : 75;
  const end = iterations - (short ? Math.floor(0.1 * iterations) : 50);
  const closes: number[] = [];
  let [position, length] = [begin, short ? end - begin : 25];
  while (position < end) {
    // A window that would leave too little for the next takes the rest.
    const close = position + 3 * length > end ? end : position + length;
    closes.push(close - 1);
    position = close;
    length *= 2;
  }
  return { begin, closes };
}

/** Means and variances of draws as they come (Welford). */
export interface VarianceEstimate {
  add(draw: Float64Array): void;
  /** Writes variances, drawn towards 1e-3 as in Stan while there are few draws, and begins anew. */
  take(into: Float64Array): void;
}

export function estimateVariance(dimension: number): VarianceEstimate {
  const [means, squares] = [new Float64Array(dimension), new Float64Array(dimension)];
  let count = 0;
  return {
    add(draw) {
      count++;
      for (let index = 0; index < dimension; index++) {
        const distance = draw[index]! - means[index]!;
        means[index] = means[index]! + distance / count;
        squares[index] = squares[index]! + distance * (draw[index]! - means[index]!);
      }
    },
    take(into) {
      const weight = count / (count + 5);
      for (let index = 0; index < dimension; index++) {
        const variance = count > 1 ? squares[index]! / (count - 1) : 1;
        into[index] = weight * variance + 1e-3 * (1 - weight);
      }
      means.fill(0);
      squares.fill(0);
      count = 0;
    },
  };
}
