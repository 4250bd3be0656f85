import { columnOf, dot, multiply, pickColumns, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { leastSquares } from '../numerics/linear/least-squares.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { rademacher } from '../numerics/random/resample.pure.ts';
import type { RandomStream } from '../numerics/random/stream.pure.ts';
import { clusterScores, type Clusters } from './covariance.pure.ts';
import type { Regression } from './regression.pure.ts';

export interface WildBootstrap {
  readonly pValue: number;
  /** Standard deviation of the p-value from drawing at random; 0 when all sign patterns were gone through. */
  readonly simulationError: number;
  readonly replications: number;
}

/** With fewer clusters than this all 2^G sign patterns are gone through instead of drawn. */
const enumerateBelow = 13;
const fewestClusters = 5;

/**
 * Wild cluster bootstrap-t of "this coefficient is zero", with the null imposed and Rademacher signs (Cameron, Gelbach
 * & Miller 2008): for when clusters are too few for the t distribution, say under 40. Each replication costs
 * clusters x columns. Throws TOO_FEW_CLUSTERS below five, where not even p < .05 can be reached.
 */
export function wildClusterTest(
  fit: Regression,
  name: string,
  clusters: Clusters,
  random: RandomStream,
  replications = 9_999,
): WildBootstrap {
  if (clusters.count < fewestClusters) {
    throw new Problem(
      'TOO_FEW_CLUSTERS',
      `${clusters.count} clusters are too few; the bootstrap needs ${fewestClusters}.`,
    );
  }
  const index = fit.names.indexOf(name);
  if (index < 0) throw new Problem('SHAPE', `The regression has no column ${name}.`, { name });
  const parts = prepare(fit, index, clusters);
  const observed = Math.abs(statistic(parts, null));
  const exact = clusters.count < enumerateBelow;
  const total = exact ? 2 ** clusters.count : replications;
  let extreme = 0;
  for (let draw = 0; draw < total; draw++) {
    const signs = exact ? signsOf(draw, clusters.count) : rademacher(random, clusters.count);
    if (Math.abs(statistic(parts, signs)) >= observed * (1 - 1e-12)) extreme++;
  }
  const pValue = exact ? extreme / total : (extreme + 1) / (total + 1);
  return { pValue, simulationError: exact ? 0 : Math.sqrt((pValue * (1 - pValue)) / total), replications: total };
}

/** What the statistic of a pattern of signs is made of: see Roodman et al. 2019, section 5. */
interface Parts {
  /** Scores of each cluster under the null, clusters x columns. */
  readonly scores: Matrix;
  /** The scores along `direction`, one per cluster. */
  readonly own: Float64Array;
  /** Row of (X'X)^-1 of the coefficient. */
  readonly direction: Float64Array;
  /** direction' X_g'X_g (X'X)^-1 of each cluster, clusters x columns. */
  readonly spill: Matrix;
  /** The same for the observed data: coefficient and cluster sums. */
  readonly estimate: number;
  readonly observed: Float64Array;
}

function prepare(fit: Regression, index: number, clusters: Clusters): Parts {
  const others = fit.names.map((_, column) => column).filter((column) => column !== index);
  const residuals = others.length > 0 ? leastSquares(pickColumns(fit.x, others), fit.y).residuals : fit.y;
  const direction = columnOf(fit.inverseGram, index).slice();
  const along = multiply(fit.x, { data: direction, rows: direction.length, columns: 1 }).data;
  const grams = clusterScores(fit.x, along, clusters);
  const scores = clusterScores(fit.x, residuals, clusters);
  return {
    scores,
    own: times(scores, direction),
    direction,
    spill: multiply(grams, fit.inverseGram),
    estimate: fit.coefficients[index]!,
    observed: times(clusterScores(fit.x, fit.residuals, clusters), direction),
  };
}

function times(matrix: Matrix, vector: Float64Array): Float64Array {
  return multiply(matrix, { data: vector, rows: vector.length, columns: 1 }).data;
}

/** The t statistic of a pattern of signs, up to a constant factor; without signs that of the data. */
function statistic(parts: Parts, signs: Float64Array | null): number {
  if (!signs) return parts.estimate / Math.sqrt(dot(parts.observed, parts.observed));
  const total = columnSums(parts.scores, signs);
  const spilled = times(parts.spill, total);
  let squares = 0;
  for (let cluster = 0; cluster < spilled.length; cluster++) {
    squares += (signs[cluster]! * parts.own[cluster]! - spilled[cluster]!) ** 2;
  }
  return dot(total, parts.direction) / Math.sqrt(squares);
}

function columnSums(scores: Matrix, signs: Float64Array): Float64Array {
  return Float64Array.from({ length: scores.columns }, (_, column) => dot(columnOf(scores, column), signs));
}

function signsOf(pattern: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, bit) => (((pattern >> bit) & 1) === 0 ? 1 : -1));
}
