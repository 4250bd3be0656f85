import type { JSONColumnType } from 'kysely';
import type { MixInputs } from '../mix-model/tables.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import type { TrainChoice } from '../mix-model/train-choice.pure.ts';
import type { RunColumns } from '../runs/run-kind.ts';
import type { ExplorationResult } from './explore-task.pure.ts';

export interface ExplorationSettings {
  readonly model: MixSettings;
  readonly candidates: number;
  readonly nonNegative: boolean;
  readonly seed: number;
}

export interface MixExplorationColumns extends RunColumns {
  choice: JSONColumnType<TrainChoice>;
  settings: JSONColumnType<ExplorationSettings>;
  inputs: JSONColumnType<MixInputs | null>;
  result: JSONColumnType<ExplorationResult | null>;
  warnings: JSONColumnType<readonly string[]>;
}
