import { evaluate } from './evaluate.pure.ts';
import type { LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import type { LiftResult } from './lift-result.pure.ts';

/** Everything an evaluation depends on, and where it counts its estimates. */
export interface LiftTask {
  readonly data: LiftData;
  readonly settings: LiftSettings;
  readonly progress: SharedArrayBuffer;
}

/** Entry of the worker thread. */
export function evaluateTask({ data, settings, progress }: LiftTask): LiftResult {
  const done = new Int32Array(progress);
  return evaluate(data, settings, () => void Atomics.add(done, 0, 1));
}
