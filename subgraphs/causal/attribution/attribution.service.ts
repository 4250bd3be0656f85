import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { insertRun } from '../runs/run-state.ts';
import { attributionJob } from './attribution.jobs.ts';
import { attributionRuns, type AttributionRun } from './attribution.runs.ts';
import { completeSettings, type AttributionInput, type AttributionSettings } from './settings.pure.ts';

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

function validSettings(input: AttributionInput): AttributionSettings {
  const settings = completeSettings(input);
  if ('field' in settings) throw badInput(`input.${settings.field}`, settings.reason);
  const unknown = settings.connectionIds?.find((id) => !isId(id));
  if (unknown !== undefined) throw badInput('input.connectionIds', 'There is no such connection.');
  return settings;
}
