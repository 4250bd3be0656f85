const golden = (Math.sqrt(5) - 1) / 2;

/** The least of a function with one valley in [low, high], by golden section; `tolerance` is absolute, of x. */
export function goldenSection(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-8,
): { x: number; value: number } {
  let [a, b] = [low, high];
  let [left, right] = [b - golden * (b - a), a + golden * (b - a)];
  let [atLeft, atRight] = [f(left), f(right)];
  while (b - a > tolerance && left < right) {
    if (atLeft < atRight) {
      [b, right, atRight] = [right, left, atLeft];
      left = b - golden * (b - a);
      atLeft = f(left);
    } else {
      [a, left, atLeft] = [left, right, atRight];
      right = a + golden * (b - a);
      atRight = f(right);
    }
  }
  return atLeft < atRight ? { x: left, value: atLeft } : { x: right, value: atRight };
}

interface Vertex {
  readonly x: Float64Array;
  readonly value: number;
}

export interface SimplexSearch {
  /** How far the first vertices lie from the start, per variable. */
  readonly step: number;
  /** Of the values at the vertices, relative. */
  readonly tolerance?: number;
  readonly maxEvaluations?: number;
}

/**
 * A local minimum of a function without derivatives (Nelder & Mead 1965), for a handful of variables. It is restarted
 * once from where it ends, which frees it when its vertices have collapsed. `converged` is false at the limit.
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { step, tolerance = 1e-12, maxEvaluations = 4_000 }: SimplexSearch,
): { x: Float64Array; value: number; converged: boolean } {
  const budget = { left: maxEvaluations };
  const evaluate = (x: Float64Array): Vertex => {
    budget.left--;
    return { x, value: f(x) };
  };
  const first = descend(evaluate, Float64Array.from(start), step, tolerance, budget);
  const second = descend(evaluate, first.x, step / 10, tolerance, budget);
  return { x: second.x, value: second.value, converged: budget.left > 0 };
}

function descend(
  evaluate: (x: Float64Array) => Vertex,
  start: Float64Array,
  step: number,
  tolerance: number,
  budget: { left: number },
): Vertex {
  const size = start.length;
  const vertices = [evaluate(start)];
  for (let i = 0; i < size; i++) vertices.push(evaluate(start.map((value, j) => (i === j ? value + step : value))));
  for (;;) {
    vertices.sort((a, b) => a.value - b.value);
    const [best, worst] = [vertices[0]!, vertices[size]!];
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance) || budget.left <= 0) return best;
    const centre = start.map((_, j) => vertices.slice(0, size).reduce((sum, { x }) => sum + x[j]!, 0) / size);
    const at = (factor: number): Vertex => evaluate(centre.map((value, j) => value + factor * (worst.x[j]! - value)));
    const better = improve(at, best.value, vertices[size - 1]!.value, worst.value);
    if (better) vertices[size] = better;
    else
      vertices.forEach(({ x }, k) => k > 0 && (vertices[k] = evaluate(x.map((value, j) => (value + best.x[j]!) / 2))));
  }
}

function improve(at: (factor: number) => Vertex, best: number, second: number, worst: number): Vertex | null {
  const reflected = at(-1);
  if (reflected.value < best) {
    const expanded = at(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second) return reflected;
  const contracted = at(reflected.value < worst ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst) ? contracted : null;
}
