import { attributeJourneys, type Attribution } from './attribute-journeys.pure.ts';
import { hashJourneys } from './hash-journeys.pure.ts';
import type { Journeys } from './journey-frame.pure.ts';
import type { AttributionSettings } from './settings.pure.ts';

export interface ComputeTask {
  readonly journeys: Journeys;
  readonly settings: AttributionSettings;
  /** One shared number: the parts of `progressParts` that are done. */
  readonly progress: SharedArrayBuffer;
}

export interface Computed {
  readonly dataHash: string;
  readonly attribution: Attribution;
  readonly computeMillis: number;
}

export const progressParts = 1000;

/** Entry of the worker thread: hash the journeys and run the models. */
export function compute({ journeys, settings, progress }: ComputeTask): Computed {
  const done = new Int32Array(progress);
  const dataHash = hashJourneys(journeys);
  const begin = performance.now();
  const attribution = attributeJourneys(journeys, settings, (fraction) => {
    Atomics.store(done, 0, Math.round(fraction * progressParts));
  });
  return { dataHash, attribution, computeMillis: performance.now() - begin };
}
