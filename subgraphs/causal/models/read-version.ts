import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { KeptPosterior } from '../mix-model/keep-posterior.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import { mixModels, type StoredMix } from '../mix-model/mix-model.runs.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import { readMix } from '../mix-model/read-mix.ts';
import type { Stored } from '../mix-model/store-result.pure.ts';
import { requireRun } from '../runs/run-view.ts';
import { alignData } from './extend-data.pure.ts';

/** A trained version with everything that is known until today. */
export interface ReadVersion {
  readonly mix: StoredMix;
  readonly kept: Stored<KeptPosterior>;
  readonly settings: MixSettings;
  /** From the first period of training to the last whole one there is. */
  readonly data: MixData;
  readonly periodDays: number;
  /** Whether the periods of training are as they were. */
  readonly sameData: boolean;
}

/**
 * Reads what a version was trained on and what came after. Throws CONFLICT for one without a posterior: not trained,
 * refused by its diagnosis, or trained before draws were kept.
 */
export async function readVersion(context: Context, mixModelId: string): Promise<ReadVersion> {
  const mix = await requireRun(mixModels, context, mixModelId);
  const { choice, settings, inputs } = mix;
  const kept = mix.result?.posterior;
  if (!inputs || !kept) {
    throw new AppError('CONFLICT', 'This version cannot foretell: it has no result that stands up to its checks.');
  }
  const trained = await readMix(context, { ...choice, from: inputs.firstDate, to: inputs.lastDate });
  const today = context.now().toISOString().slice(0, 10);
  const all =
    inputs.lastDate < today ? await readMix(context, { ...choice, from: inputs.firstDate, to: today }) : trained;
  return {
    mix,
    kept,
    settings: settings.model,
    data: alignData(all.read.data, kept, trained.read.data.populations),
    periodDays: choice.period === 'WEEK' ? 7 : 1,
    sameData: trained.inputs.dataHash === inputs.dataHash,
  };
}
