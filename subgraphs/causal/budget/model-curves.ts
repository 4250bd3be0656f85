import type { Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { MixModelColumns } from '../mix-model/tables.ts';
import type { ModelCurves } from './answer-plan.pure.ts';

interface Kept {
  readonly finishedAt: number;
  readonly curves: ModelCurves;
}

/** Models whose curves a process keeps; about 1.5 MB each with 20 channels. */
const mostKept = 32;
// Per runtime, so that what is kept goes with it; keyed by organisation and model, least recently used first.
const cache = new WeakMap<Runtime, Map<string, Kept>>();

/**
 * The curves of a trained model of this organisation, from memory where they were read before: answering while a slider
 * moves must not parse megabytes each time. Whether the model is there and the same is asked of the database each
 * time. Throws NOT_FOUND, and BAD_USER_INPUT naming `field` for a model without curves.
 */
export async function modelCurves(context: Context, id: string, field: string): Promise<ModelCurves> {
  const finishedAt = isId(id) ? await finishedAtOf(context, id) : undefined;
  if (finishedAt === undefined) throw notFound('mix model');
  const kept = keptBy(context.runtime);
  const key = `${context.organizationId} ${id}`;
  const known = kept.get(key);
  kept.delete(key);
  if (known && known.finishedAt === finishedAt?.getTime()) {
    kept.set(key, known);
    return known.curves;
  }
  const curves = curvesOf(await modelRow(context, id).selectAll().executeTakeFirstOrThrow(), field);
  kept.set(key, { finishedAt: finishedAt!.getTime(), curves });
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  return curves;
}

function keptBy(runtime: Runtime): Map<string, Kept> {
  let kept = cache.get(runtime);
  if (!kept) cache.set(runtime, (kept = new Map()));
  return kept;
}

function modelRow(context: Context, id: string) {
  return tables<{ 'causal.mix_model': MixModelColumns }>(context).selectFrom('causal.mix_model').where('id', '=', id);
}

async function finishedAtOf(context: Context, id: string): Promise<Date | null | undefined> {
  return (await modelRow(context, id).select('finished_at').executeTakeFirst())?.finished_at;
}

function curvesOf(model: Selectable<MixModelColumns>, field: string): ModelCurves {
  const { inputs, result, choice } = model;
  if (model.state !== 'SUCCEEDED' || !inputs || !result) {
    throw badInput(field, 'This model has no result. Plan with a trained one.', { state: model.state });
  }
  if (!result.summary) {
    const reasons = result.diagnosis.refusals.join(' ');
    throw badInput(field, `This model does not stand up to its own checks, so no plan is made on it. ${reasons}`);
  }
  const periodDays = choice.period === 'WEEK' ? 7 : 1;
  return {
    modelId: model.id,
    modelCodeVersion: model.code_version,
    kpi: choice.kpi === 'revenue' ? 'REVENUE' : 'CONVERSIONS',
    currency: inputs.currency,
    firstDate: inputs.firstDate,
    lastDate: inputs.lastDate,
    periodDays,
    days: inputs.periods * periodDays,
    dataHash: inputs.dataHash,
    mock: choice.mock,
    sourceKinds: inputs.sourceKinds,
    ownWarnings: model.warnings.length + result.diagnosis.warnings.length,
    channels: result.summary.channels.map(({ name, spend, halfLife, curve }) => ({
      name,
      spend,
      halfLife,
      curve: {
        spend: Float64Array.from(curve.spend),
        mean: Float64Array.from(curve.mean),
        low: Float64Array.from(curve.low),
        high: Float64Array.from(curve.high),
        draws: Float64Array.from(curve.draws),
        seenUpTo: curve.seenUpTo,
      },
    })),
  };
}
