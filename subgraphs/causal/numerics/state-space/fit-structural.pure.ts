import { cholesky, choleskySolve } from '../linear/cholesky.pure.ts';
import { gram } from '../linear/gram.pure.ts';
import { leastSquares } from '../linear/least-squares.pure.ts';
import { dot, fromColumns, multiplyTransposed, zeros, type Matrix } from '../linear/matrix.pure.ts';
import { minimiseBounded } from '../optimise/minimise-bounded.pure.ts';
import { goldenSection } from '../optimise/minimise-simply.pure.ts';
import { Problem, requireFinite } from '../problem.pure.ts';
import { kalmanFilter, type FilterSums } from './kalman-filter.pure.ts';
import { layoutOf, type StructuralModel } from './structural-model.pure.ts';

/** Which parts a series has. */
export interface StructuralForm {
  readonly slope?: boolean;
  readonly season?: number;
}

export interface Regressor {
  readonly name: string;
  /** One per period of the series, known also where the series is missing. */
  readonly values: Float64Array;
}

export interface StructuralFit {
  readonly model: StructuralModel;
  readonly coefficients: Float64Array;
  /** Covariance of the coefficients for the variances found. */
  readonly covariance: Matrix;
  /** With exact diffuse start, at its maximum. */
  readonly logLikelihood: number;
  readonly converged: boolean;
}

/** Logarithms of variances relative to the irregular one. */
const [lowest, highest] = [-18, 14];

/**
 * Variances and coefficients by maximum likelihood. The irregular variance and the coefficients are solved for exactly
 * at every step, so that the search is over one number for a level, and one more for a slope and a season. Missing
 * values are NaN. Throws TOO_FEW, CONSTANT for a series that never changes, COLLINEAR, NOT_FINITE.
 */
export function fitStructural(
  series: Float64Array,
  form: StructuralForm = {},
  regressors: readonly Regressor[] = [],
): StructuralFit {
  requireSeries(series, form, regressors);
  const columns = [series, ...regressors.map(({ values }) => values)];
  requireIndependent(filterOf(modelOf(form, [-2, -5, -5]), columns), regressors);
  const count = 1 + (form.slope ? 1 : 0) + (form.season ? 1 : 0);
  const cost = (logs: ArrayLike<number>): number => -concentrated(filterOf(modelOf(form, logs), columns)).logLikelihood;
  const { logs, converged } = count === 1 ? searchOne(cost) : searchMany(cost, count);
  const relative = modelOf(form, logs);
  const sums = filterOf(relative, columns);
  const [errors, ...scaled] = sums.scaledErrors;
  const { variance, logLikelihood } = concentrated(sums);
  const names = regressors.map(({ name }) => name);
  const fit = scaled.length > 0 ? leastSquares(fromColumns(scaled), errors!, names) : null;
  return {
    model: timesVariance(relative, variance),
    coefficients: fit?.coefficients ?? new Float64Array(0),
    covariance: fit ? { ...fit.inverseGram, data: fit.inverseGram.data.map((value) => value * variance) } : zeros(0, 0),
    logLikelihood,
    converged,
  };
}

/** The log-likelihood of a series under a model whose variances are known, with exact diffuse start. */
export function logLikelihoodOf(model: StructuralModel, series: Float64Array): number {
  const { periods, diffusePeriods, logVariances, logDiffuse, scaledErrors } = filterOf(model, [series]);
  const squares = dot(scaledErrors[0]!, scaledErrors[0]!);
  return -0.5 * ((periods + diffusePeriods) * Math.log(2 * Math.PI) + logVariances + logDiffuse + squares);
}

function filterOf(model: StructuralModel, columns: readonly Float64Array[]): FilterSums {
  return kalmanFilter(layoutOf(model), model.irregular, columns);
}

/** The likelihood at the best common factor of all variances, and at the best coefficients. */
function concentrated(sums: FilterSums): { variance: number; logLikelihood: number } {
  const { periods, diffusePeriods, logVariances, logDiffuse } = sums;
  const variance = leastSumOfSquares(sums.scaledErrors) / periods;
  const logs = (periods + diffusePeriods) * Math.log(2 * Math.PI) + logVariances + logDiffuse;
  return { variance, logLikelihood: -0.5 * (logs + periods * (Math.log(variance) + 1)) };
}

