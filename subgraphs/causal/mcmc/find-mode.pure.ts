import { dot } from '../numerics/linear/matrix.pure.ts';
import type { LogDensity } from './log-density.pure.ts';

/** Pairs of steps that the search remembers. */
const memory = 12;

/**
 * A place of high density, found from `start` uphill by limited-memory BFGS (Nocedal 1980) with halved steps. It need
 * not be the very top: it is where a sampler learns scales and begins. Stops after `maxSteps`.
 */
export function findMode(density: LogDensity, start: Float64Array, maxSteps = 300): Float64Array {
  const gradient = new Float64Array(start.length);
  let x: Float64Array = start;
  let value = density.evaluate(x, gradient);
  let slope: Float64Array = gradient;
  const pairs: Pair[] = [];
  for (let step = 0; step < maxSteps; step++) {
    const direction = uphill(slope, pairs);
    const next = climb(density, x, value, direction, dot(direction, slope), pairs.length === 0);
    if (!next) {
      if (pairs.length === 0) return x;
      pairs.length = 0;
      continue;
    }
    const moved = next.x.map((to, i) => to - x[i]!);
    // Downhill on the negative logarithm, so that curvature is positive.
    const bent = slope.map((from, i) => from - next.slope[i]!);
    const curvature = dot(moved, bent);
    if (curvature > 1e-10 * dot(bent, bent)) pairs.push({ moved, bent, curvature });
    if (pairs.length > memory) pairs.shift();
    const gained = next.value - value;
    ({ x, value, slope } = next);
    if (gained < 1e-6) return x;
  }
  return x;
}

interface Pair {
  readonly moved: Float64Array;
  readonly bent: Float64Array;
  readonly curvature: number;
}

/** The two-loop recursion. */
function uphill(slope: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = slope.slice();
  const shares = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { moved, bent, curvature } = pairs[i]!;
    shares[i] = dot(moved, direction) / curvature;
    for (let j = 0; j < direction.length; j++) direction[j]! -= shares[i]! * bent[j]!;
  }
  const last = pairs.at(-1);
  const scale = last ? last.curvature / dot(last.bent, last.bent) : 1;
  for (let j = 0; j < direction.length; j++) direction[j]! *= scale;
  for (let i = 0; i < pairs.length; i++) {
    const { moved, bent, curvature } = pairs[i]!;
    const correction = shares[i]! - dot(bent, direction) / curvature;
    for (let j = 0; j < direction.length; j++) direction[j]! += correction * moved[j]!;
  }
  return direction;
}

/** The first of ever shorter steps that gains enough (Armijo); null when none does. */
function climb(
  density: LogDensity,
  x: Float64Array,
  value: number,
  direction: Float64Array,
  steepness: number,
  first: boolean,
): { x: Float64Array; value: number; slope: Float64Array } | null {
  const slope = new Float64Array(x.length);
  let length = first ? Math.min(1, 1 / Math.sqrt(dot(direction, direction) || 1)) : 1;
  for (let attempt = 0; attempt < 30; attempt++) {
    const next = x.map((from, i) => from + length * direction[i]!);
    const reached = density.evaluate(next, slope);
    if (reached >= value + 1e-4 * length * steepness && slope.every(Number.isFinite)) {
      return { x: next, value: reached, slope };
    }
    length /= 2;
  }
  return null;
}
