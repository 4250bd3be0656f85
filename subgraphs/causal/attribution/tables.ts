import type { JSONColumnType } from 'kysely';
import type { CostedResult } from './add-spend.pure.ts';
import type { Agreement, JourneySummary } from './attribute-journeys.pure.ts';
import type { RunColumns } from '../runs/run-kind.ts';
import type { AttributionSettings } from './settings.pure.ts';

/** What a run read. */
export interface RunInputs extends JourneySummary {
  readonly currency: string | null;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly sourceKinds: readonly string[];
  readonly dataHash: string;
}

export interface AttributionColumns extends RunColumns {
  settings: JSONColumnType<AttributionSettings>;
  inputs: JSONColumnType<RunInputs | null>;
  results: JSONColumnType<readonly CostedResult[]>;
  agreement: JSONColumnType<readonly Agreement[]>;
  warnings: JSONColumnType<readonly string[]>;
}
