/** A density to draw from, known up to a constant, on all of R^dimension. */
export interface LogDensity {
  readonly dimension: number;
  /**
   * The logarithm of the density at `position`; its gradient is written to `gradient`. Positions where it is not
   * defined give -Infinity or NaN, and count as impossible.
   */
  evaluate(position: Float64Array, gradient: Float64Array): number;
}
