import type { JSONColumnType } from 'kysely';
import type { Design as MarketDesign } from '../geo-lift/select-markets.pure.ts';
import type { RunColumns } from '../runs/run-kind.ts';
import type { ExperimentDesign } from './design.pure.ts';
import type { ExperimentAnalysis } from './analysis.pure.ts';
import type { RegionInputs } from './region-panel.pure.ts';
import type { SelectionSettings } from './selection-settings.pure.ts';
import type { ExperimentSettings } from './settings.pure.ts';
import type { ExperimentState } from './states.pure.ts';

export type Verdict = 'SHIP' | 'STOP' | 'INCONCLUSIVE' | 'ITERATE';

export interface Decision {
  readonly verdict: Verdict;
  readonly why: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** SHA-256 of the result that was decided upon, as stored. */
  readonly resultHash: string;
}

export interface ExperimentColumns {
  organization_id: string;
  id: string;
  name: string;
  hypothesis: string;
  kind: 'AB' | 'GEO';
  state: ExperimentState;
  settings: JSONColumnType<ExperimentSettings>;
  design: JSONColumnType<ExperimentDesign | null>;
  salt: string;
  started_on: string | null;
  ends_on: string | null;
  result: JSONColumnType<ExperimentAnalysis | null>;
  decision: JSONColumnType<Decision | null>;
  created_by: string;
  created_at: Date;
  changed_at: Date;
}

/** What was counted up to a day; the names are those of `ArmSums`. */
export interface StoredSums {
  readonly successes?: number;
  readonly sum?: number;
  readonly sumSquares?: number;
  readonly secondSum?: number;
  readonly secondSumSquares?: number;
  readonly sumProducts?: number;
}

export interface ObservationColumns {
  organization_id: string;
  experiment_id: string;
  metric: string;
  arm: string;
  day: string;
  n: number;
  sums: JSONColumnType<StoredSums>;
}

interface BatchColumns {
  organization_id: string;
  experiment_id: string;
  batch_id: string;
  hash: string;
  received_at: Date;
}

export interface MarketSelectionColumns extends RunColumns {
  experiment_id: string | null;
  settings: JSONColumnType<SelectionSettings>;
  inputs: JSONColumnType<RegionInputs | null>;
  designs: JSONColumnType<readonly MarketDesign[]>;
  warnings: JSONColumnType<readonly string[]>;
}

export interface ExperimentTables {
  'causal.experiment': ExperimentColumns;
  'causal.experiment_observation': ObservationColumns;
  'causal.experiment_batch': BatchColumns;
}
