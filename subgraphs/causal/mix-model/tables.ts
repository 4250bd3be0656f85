import type { JSONColumnType } from 'kysely';
import type { RunState } from '../attribution/tables.ts';
import type { StoredResult } from './store-result.pure.ts';
import type { TrainChoice, TrainSettings } from './train-choice.pure.ts';

/** What a training read. */
export interface MixInputs {
  readonly periods: number;
  readonly channels: readonly string[];
  readonly currency: string;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly dataHash: string;
}

export interface MixModelColumns {
  organization_id: string;
  id: string;
  state: RunState;
  progress: number;
  choice: JSONColumnType<TrainChoice>;
  settings: JSONColumnType<TrainSettings>;
  inputs: JSONColumnType<MixInputs | null>;
  result: JSONColumnType<StoredResult | null>;
  warnings: JSONColumnType<readonly string[]>;
  error: string | null;
  code_version: string;
  job_id: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  compute_millis: number | null;
}

export interface MixTables {
  'causal.mix_model': MixModelColumns;
}
