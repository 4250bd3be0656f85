import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { JSONColumnType } from 'kysely';
import type { RunColumns } from '../runs/run-kind.ts';
import type { StoredResult } from './store-result.pure.ts';
import type { TrainChoice, TrainSettings } from './train-choice.pure.ts';

/** The records of one connection that a training read. */
export interface MixSource {
  readonly connectionId: string;
  readonly sourceKind: SourceKind;
  readonly records: number;
  readonly from: string;
  readonly to: string;
}

/** What a training read. */
export interface MixInputs {
  readonly periods: number;
  readonly channels: readonly string[];
  readonly regions: readonly string[];
  readonly controls: readonly string[];
  readonly events: readonly string[];
  readonly currency: string;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly sourceKinds: readonly SourceKind[];
  readonly sources: readonly MixSource[];
  readonly dataHash: string;
}

export interface MixModelColumns extends RunColumns {
  choice: JSONColumnType<TrainChoice>;
  settings: JSONColumnType<TrainSettings>;
  inputs: JSONColumnType<MixInputs | null>;
  result: JSONColumnType<StoredResult | null>;
  warnings: JSONColumnType<readonly string[]>;
}
