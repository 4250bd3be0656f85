import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import {
  classicalCovariance,
  clusteredCovariance,
  clustersOf,
  robustCovariance,
  type Covariance,
} from './covariance.pure.ts';
import { inferAll, type Inference } from './inference.pure.ts';
import { intercept, regress, requireBoth, type Regression, type Term } from './regression.pure.ts';

/** How errors are thought to go together. Clusters are given row by row, in one way or two. */
export type ErrorModel =
  | { readonly kind: 'CLASSICAL' | 'HC0' | 'HC1' | 'HC3' }
  | { readonly kind: 'CLUSTERED'; readonly by: readonly ArrayLike<number | string>[] };

export interface TwoByTwoData {
  readonly outcome: Float64Array;
  /** 1 in rows of the treated group, 0 in others. */
  readonly treated: Float64Array;
  /** 1 in rows after the start, 0 in those before. */
  readonly after: Float64Array;
  readonly covariates?: readonly Term[];
}

export interface Cell {
  readonly mean: number;
  readonly standardError: number;
  readonly rows: number;
}

export interface TwoByTwo {
  readonly effect: Inference;
  readonly cells: Readonly<Record<'controlBefore' | 'controlAfter' | 'treatedBefore' | 'treatedAfter', Cell>>;
  readonly fit: Regression;
}

/**
 * Difference in differences of two groups in two periods, as the interaction of an OLS regression. It is the effect on
 * the treated if both groups would have moved alike without treatment. Throws CONSTANT when there is no control or
 * nothing before the start, TOO_FEW when one of the four cells has fewer than two rows, and TOO_FEW_CLUSTERS
 * when all rows of a kind are in one cluster, and what regress throws.
 */
export function twoByTwo(data: TwoByTwoData, errors: ErrorModel, alpha = 0.05): TwoByTwo {
  const { outcome, treated, after } = data;
  requireLength(treated.length, outcome.length, 'The treatment');
  requireLength(after.length, outcome.length, 'The period');
  requireFinite(outcome, 'The outcome');
  requireBoth(treated, 'The treatment');
  requireBoth(after, 'The period');
  const cells = {
    controlBefore: cellOf(data, 0, 0),
    controlAfter: cellOf(data, 0, 1),
    treatedBefore: cellOf(data, 1, 0),
    treatedAfter: cellOf(data, 1, 1),
  };
  if (errors.kind === 'CLUSTERED') requireClusters(data, errors.by);
  const terms = [
    intercept(outcome.length),
    { name: 'treated', values: treated },
    { name: 'after', values: after },
    { name: 'treated x after', values: treated.map((value, row) => value * after[row]!) },
    ...(data.covariates ?? []),
  ];
  const fit = regress(outcome, terms);
  return { effect: inferAll(fit, covarianceOf(fit, errors), alpha)[3]!, cells, fit };
}

/**
 * Clustered errors are learned from how clusters of a kind differ. With one cluster treated, or one before the start, they
 * come out far too small and look fine.
 */
function requireClusters({ treated, after }: TwoByTwoData, ways: readonly ArrayLike<number | string>[]): void {
  const kinds: [string, Float64Array, number][] = [
    ['treated rows', treated, 1],
    ['control rows', treated, 0],
    ['rows after the start', after, 1],
    ['rows before the start', after, 0],
  ];
  for (const way of ways) {
    requireLength(way.length, treated.length, 'The clusters');
    for (const [name, column, value] of kinds) {
      const seen = new Set(Array.from(way).filter((_, row) => column[row] === value));
      if (seen.size >= 2) continue;
      throw new Problem(
        'TOO_FEW_CLUSTERS',
        `All ${name} are in one cluster, so their errors cannot be clustered that way.`,
      );
    }
  }
}

/** The covariance of a regression under an error model. */
export function covarianceOf(fit: Regression, errors: ErrorModel): Covariance {
  if (errors.kind === 'CLASSICAL') return classicalCovariance(fit);
  if (errors.kind !== 'CLUSTERED') return robustCovariance(fit, errors.kind);
  return clusteredCovariance(fit, errors.by.map(clustersOf));
}

function cellOf({ outcome, treated, after }: TwoByTwoData, group: number, period: number): Cell {
  const values = outcome.filter((_, row) => treated[row] === group && after[row] === period);
  const rows = values.length;
  if (rows < 2) {
    const where = `${group === 1 ? 'treated' : 'control'} group ${period === 1 ? 'after' : 'before'} the start`;
    throw new Problem('TOO_FEW', `The ${where} has ${rows} rows; at least 2 are needed.`, { rows });
  }
  const mean = sumOf(values) / rows;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (rows - 1) / rows), rows };
}
