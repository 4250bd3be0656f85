import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { disjointDesigns, type Design } from '../geo-lift/select-markets.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { insertRun } from '../runs/run-state.ts';
import type { RunMarketSelectionInput } from '../schema.generated.ts';
import { requireExperiment } from './experiment.view.ts';
import { marketSelectionJob } from './market-selection.jobs.ts';
import { marketSelections, type MarketSelection } from './market-selection.runs.ts';
import { invalidSelection, type SelectionSettings } from './selection-settings.pure.ts';

/** Store a search and send its job, together. Throws BAD_USER_INPUT naming the field, NOT_FOUND for the experiment. */
export async function startSelection(context: Context, input: RunMarketSelectionInput): Promise<MarketSelection> {
  const settings = settingsOf(input);
  const invalid = invalidSelection(settings);
  if (invalid) throw badInput(`input.${invalid.field}`, invalid.reason);
  if (!(settings.connectionIds ?? []).every(isId))
    throw badInput('input.connectionIds', 'There is no such connection.');
  if (input.experimentId) await requireExperiment(context, input.experimentId);
  const own = {
    experiment_id: input.experimentId ?? null,
    settings: JSON.stringify(settings),
    inputs: null as never,
    designs: '[]',
    warnings: '[]',
  };
  const summary = `A search for markets on history from ${settings.from} to ${settings.to} was started.`;
  return transaction(context, (tx) => insertRun(marketSelections, tx, marketSelectionJob, own, summary));
}

/** Those of the schema. */
const selectionDefaults = {
  sizes: [1, 2, 3, 4, 5],
  durations: [14, 21, 28],
  effects: [0.02, 0.05, 0.1, 0.15, 0.2, 0.25],
  windows: 20,
  alpha: 0.1,
  power: 0.8,
  costPerIncremental: 0,
  mock: false,
};

function settingsOf(input: RunMarketSelectionInput): SelectionSettings {
  const { experimentId: _, shareFrom, shareTo, ...rest } = input;
  return {
    ...selectionDefaults,
    ...rest,
    kpi: input.kpi ?? 'REVENUE',
    basis: input.basis ?? 'CLAIMED',
    include: input.include ?? [],
    exclude: input.exclude ?? [],
    untouched: input.untouched ?? [],
    budget: input.budget ?? null,
    share: { from: shareFrom ?? 0, to: shareTo ?? 0.5 },
    connectionIds: input.connectionIds ?? null,
  };
}

/** The best designs of a search without a market in common; none when there are not so many. */
export function disjointOf({ designs }: MarketSelection, cells: number): readonly Design[] {
  try {
    return disjointDesigns(designs, cells);
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
