/** Index of the position nearest to `x`; positions ascend. -1 without any. */
export function nearestIndex(positions: readonly number[], x: number): number {
  let low = 0;
  let high = positions.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (positions[middle]! <= x) low = middle;
    else high = middle;
  }
  return Math.abs(positions[low]! - x) <= Math.abs(positions[high]! - x) ? low : high;
}
