/** Where a parameter may lie. The sampler moves on the whole real line; these maps lead from there. */
export type Support = 'real' | 'positive' | 'unit';

/** The value of a parameter at position `u`: u itself, e^u, or the logistic function of u. */
export function constrain(support: Support, u: number): number {
  if (support === 'positive') return Math.exp(u);
  return support === 'unit' ? 1 / (1 + Math.exp(-u)) : u;
}

/** The position of a value: the inverse of `constrain`. */
export function unconstrain(support: Support, value: number): number {
  if (support === 'positive') return Math.log(value);
  return support === 'unit' ? Math.log(value) - Math.log1p(-value) : value;
}

/** d value / d u, from the value. */
export function slopeOf(support: Support, value: number): number {
  if (support === 'positive') return value;
  return support === 'unit' ? value * (1 - value) : 1;
}

/** ln |d value / d u|, the Jacobian that the density of u carries. */
export function logJacobian(support: Support, u: number): number {
  if (support === 'positive') return u;
  // ln x + ln (1 - x), without losing digits far out.
  return support === 'unit' ? -Math.abs(u) - 2 * Math.log1p(Math.exp(-Math.abs(u))) : 0;
}

/** d logJacobian / d u, from the value. */
export function logJacobianSlope(support: Support, value: number): number {
  if (support === 'positive') return 1;
  return support === 'unit' ? 1 - 2 * value : 0;
}
