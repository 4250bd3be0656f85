import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { insertRun } from '../runs/run-state.ts';
import { requireRun } from '../runs/run-view.ts';
import { attributionJob } from './attribution.jobs.ts';
import { attributionRuns, type AttributionRun } from './attribution.runs.ts';
import { compareResults } from './compare-results.pure.ts';
import { computeInPool } from './compute-in-pool.ts';
import { readJourneys } from './read-journeys.ts';
import { completeSettings, type AttributionInput, type AttributionSettings } from './settings.pure.ts';

export interface Reproduction {
  readonly identical: boolean;
  readonly sameData: boolean;
  readonly largestDifference: number;
}

/** Store a run and send its job, together. Throws BAD_USER_INPUT naming the setting that cannot be used. */
export async function startAttribution(context: Context, input: AttributionInput): Promise<AttributionRun> {
  const settings = validSettings(input);
  const count = settings.models.length === 1 ? '1 model' : `${settings.models.length} models`;
  const summary = `Attribution with ${count} was started.`;
  const own = {
    settings: JSON.stringify(settings),
    inputs: null as never,
    results: '[]',
    agreement: '[]',
    warnings: '[]',
  };
  return transaction(context, (tx) => insertRun(attributionRuns, tx, attributionJob, own, summary));
}

/**
 * Compute a finished run again from what is stored today, without changing the run. Throws NOT_FOUND, or CONFLICT for
 * a run without results. When the data has become unusable, everything credited counts as difference.
 */
export async function reproduceAttribution(context: Context, id: string): Promise<Reproduction> {
  const run = await requireRun(attributionRuns, context, id);
  if (run.state !== 'SUCCEEDED') throw new AppError('CONFLICT', 'Only a run with results can be reproduced.');
  const { journeys } = await readJourneys(context, run.settings);
  const { dataHash, attribution } = await computeInPool(journeys, run.settings, context.signal);
  const again = attribution.kind === 'computed' ? attribution.results : [];
  return { sameData: dataHash === run.inputs?.dataHash, ...compareResults(run.results, again) };
}

function validSettings(input: AttributionInput): AttributionSettings {
  const settings = completeSettings(input);
  if ('field' in settings) throw badInput(`input.${settings.field}`, settings.reason);
  const unknown = settings.connectionIds?.find((id) => !isId(id));
  if (unknown !== undefined) throw badInput('input.connectionIds', 'There is no such connection.');
  return settings;
}
