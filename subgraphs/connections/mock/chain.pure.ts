/** A first-order absorbing chain: probabilities of the first channel, between channels, and of a conversion. */
export interface Chain {
  start: readonly number[];
  next: readonly (readonly number[])[];
  conversion: readonly number[];
}

/**
 * Probability that a journey converts, without the channel `removed` (a step into it ends the journey).
 * Solves (I − Q) x = r exactly, so that the truth carries no noise of a simulation.
 */
export function conversionProbability(chain: Chain, removed = -1): number {
  const kept = chain.start.map((_, index) => index).filter((index) => index !== removed);
  const matrix = kept.map((i) => [...kept.map((j) => (i === j ? 1 : 0) - chain.next[i]![j]!), chain.conversion[i]!]);
  const x = solve(matrix);
  return kept.reduce((sum, channel, row) => sum + chain.start[channel]! * x[row]!, 0);
}

/** Share of conversions that are lost when a channel is taken away, for each channel. */
export function removalEffects(chain: Chain): number[] {
  const all = conversionProbability(chain);
  return chain.start.map((_, channel) => 1 - conversionProbability(chain, channel) / all);
}

/** Gauss and Jordan with pivots, on rows that end with the right-hand side. */
function solve(rows: number[][]): number[] {
  const n = rows.length;
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let i = column + 1; i < n; i += 1)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const lead = rows[column]!;
    for (let i = 0; i < n; i += 1) {
      const factor = i === column ? 0 : rows[i]![column]! / lead[column]!;
      if (factor !== 0) rows[i] = rows[i]!.map((value, j) => value - factor * lead[j]!);
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}
