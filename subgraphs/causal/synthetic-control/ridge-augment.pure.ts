import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, multiplyTransposed, pickColumns, transpose, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { cholesky, choleskySolve } from '../numerics/linear/cholesky.pure.ts';
import { symmetricEigen, type SymmetricEigen } from '../numerics/linear/symmetric-eigen.pure.ts';
import { differenceGram, nearestPoint } from '../numerics/optimise/nearest-point.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { applyWeights, centred, fitSyntheticControl, preMeans, supportOf, type Fit } from './fit-weights.pure.ts';
import type { Study } from './panel.pure.ts';

export interface RidgeOptions {
  readonly fixedEffects: boolean;
  /** Without it, chosen by leaving out one period before the treatment at a time. */
  readonly lambda?: number;
}

export interface RidgeFit extends Fit {
  readonly lambda: number;
  readonly lambdaChosen: boolean;
  /** Mean effect of the plain fit less that of this one: the bias the augmentation found. */
  readonly estimatedBias: number;
}

const lambdaCount = 20;
const lambdaRatio = 1e-8;

/**
 * Augmented synthetic control (Ben-Michael, Feller & Rothstein 2021): what the simplex weights left unmatched is
 * corrected by ridge regression, w + (K + lambda I)^-1 X (x1 - X'w), with X the controls (J x pre, centred by period) and
 * K = XX'. Weights may become negative, so the counterfactual may leave the range of the controls.
 *
 * Lambda: of 21 values from the largest eigenvalue of K down by 1e-8, the largest whose squared error in the period left
 * out lies within one standard error of the smallest.
 */
export function fitRidgeAugmented(study: Study, options: RidgeOptions, start: readonly number[] = []): RidgeFit {
  const { fixedEffects } = options;
  const plain = fitSyntheticControl(study, { fixedEffects }, start);
  const means = preMeans(study);
  const table = centred(study, fixedEffects, means);
  const controls = pickColumns(
    table,
    study.controls.map((_, index) => index + 1),
  );
  const products = gram(controls);
  const lambda = options.lambda ?? chooseLambda(study, fixedEffects, symmetricEigen(products));
  const missed = columnOf(table, 0).map((value, period) => value - weighted(controls.data, plain.weights, period));
  const correction = multiplyTransposed(controls, missed);
  choleskySolve(cholesky(withRidge(products, lambda), 1e-6), correction);
  const weights = plain.weights.map((weight, control) => weight + correction[control]!);
  const fit = applyWeights(study, weights, fixedEffects ? means : null);
  return {
    ...fit,
    lambda,
    lambdaChosen: options.lambda === undefined,
    estimatedBias: meanAfter(study, plain.gaps) - meanAfter(study, fit.gaps),
  };
}

/** Mean of the periods after the start of the treatment. */
export function meanAfter({ pre }: Study, values: Float64Array): number {
  let sum = 0;
  for (let period = pre; period < values.length; period++) sum += values[period]!;
  return sum / (values.length - pre);
}

function weighted(controls: Float64Array, weights: Float64Array, period: number): number {
  const rows = controls.length / weights.length;
  let sum = 0;
  for (let control = 0; control < weights.length; control++)
    sum += weights[control]! * controls[control * rows + period]!;
  return sum;
}

function withRidge(products: Matrix, lambda: number): Matrix {
  const { rows } = products;
  return { ...products, data: products.data.map((value, at) => (at % (rows + 1) === 0 ? value + lambda : value)) };
}

function chooseLambda(study: Study, fixedEffects: boolean, eigen: SymmetricEigen): number {
  const lambdas = Array.from(
    { length: lambdaCount + 1 },
    (_, index) => eigen.values[0]! * lambdaRatio ** (index / lambdaCount),
  );
  const errors = heldOutErrors(study, fixedEffects, { eigen, lambdas });
  const summaries = lambdas.map((lambda, index) => ({ lambda, ...meanAndError(errors.map((row) => row[index]!)) }));
  const best = summaries.reduce((least, next) => (next.mean < least.mean ? next : least));
  return Math.max(...summaries.filter(({ mean }) => mean <= best.mean + best.error).map(({ lambda }) => lambda));
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

interface Path {
  readonly eigen: SymmetricEigen;
  readonly lambdas: readonly number[];
}

/**
 * Squared errors, one row per period left out and one column per lambda. Leaving a period out takes xx' from K, x the
 * controls in that period, so that one decomposition of K serves them all (Sherman & Morrison).
 */
function heldOutErrors(study: Study, fixedEffects: boolean, { eigen, lambdas }: Path): number[][] {
  const table = centred(study, fixedEffects, preMeans(study));
  const products = gram(table);
  const byPeriod = transpose(table);
  const controls = study.controls.map((_, index) => index + 1);
  let start: number[] = [];
  return Array.from({ length: study.pre }, (_, period) => {
    const row = columnOf(byPeriod, period);
    const q = differenceGram(products, 0, controls);
    for (let j = 0; j < q.columns; j++) {
      const difference = row[j + 1]! - row[0]!;
      for (let i = 0; i < q.rows; i++) {
        q.data[j * q.rows + i] = q.data[j * q.rows + i]! - difference * (row[i + 1]! - row[0]!);
      }
    }
    const { weights } = nearestPoint(q, start);
    start = supportOf(weights);
    const missed = columnOf(table, 0).map((value, other) =>
      other === period ? 0 : value - weighted(table.data.subarray(table.rows), weights, other),
    );
    const target = multiplyTransposed(table, missed).subarray(1);
    const along = multiplyTransposed(eigen.vectors, target);
    const own = multiplyTransposed(eigen.vectors, row.subarray(1));
    const gap = row[0]! - weighted(table.data.subarray(table.rows), weights, period);
    return lambdas.map((lambda) => (gap - heldOutCorrection(eigen, along, own, lambda)) ** 2);
  });
}

/** x'(K - xx' + lambda I)^-1 b, with b and x along the eigenvectors of K. */
function heldOutCorrection({ values }: SymmetricEigen, b: Float64Array, x: Float64Array, lambda: number): number {
  let [cross, own] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    const scaled = x[index]! / (Math.max(0, values[index]!) + lambda);
    cross += scaled * b[index]!;
    own += scaled * x[index]!;
  }
  return cross / Math.max(1 - own, Number.EPSILON);
}
