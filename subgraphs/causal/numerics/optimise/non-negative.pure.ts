import { cholesky, choleskySolve } from '../linear/cholesky.pure.ts';
import { gram } from '../linear/gram.pure.ts';
import { leastSquares } from '../linear/least-squares.pure.ts';
import {
  columnOf,
  multiplyTransposed,
  multiplyVector,
  pickColumns,
  zeros,
  type Matrix,
} from '../linear/matrix.pure.ts';
import { Problem, requireFinite, requireLength } from '../problem.pure.ts';

export interface NonNegative {
  /** One per column, not negative; those that would be negative are exactly 0. */
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
}

/**
 * min ||X b - y|| over b >= 0 (Lawson & Hanson 1974, chapter 23). The set of positive coefficients is found on the
 * scaled normal equations, their values by QR. Throws NOT_FINITE, SHAPE, NOT_CONVERGED.
 */
export function nonNegativeLeastSquares(x: Matrix, y: Float64Array): NonNegative {
  requireLength(y.length, x.rows, 'The outcome');
  requireFinite(x.data, 'The columns');
  requireFinite(y, 'The outcome');
  const products = gram(x);
  const coefficients = nonNegativeFromGram(products, multiplyTransposed(x, y));
  const positive = [...coefficients.keys()].filter((column) => coefficients[column]! > 0);
  if (positive.length > 0 && positive.length <= x.rows) {
    const refined = leastSquares(pickColumns(x, positive), y).coefficients;
    if (refined.every((value) => value > 0))
      positive.forEach((column, place) => (coefficients[column] = refined[place]!));
  }
  const fitted = multiplyVector(x, coefficients);
  return { coefficients, residuals: y.map((value, row) => value - fitted[row]!) };
}

/** The same from X'X and X'y alone, for searches over many candidates; `free` columns may take either sign. */
export function nonNegativeFromGram(
  products: Matrix,
  target: Float64Array,
  free: (column: number) => boolean = () => false,
): Float64Array {
  const size = products.rows;
  const scales = target.map((_, column) => 1 / Math.sqrt(products.data[column * (size + 1)]! || 1));
  const scaled = {
    ...products,
    data: products.data.map((value, at) => value * scales[at % size]! * scales[Math.floor(at / size)]!),
  };
  const aims = target.map((value, column) => value * scales[column]!);
  const solution = solveScaled(scaled, aims, free);
  return solution.map((value, column) => value * scales[column]!);
}

function solveScaled(products: Matrix, aims: Float64Array, free: (column: number) => boolean): Float64Array {
  const size = products.rows;
  const tolerance = 1e-11 * Math.max(...aims.map(Math.abs));
  const refused = new Set<number>();
  let passive = [...aims.keys()].filter((column) => free(column) && products.data[column * (size + 1)]! > 0);
  let solution: Float64Array = passive.length > 0 ? solveOn(products, aims, passive)! : new Float64Array(size);
  for (let step = 0; step < 3 * size + 30; step++) {
    const entering = steepest(products, aims, solution, new Set([...passive, ...refused]));
    if (entering.slope <= tolerance) return solution;
    const goal = solveOn(products, aims, [...passive, entering.column]);
    if (!goal || goal[entering.column]! <= 0) {
      refused.add(entering.column);
      continue;
    }
    passive = [...passive, entering.column];
    ({ passive, solution } = walk(products, aims, { passive, solution, goal, free }));
    refused.clear();
  }
  throw new Problem('NOT_CONVERGED', 'The coefficients did not settle.');
}

interface Walk {
  readonly passive: number[];
  readonly solution: Float64Array;
  readonly goal: Float64Array;
  readonly free: (column: number) => boolean;
}

/** Towards the goal until the first coefficient reaches 0; that one stays there, and so on with a new goal. */
function walk(products: Matrix, aims: Float64Array, start: Walk): { passive: number[]; solution: Float64Array } {
  const { free } = start;
  let { passive, solution, goal } = start;
  for (;;) {
    const blocked = passive.filter((column) => goal[column]! <= 0 && !free(column));
    if (blocked.length === 0) return { passive, solution: goal };
    const reach = Math.min(...blocked.map((column) => solution[column]! / (solution[column]! - goal[column]!)));
    solution = solution.map((value, column) => value + reach * (goal[column]! - value));
    const nearest = blocked.filter((column) => solution[column]! <= 1e-14 * Math.max(...solution.map(Math.abs)));
    const leaving = new Set(nearest.length > 0 ? nearest : blocked);
    leaving.forEach((column) => (solution[column] = 0));
    passive = passive.filter((column) => !leaving.has(column));
    goal = solveOn(products, aims, passive) ?? solution;
  }
}

function steepest(
  products: Matrix,
  aims: Float64Array,
  solution: Float64Array,
  excluded: ReadonlySet<number>,
): { column: number; slope: number } {
  const pulls = multiplyVector(products, solution);
  let best = { column: -1, slope: -Infinity };
  aims.forEach((aim, column) => {
    const slope = aim - pulls[column]!;
    if (!excluded.has(column) && slope > best.slope) best = { column, slope };
  });
  return best;
}

/** The unrestricted solution on some columns, 0 elsewhere; null when they depend on each other. */
function solveOn(products: Matrix, aims: Float64Array, columns: readonly number[]): Float64Array | null {
  const block = zeros(columns.length, columns.length);
  columns.forEach((column, j) => {
    const from = columnOf(products, column);
    columns.forEach((row, i) => (block.data[j * columns.length + i] = from[row]!));
  });
  const solved = Float64Array.from(columns, (column) => aims[column]!);
  try {
    choleskySolve(cholesky(block), solved);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
  const result = new Float64Array(aims.length);
  columns.forEach((column, place) => (result[column] = solved[place]!));
  return result;
}
