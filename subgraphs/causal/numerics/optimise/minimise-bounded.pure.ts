import { cholesky, choleskySolve } from '../linear/cholesky.pure.ts';
import { dot, identity, multiplyVector, zeros, type Matrix } from '../linear/matrix.pure.ts';
import { Problem } from '../problem.pure.ts';

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly steps: number;
  /** False when it stopped at the limit of steps or could not get any lower. */
  readonly converged: boolean;
}

export interface BoundedProblem {
  readonly value: (x: Float64Array) => number;
  /** Central differences when absent. */
  readonly gradient?: (x: Float64Array) => Float64Array;
  readonly start: ArrayLike<number>;
  /** Bounds, which may be infinite. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** Of the projected gradient, relative to 1 + |value|. */
  readonly tolerance?: number;
  readonly maxSteps?: number;
}

/**
 * A local minimum within bounds, by a projected quasi-Newton method: BFGS on the variables that are free, damped as
 * Powell proposed, with Armijo's rule along the projected path (Bertsekas 1982). For up to some hundred variables.
 * Throws OUT_OF_RANGE for crossed bounds or a start where the value is not finite.
 */
export function minimiseBounded(problem: BoundedProblem): Minimum {
  const { low, high, tolerance = 1e-8, maxSteps = 500 } = problem;
  const clamp = (x: Float64Array): Float64Array => x.map((value, i) => Math.min(high[i]!, Math.max(low[i]!, value)));
  let x = clamp(Float64Array.from(problem.start));
  let value = problem.value(x);
  if (!Number.isFinite(value) || x.some((_, i) => !(low[i]! <= high[i]!))) {
    throw new Problem('OUT_OF_RANGE', 'The search has no finite start within its bounds.');
  }
  const slopeAt = problem.gradient ?? ((at: Float64Array) => numericalGradient(problem, at));
  let gradient = slopeAt(x);
  let curvature = identity(x.length);
  let fresh = true;
  for (let steps = 0; steps < maxSteps; steps++) {
    const free = [...x.keys()].filter(
      (i) => !(x[i]! <= low[i]! && gradient[i]! > 0) && !(x[i]! >= high[i]! && gradient[i]! < 0),
    );
    const steepness = Math.max(0, ...free.map((i) => Math.abs(gradient[i]!)));
    if (steepness <= tolerance * (1 + Math.abs(value))) return { x, value, steps, converged: true };
    const next = search(problem, clamp, { x, value, gradient, direction: directionOf(curvature, gradient, free) });
    if (!next && fresh) return { x, value, steps, converged: false };
    if (!next) {
      [curvature, fresh] = [identity(x.length), true];
      continue;
    }
    const slope = slopeAt(next.x);
    const moved = next.x.map((to, i) => to - x[i]!);
    curvature = updated(
      curvature,
      moved,
      slope.map((to, i) => to - gradient[i]!),
      fresh,
    );
    [x, value, gradient, fresh] = [next.x, next.value, slope, false];
  }
  return { x, value, steps: maxSteps, converged: false };
}

function directionOf(curvature: Matrix, gradient: Float64Array, free: readonly number[]): Float64Array {
  const block = zeros(free.length, free.length);
  free.forEach((column, j) =>
    free.forEach((row, i) => (block.data[j * free.length + i] = curvature.data[column * curvature.rows + row]!)),
  );
  const solved = Float64Array.from(free, (i) => -gradient[i]!);
  choleskySolve(cholesky(block, 1), solved);
  const direction = new Float64Array(gradient.length);
  free.forEach((i, place) => (direction[i] = solved[place]!));
  return direction;
}

interface Position {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
}

function search(
  problem: BoundedProblem,
  clamp: (x: Float64Array) => Float64Array,
  { x, value, gradient, direction }: Position,
): { x: Float64Array; value: number } | null {
  for (let length = 1; length > 1e-14; length *= length > 0.1 ? 0.5 : 0.25) {
    const next = clamp(x.map((from, i) => from + length * direction[i]!));
    const promised = next.reduce((sum, to, i) => sum + gradient[i]! * (to - x[i]!), 0);
    if (!(promised < 0)) continue;
    const reached = problem.value(next);
    if (reached <= value + 1e-4 * promised) return { x: next, value: reached };
  }
  return null;
}

/** Powell's damped update, which keeps the curvature positive; the first one also sets its scale. */
function updated(curvature: Matrix, moved: Float64Array, turned: Float64Array, first: boolean): Matrix {
  const along = dot(moved, turned);
  const length = dot(moved, moved);
  if (!(length > 0)) return curvature;
  const factor = first && along > 0 ? dot(turned, turned) / along : 1;
  const base = factor === 1 ? curvature : { ...curvature, data: curvature.data.map((entry) => entry * factor) };
  const bent = multiplyVector(base, moved);
  const expected = dot(moved, bent);
  const mix = along >= 0.2 * expected ? 1 : (0.8 * expected) / (expected - along);
  const change = turned.map((value, i) => mix * value + (1 - mix) * bent[i]!);
  const total = dot(moved, change);
  const size = moved.length;
  return {
    ...base,
    data: base.data.map((entry, at) => {
      const [i, j] = [at % size, Math.floor(at / size)];
      return entry - (bent[i]! * bent[j]!) / expected + (change[i]! * change[j]!) / total;
    }),
  };
}

/** Central differences that stay within the bounds. */
function numericalGradient({ value, low, high }: BoundedProblem, x: Float64Array): Float64Array {
  return x.map((centre, i) => {
    const step = 6e-6 * Math.max(1e-3, Math.abs(centre));
    const [before, after] = [Math.max(low[i]!, centre - step), Math.min(high[i]!, centre + step)];
    if (!(after > before)) return 0;
    const shifted = x.slice();
    shifted[i] = after;
    const above = value(shifted);
    shifted[i] = before;
    return (above - value(shifted)) / (after - before);
  });
}
