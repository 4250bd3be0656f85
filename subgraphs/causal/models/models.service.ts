import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { mixModels } from '../mix-model/mix-model.runs.ts';
import { startTraining } from '../mix-model/mix-model.service.ts';
import { invalidInput, type TrainInput } from '../mix-model/train-choice.pure.ts';
import { insertRun } from '../runs/run-state.ts';
import { cancelRun, requireRun, runById } from '../runs/run-view.ts';
import { modelVersionJob } from './model-version.jobs.ts';
import { modelVersions, type StoredVersion } from './model-version.runs.ts';
import { modelTopic, requireModel, showModel, type StoredModel } from './models.view.ts';
import type { BackTest } from './plan-folds.pure.ts';
import type { ModelTables } from './tables.ts';

export interface CreateModelInput {
  readonly name: string;
  readonly kind?: 'MIX' | null;
  readonly training: TrainInput;
  readonly backTest?: { readonly folds?: number | null; readonly periods?: number | null } | null;
}

/** Name a question. Throws BAD_USER_INPUT naming the field, or CONFLICT for a name that is taken. */
export async function createModel(context: Context, input: CreateModelInput): Promise<StoredModel> {
  const name = input.name.trim();
  if (name.length === 0 || name.length > 120) throw badInput('input.name', 'A name has 1 to 120 characters.');
  const backTest = checkedBackTest(input);
  const invalid = invalidInput(input.training);
  if (invalid) throw badInput(`input.training.${invalid.field}`, invalid.reason);
  return transaction(context, async (tx) => {
    const row = await tables<ModelTables>(tx)
      .insertInto('causal.model')
      .values({
        organization_id: tx.organizationId,
        id: tx.newId(),
        name,
        kind: 'MIX',
        training: JSON.stringify(input.training),
        back_test: JSON.stringify(backTest),
        mock: input.training.mock ?? false,
        created_at: tx.now(),
        created_by: tx.principal.name,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new AppError('CONFLICT', 'A model of this name exists.', { field: 'input.name' });
    await tell(tx, row.id, `The model “${name}” was created.`);
    return showModel(row);
  });
}

function checkedBackTest({ backTest }: CreateModelInput): BackTest {
  const { folds, periods } = { folds: backTest?.folds ?? 3, periods: backTest?.periods ?? 4 };
  const whole = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  if (!whole(folds, 8)) throw badInput('input.backTest.folds', 'A back-test has 1 to 8 folds.');
  if (!whole(periods, 52)) throw badInput('input.backTest.periods', 'A fold has 1 to 52 periods.');
  return { folds, periods };
}

function tell(tx: Context, id: string, summary: string): Promise<void> {
  return emit(tx, { topic: modelTopic, subjectKind: 'model', subjectId: id, summary, audit: true });
}

/**
 * Store a version and send its training and its back-test, together. Throws NOT_FOUND, CONFLICT for a retired model,
 * and BAD_USER_INPUT for settings that cannot be used or that would mix generated with real data.
 */
export async function trainVersion(
  context: Context,
  modelId: string,
  training: TrainInput | null,
): Promise<StoredVersion> {
  const model = await requireModel(context, modelId);
  if (model.retiredAt) throw new AppError('CONFLICT', 'The model is retired.');
  const chosen = training ?? model.training;
  if ((chosen.mock ?? false) !== model.mock) {
    throw badInput('training.mock', 'All versions of a model are trained on generated data, or all on real data.');
  }
  return transaction(context, async (tx) => {
    const mix = await startTraining(tx, chosen);
    const db = tables<ModelTables>(tx);
    // Locks the model, so that two versions never take the same number.
    await db
      .updateTable('causal.model')
      .set({ training: JSON.stringify(chosen) })
      .where('id', '=', modelId)
      .execute();
    const last = await db
      .selectFrom('causal.model_version')
      .select('number')
      .where('model_id', '=', modelId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    const number = (last?.number ?? 0) + 1;
    const own = {
      model_id: modelId,
      number,
      stage: 'CANDIDATE' as const,
      mix_model_id: mix.id,
      training: JSON.stringify(chosen),
      back_test: JSON.stringify(model.backTest),
      inputs: null as never,
      folds: '[]',
      metrics: null as never,
      warnings: '[]',
      promoted_at: null,
    };
    return insertRun(modelVersions, tx, modelVersionJob, own, `Version ${number} of “${model.name}” is being trained.`);
  });
}

/** Stop a training and its back-test. Throws NOT_FOUND, or CONFLICT when it has ended. */
export async function cancelVersion(context: Context, id: string): Promise<StoredVersion> {
  const version = await cancelRun(modelVersions, context, id);
  const mix = await runById(mixModels, context, version.mixModelId);
  if (mix && (mix.state === 'QUEUED' || mix.state === 'RUNNING')) await cancelRun(mixModels, context, mix.id);
  return version;
}

/**
 * Make a version its model's champion; the champion until now becomes a former one. Throws NOT_FOUND, or CONFLICT for a
 * version that is not trained, does not stand up to its checks or is retired, and for one of a retired model.
 */
export async function promoteVersion(context: Context, id: string): Promise<StoredVersion> {
  const version = await requireRun(modelVersions, context, id);
  const model = await requireModel(context, version.modelId);
  if (version.state !== 'SUCCEEDED') throw new AppError('CONFLICT', 'Only a trained version can be promoted.');
  if (version.stage === 'CHAMPION') throw new AppError('CONFLICT', 'This version is the champion already.');
  if (version.stage === 'RETIRED' || model.retiredAt) {
    throw new AppError('CONFLICT', 'What is retired cannot be promoted.');
  }
  const mix = await requireRun(mixModels, context, version.mixModelId);
  if (!mix.result?.summary) {
    const reasons = mix.result?.diagnosis.refusals.join(' ') ?? '';
    throw new AppError('CONFLICT', `This version does not stand up to its own checks. ${reasons}`.trim());
  }
  await transaction(context, async (tx) => {
    const db = tables<ModelTables>(tx);
    await db.updateTable('causal.model').set({ champion_id: id }).where('id', '=', model.id).execute();
    await db
      .updateTable('causal.model_version')
      .set({ stage: 'FORMER' })
      .where('model_id', '=', model.id)
      .where('stage', '=', 'CHAMPION')
      .execute();
    await db
      .updateTable('causal.model_version')
      .set({ stage: 'CHAMPION', promoted_at: tx.now() })
      .where('id', '=', id)
      .execute();
    await tell(tx, model.id, `Version ${version.number} of “${model.name}” was promoted.`);
  });
  return requireRun(modelVersions, context, id);
}

/** Take a version out of use; what it found stays. Throws NOT_FOUND or CONFLICT. */
export async function retireVersion(context: Context, id: string): Promise<StoredVersion> {
  const version = await requireRun(modelVersions, context, id);
  if (version.stage === 'RETIRED') throw new AppError('CONFLICT', 'This version is retired already.');
  if (version.state === 'QUEUED' || version.state === 'RUNNING') {
    throw new AppError('CONFLICT', 'This version is being trained; cancel that first.');
  }
  const { name } = await requireModel(context, version.modelId);
  await transaction(context, async (tx) => {
    const db = tables<ModelTables>(tx);
    await db
      .updateTable('causal.model')
      .set({ champion_id: null })
      .where('id', '=', version.modelId)
      .where('champion_id', '=', id)
      .execute();
    await db.updateTable('causal.model_version').set({ stage: 'RETIRED' }).where('id', '=', id).execute();
    await tell(tx, version.modelId, `Version ${version.number} of “${name}” was retired.`);
  });
  return requireRun(modelVersions, context, id);
}

/** Take a model out of use; its versions stay readable. Throws NOT_FOUND or CONFLICT. */
export async function retireModel(context: Context, id: string): Promise<StoredModel> {
  const { name, retiredAt } = await requireModel(context, id);
  if (retiredAt) throw new AppError('CONFLICT', 'This model is retired already.');
  await transaction(context, async (tx) => {
    const db = tables<ModelTables>(tx);
    await db.updateTable('causal.model').set({ retired_at: tx.now() }).where('id', '=', id).execute();
    await tell(tx, id, `The model “${name}” was retired.`);
  });
  return requireModel(context, id);
}
