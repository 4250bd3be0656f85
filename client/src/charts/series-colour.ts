/** The colour of a series by its place; the ninth and later share the last. */
export function seriesColour(index: number): string {
  return `var(--series-${Math.min(index, 7) + 1})`;
}
