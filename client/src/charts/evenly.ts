/** So many positions at equal steps between two ends; the first end where there is one. */
export function evenly(count: number, from: number, to: number): number[] {
  const step = Math.max(1, to - from) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => from + index * step);
}
