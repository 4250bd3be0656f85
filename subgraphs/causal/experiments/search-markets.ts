import type { Design } from '../geo-lift/select-markets.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import { selectInPool } from './in-pool.ts';
import type { SelectionSettings } from './selection-settings.pure.ts';

/** So many designs are kept, best first. */
const mostDesigns = 200;

/** The best designs for settings on a history. Throws the Problems of `selectMarkets`. */
export async function searchMarkets(
  history: Panel,
  settings: SelectionSettings,
  signal: AbortSignal,
  report?: (fraction: number) => void,
): Promise<Design[]> {
  const { sizes, include, exclude, durations, effects, windows, alpha, power, costPerIncremental, share } = settings;
  const options = { durations, effects, windows, alpha, power, costPerIncremental, share };
  const candidates = { sizes, include, exclude };
  const { untouched, budget } = settings;
  const task = { history, candidates, options: { ...options, untouched, ...(budget !== null && { budget }) } };
  return (await selectInPool(task, signal, report)).slice(0, mostDesigns);
}
