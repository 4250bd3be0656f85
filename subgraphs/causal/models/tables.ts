import type { JSONColumnType } from 'kysely';
import type { TrainInput } from '../mix-model/train-choice.pure.ts';
import type { RunColumns } from '../runs/run-kind.ts';
import type { FoldMetrics, FoldPoint } from './fold-metrics.pure.ts';
import type { BackTest } from './plan-folds.pure.ts';

export type ModelStage = 'CANDIDATE' | 'CHAMPION' | 'FORMER' | 'RETIRED';

/** A fold as it is kept. */
export interface KeptFold {
  readonly trainedUntil: string;
  readonly from: string;
  readonly to: string;
  readonly metrics: FoldMetrics;
  readonly points: readonly FoldPoint[];
}

/** What a version was trained on. */
export interface VersionInputs {
  readonly periods: number;
  readonly channels: readonly string[];
  readonly currency: string;
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly firstDate: string;
  readonly lastDate: string;
  readonly dataHash: string;
  readonly mock: boolean;
}

export interface VersionColumns extends RunColumns {
  model_id: string;
  number: number;
  stage: ModelStage;
  mix_model_id: string;
  training: JSONColumnType<TrainInput>;
  back_test: JSONColumnType<BackTest>;
  inputs: JSONColumnType<VersionInputs | null>;
  folds: JSONColumnType<readonly KeptFold[]>;
  metrics: JSONColumnType<FoldMetrics | null>;
  warnings: JSONColumnType<readonly string[]>;
  promoted_at: Date | null;
}

export interface ModelTables {
  'causal.model': {
    organization_id: string;
    id: string;
    name: string;
    kind: 'MIX';
    training: JSONColumnType<TrainInput>;
    back_test: JSONColumnType<BackTest>;
    mock: boolean;
    champion_id: string | null;
    created_at: Date;
    created_by: string;
    retired_at: Date | null;
  };
  'causal.model_version': VersionColumns;
  'causal.model_accuracy': {
    organization_id: string;
    version_id: string;
    /** As text. */
    period: string;
    actual: number;
    predicted: number;
    low: number;
    high: number;
    computed_at: Date;
  };
}
