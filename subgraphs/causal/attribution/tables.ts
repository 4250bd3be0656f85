import type { JSONColumnType } from 'kysely';
import type { CostedResult } from './add-spend.pure.ts';
import type { Agreement, JourneySummary } from './attribute-journeys.pure.ts';
import type { AttributionSettings } from './settings.pure.ts';

export type RunState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** What a run read. */
export interface RunInputs extends JourneySummary {
  readonly currency: string | null;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly sourceKinds: readonly string[];
  readonly dataHash: string;
}

type Json<T extends object> = JSONColumnType<T>;

export interface RunColumns {
  organization_id: string;
  id: string;
  state: RunState;
  progress: number;
  settings: Json<AttributionSettings>;
  inputs: JSONColumnType<RunInputs | null>;
  results: Json<readonly CostedResult[]>;
  agreement: Json<readonly Agreement[]>;
  warnings: Json<readonly string[]>;
  error: string | null;
  code_version: string;
  job_id: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  compute_millis: number | null;
}

export interface CausalTables {
  'causal.attribution_run': RunColumns;
}
