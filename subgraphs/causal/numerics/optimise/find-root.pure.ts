import { Problem } from '../problem.pure.ts';

const maxSteps = 200;

/**
 * The x in [low, high] where f changes sign, by Ridders' method (Ridders 1979): the bracket at least halves in every
 * step, and convergence is quadratic. `tolerance` is relative to x. Throws OUT_OF_RANGE when both ends have one sign.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 1e-12): number {
  let a = { x: low, y: f(low) };
  let b = { x: high, y: f(high) };
  if (!(a.y * b.y <= 0)) {
    throw new Problem('OUT_OF_RANGE', `There is no solution between ${low} and ${high}.`, { low, high });
  }
  for (let step = 0; step < maxSteps; step++) {
    if (a.y === 0) return a.x;
    if (b.y === 0 || Math.abs(b.x - a.x) <= tolerance * Math.abs(b.x)) return b.x;
    const middle = at((a.x + b.x) / 2);
    if (middle.x === a.x || middle.x === b.x) return middle.x;
    const bend = Math.sqrt(middle.y * middle.y - a.y * b.y);
    const next = at(bend === 0 ? middle.x : middle.x + ((middle.x - a.x) * Math.sign(a.y - b.y) * middle.y) / bend);
    const [first, second] = middle.x < next.x ? [middle, next] : [next, middle];
    const points = a.x < b.x ? [a, first, second, b] : [b, first, second, a];
    const right = points.findIndex((point, index) => index > 0 && points[index - 1]!.y * point.y <= 0);
    [a, b] = [points[right - 1]!, points[right]!];
  }
  return (a.x + b.x) / 2;

  function at(x: number): { x: number; y: number } {
    return { x, y: f(x) };
  }
}
