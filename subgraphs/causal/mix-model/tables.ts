import type { JSONColumnType } from 'kysely';
import type { RunColumns } from '../runs/run-kind.ts';
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

export interface MixModelColumns extends RunColumns {
  choice: JSONColumnType<TrainChoice>;
  settings: JSONColumnType<TrainSettings>;
  inputs: JSONColumnType<MixInputs | null>;
  result: JSONColumnType<StoredResult | null>;
  warnings: JSONColumnType<readonly string[]>;
}
