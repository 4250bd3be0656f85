import type { Selectable } from 'kysely';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import type { VersionColumns } from './tables.ts';

/** A version as services and the graph see it. */
export type StoredVersion = ReturnType<typeof showVersion>;

/** Versions of models as stored computations. */
export const modelVersions: RunKind<VersionColumns, StoredVersion> = {
  table: 'causal.model_version',
  topic: 'modelVersion.changed',
  subjectKind: 'modelVersion',
  noun: 'model version',
  activity: 'Training a version',
  methods: 'models.1',
  show: showVersion,
};

function showVersion(row: Selectable<VersionColumns>) {
  return {
    ...showRun(row),
    modelId: row.model_id,
    number: row.number,
    stage: row.stage,
    mixModelId: row.mix_model_id,
    training: row.training,
    backTest: row.back_test,
    inputs: row.inputs,
    folds: row.folds,
    metrics: row.metrics,
    warnings: row.warnings,
    promotedAt: row.promoted_at,
  };
}
