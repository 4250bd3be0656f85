import type { JSONColumnType } from 'kysely';
import type { RunColumns } from '../runs/run-kind.ts';
import type { LiftChoice } from './lift-choice.pure.ts';
import type { LiftResult } from './lift-result.pure.ts';
import type { PanelInput } from './panel-input.pure.ts';

/** What an evaluation read. */
export interface LiftInputs {
  readonly source: 'RECORDS' | 'PANEL';
  readonly valueName: string;
  readonly currency: string | null;
  readonly treated: readonly string[];
  readonly controls: readonly string[];
  readonly periods: number;
  readonly firstPeriod: string;
  readonly lastPeriod: string;
  readonly start: string;
  readonly sourceKinds: readonly string[];
  readonly filled: number;
  readonly dataHash: string;
}

export interface LiftEvaluationColumns extends RunColumns {
  choice: JSONColumnType<LiftChoice>;
  panel_id: string | null;
  inputs: JSONColumnType<LiftInputs | null>;
  result: JSONColumnType<LiftResult | null>;
  warnings: JSONColumnType<readonly string[]>;
}

export interface LiftPanelColumns {
  organization_id: string;
  id: string;
  panel: JSONColumnType<PanelInput>;
}
