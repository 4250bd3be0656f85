import { meanOf } from '../numerics/moments.pure.ts';
import type { StoredVersion } from './model-version.runs.ts';

type Compared = Pick<StoredVersion, 'id' | 'number' | 'state' | 'folds' | 'metrics' | 'inputs' | 'modelId'>;

/** Which version foretold best on the same folds. */
export interface VersionComparison {
  readonly bestId: string | null;
  readonly conclusion: string;
  readonly warnings: readonly string[];
}

/** Two-sided 90 %. */
const z = 1.645;

/**
 * Compares trained versions on the same folds; says why where they cannot be compared. A difference counts when the
 * 90 % interval of the mean paired difference of absolute errors, period by period, leaves out 0.
 */
export function compareVersions(versions: readonly Compared[]): VersionComparison | { refusal: string } {
  const refusal = refusalOf(versions);
  if (refusal) return { refusal };
  const ranked = versions.toSorted((a, b) => a.metrics!.weightedError - b.metrics!.weightedError);
  const [first, second] = [ranked[0]!, ranked[1]!];
  const { difference, error } = pairedDifference(first, second);
  const sure = difference - z * error > 0;
  const percent = (version: Compared): string => `${(100 * version.metrics!.weightedError).toFixed(1)} %`;
  const told = `Version ${first.number} foretold best on the same ${first.metrics!.periods} periods: off by ${percent(first)} of the KPI, version ${second.number} by ${percent(second)}`;
  const sizes = first.folds.flatMap(({ points }) => points).reduce((sum, { actual }) => sum + Math.abs(actual), 0);
  const share = sizes / first.metrics!.periods;
  const points = (value: number): string => ((100 * value) / share).toFixed(1);
  const interval = `${points(difference - z * error)} to ${points(difference + z * error)}`;
  return {
    bestId: sure ? first.id : null,
    conclusion: `${told}; the difference is ${points(difference)} points, 90 % interval ${interval}, ${sure ? 'more than chance makes' : 'which chance may have made'}.`,
    warnings: warningsOf(versions),
  };
}

function refusalOf(versions: readonly Compared[]): string | null {
  const unready = versions.find(({ state, metrics }) => state !== 'SUCCEEDED' || metrics === null);
  if (unready) return `Version ${unready.number} has no back-test to compare.`;
  const distinct = (value: (version: Compared) => unknown): number => new Set(versions.map(value)).size;
  if (distinct(({ inputs }) => inputs?.mock) > 1) return 'Some versions rest on generated data and some on real data.';
  if (distinct(({ inputs }) => `${inputs?.kpi} ${inputs?.currency}`) > 1) {
    return 'The versions are about different KPIs or currencies.';
  }
  if (distinct(({ folds }) => folds.map(({ from, to }) => `${from} ${to}`).join()) > 1) {
    return 'The versions were tested on different folds, so their errors cannot be compared. Train them over the same days, with the same back-test.';
  }
  return null;
}

function warningsOf(versions: readonly Compared[]): string[] {
  const hashes = new Set(versions.map(({ inputs }) => inputs?.dataHash));
  return hashes.size > 1
    ? ['The versions read different data: other channels or regions, or records that changed in between.']
    : [];
}

/** Mean of how much more the second erred than the first, per period, and its standard error. */
function pairedDifference(first: Compared, second: Compared): { difference: number; error: number } {
  const errors = (version: Compared): number[] =>
    version.folds.flatMap(({ points }) => points.map(({ actual, predicted }) => Math.abs(actual - predicted)));
  const better = errors(first);
  const more = errors(second).map((error, index) => error - better[index]!);
  const mean = meanOf(more);
  const squares = more.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = more.length > 1 ? Math.sqrt(squares / (more.length - 1) / more.length) : Infinity;
  return { difference: mean, error };
}
