/** Indices of known values between two unknown ones: a line cannot show them, so they are drawn as dots. */
export function lonelyPoints(values: readonly (number | null)[]): number[] {
  const isKnown = (index: number): boolean => typeof values[index] === 'number';
  return values.flatMap((_, index) => (isKnown(index) && !isKnown(index - 1) && !isKnown(index + 1) ? [index] : []));
}
