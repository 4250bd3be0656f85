/**
 * Share of the effect of a steady spend over `periods` that comes within them, for geometric carry-over with this
 * half-life in periods (one half for an effect that comes at once): 1 - r (1 - r^n) / (n (1 - r)).
 */
export function shareWithin(halfLife: number, periods: number): number {
  const rate = halfLife < 1 ? Math.max(0, 1 - 0.5 / halfLife) : 0.5 ** (1 / halfLife);
  return 1 - (rate * (1 - rate ** periods)) / (periods * (1 - rate));
}