function leastSumOfSquares([errors, ...scaled]: readonly Float64Array[]): number {
  const total = dot(errors!, errors!);
  if (scaled.length === 0) return total;
  const x = fromColumns(scaled);
  const target = multiplyTransposed(x, errors!);
  const solved = target.slice();
  choleskySolve(cholesky(gram(x), 1e-6), solved);
  return Math.max(total - dot(target, solved), Number.EPSILON * total);
}

function modelOf({ slope, season }: StructuralForm, logs: ArrayLike<number>): StructuralModel {
  const variances = Array.from(logs, Math.exp);
  return {
    irregular: 1,
    level: variances[0]!,
    ...(slope ? { slope: variances[1]! } : {}),
    ...(season ? { season: { period: season, variance: variances[slope ? 2 : 1]! } } : {}),
  };
}

function timesVariance({ irregular, level, slope, season }: StructuralModel, factor: number): StructuralModel {
  return {
    irregular: irregular * factor,
    level: level * factor,
    ...(slope === undefined ? {} : { slope: slope * factor }),
    ...(season ? { season: { ...season, variance: season.variance * factor } } : {}),
  };
}

/** The best of a coarse grid, then golden section around it: the likelihood may have a second, lower top. */
function searchOne(cost: (logs: readonly number[]) => number): { logs: ArrayLike<number>; converged: boolean } {
  const grid = Array.from({ length: 17 }, (_, index) => lowest + (index * (highest - lowest)) / 16);
  const costs = grid.map((log) => cost([log]));
  const best = costs.indexOf(Math.min(...costs));
  const found = goldenSection((log) => cost([log]), grid[Math.max(0, best - 1)]!, grid[Math.min(16, best + 1)]!, 1e-6);
  return { logs: [found.x], converged: true };
}

function searchMany(
  cost: (logs: ArrayLike<number>) => number,
  count: number,
): { logs: ArrayLike<number>; converged: boolean } {
  const bounds = { low: new Float64Array(count).fill(lowest), high: new Float64Array(count).fill(highest) };
  const starts = [-1, -4, -7].flatMap((level) => [-4, -10].map((rest) => [level, rest, rest].slice(0, count)));
  const start = starts.reduce((best, next) => (cost(next) < cost(best) ? next : best));
  const best = minimiseBounded({ value: cost, start, ...bounds, tolerance: 1e-6, maxSteps: 100 });
  return { logs: best.x, converged: best.converged };
}

/** Throws COLLINEAR, by name, for regressors that others explain, or that the level, slope and season do. */
function requireIndependent({ scaledErrors }: FilterSums, regressors: readonly Regressor[]): void {
  const [errors, ...scaled] = scaledErrors;
  regressors.forEach(({ name, values }, index) => {
    if (dot(scaled[index]!, scaled[index]!) > 1e-18 * dot(values, values)) return;
    const message = `${name} only does what the level, slope and season do; its effect cannot be told apart. Leave it out.`;
    throw new Problem('COLLINEAR', message, { columns: [name] });
  });
  if (scaled.length === 0) return;
  leastSquares(
    fromColumns(scaled),
    errors!,
    regressors.map(({ name }) => name),
  );
}

function requireSeries(
  series: Float64Array,
  { slope, season }: StructuralForm,
  regressors: readonly Regressor[],
): void {
  const seen = series.filter((value) => !Number.isNaN(value));
  requireFinite(seen, 'The series');
  regressors.forEach(({ name, values }) => requireFinite(values, name));
  const needed = 1 + (slope ? 1 : 0) + (season ? season - 1 : 0) + regressors.length + 3;
  if (seen.length < needed) {
    throw new Problem('TOO_FEW', `${seen.length} observed periods are too few for this model; it needs ${needed}.`);
  }
  if (seen.every((value) => value === seen[0])) {
    throw new Problem('CONSTANT', 'The series never changes, so there is nothing to model.');
  }
}
