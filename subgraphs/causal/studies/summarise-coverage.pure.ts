import { normalQuantile } from '../numerics/distributions.pure.ts';
import { quantileOfSorted } from '../numerics/random/resample.pure.ts';
import type { CoveredChannel, CoveredWorld } from './cover-world.pure.ts';

export interface Coverage {
  /** Worlds of which results were shown. */
  readonly worlds: number;
  readonly refused: number;
  readonly intervals: number;
  /** Share of intervals that hold the truth. */
  readonly share: number;
  /** Wilson's 95 % interval of `share`; intervals of one world are taken as independent. */
  readonly low: number;
  readonly high: number;
  /** Shares of truths below and above their interval. */
  readonly below: number;
  readonly above: number;
  /** Median of the width of an interval over the truth. */
  readonly width: number;
  /** Median of estimate over truth. */
  readonly ratio: number;
  readonly worstRHat: number;
}

/** How often intervals held the truth. NaN where there is no interval. */
export function summariseCoverage(worlds: readonly CoveredWorld[]): Coverage {
  const shown = worlds.filter(({ refusals }) => refusals.length === 0);
  const channels = shown.flatMap(({ channels }) => channels);
  const count = (holds: (channel: CoveredChannel) => boolean): number => channels.filter(holds).length;
  const intervals = channels.length;
  const inside = count(({ truth, low, high }) => low <= truth && truth <= high);
  return {
    worlds: shown.length,
    refused: worlds.length - shown.length,
    intervals,
    share: inside / intervals,
    ...wilson(inside, intervals),
    below: count(({ truth, low }) => truth < low) / intervals,
    above: count(({ truth, high }) => truth > high) / intervals,
    width: median(channels.map(({ truth, low, high }) => (high - low) / truth)),
    ratio: median(channels.map(({ truth, mean }) => mean / truth)),
    worstRHat: Math.max(...shown.map(({ worstRHat }) => worstRHat)),
  };
}

/** Wilson 1927, without correction for continuity. */
function wilson(hits: number, trials: number): { low: number; high: number } {
  const z = normalQuantile(0.975);
  const share = hits / trials;
  const scale = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / scale;
  return { low: middle - half, high: middle + half };
}

function median(values: readonly number[]): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}
