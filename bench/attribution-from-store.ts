import { setTimeout as pause } from 'node:timers/promises';
import { attributionRuns, type AttributionRun } from '@liftos/causal/attribution/attribution.runs.ts';
import { startAttribution } from '@liftos/causal/attribution/attribution.service.ts';
import type { Journeys } from '@liftos/causal/attribution/journey-frame.pure.ts';
import { runById } from '@liftos/causal/runs/run-view.ts';
import { causal } from '@liftos/causal/subgraph.ts';
import type { Context } from '@liftos/core/context.ts';
import { newId } from '@liftos/core/ids.ts';
import type { JourneyColumns } from '@liftos/core/ports/memory.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import { watched, withRuntime } from './with-runtime.ts';

const batchSize = 20_000;
const lookMillis = 20;
const noCampaign = 0xffffffff;

/**
 * Stores journeys in an embedded database and runs all models on them twice, through the job queue and the worker
 * pool; the second run is measured: time to the answer, and the event loop's delay in the 99th percentile.
 */
export function attributeStored(journeys: Journeys): Promise<{ answerMillis: number; loopDelayMillis: number }> {
  return withRuntime([memory, causal], async (context) => {
    await store(context, journeys);
    await answer(context);
    const { millis, delayMillis } = await watched(() => answer(context));
    return { answerMillis: millis, loopDelayMillis: delayMillis };
  });
}

async function store(context: Context, journeys: Journeys): Promise<void> {
  const connectionId = newId();
  for (let begin = 0; begin < journeys.conversions.length; begin += batchSize) {
    const columns = columnsOf(journeys, begin, Math.min(begin + batchSize, journeys.conversions.length));
    const batch = { batchId: newId(), connectionId, sourceKind: 'file' as const, stream: 'journeys' };
    await context.ports.memory.ingest(context, { ...batch, kind: 'journeys', columns });
  }
}

function columnsOf(journeys: Journeys, begin: number, end: number): JourneyColumns {
  const first = journeys.offsets[begin]!;
  const last = journeys.offsets[end]!;
  const count = end - begin;
  return {
    key: Array.from({ length: count }, (_, index) => `journey ${begin + index}`),
    date: Array.from({ length: count }, () => '2026-03-01'),
    currency: Array.from({ length: count }, () => 'EUR'),
    conversions: journeys.conversions.slice(begin, end),
    nulls: journeys.nulls.slice(begin, end),
    value: BigInt64Array.from(journeys.value.subarray(begin, end), (value) => BigInt(value * 1e6)),
    offsets: journeys.offsets.slice(begin, end + 1).map((offset) => offset - first),
    channel: journeys.touches.slice(first, last),
    channels: [...journeys.units],
    campaign: new Uint32Array(last - first).fill(noCampaign),
    campaigns: [],
    age: journeys.ages.slice(first, last),
  };
}

/** Starts a run with all models and waits for its results. */
async function answer(context: Context): Promise<AttributionRun> {
  const { id } = await startAttribution(context, {});
  for (;;) {
    const run = await runById(attributionRuns, context, id);
    if (run?.state === 'SUCCEEDED') return run;
    if (run?.state === 'FAILED') throw new Error(run.error ?? 'The run failed.');
    await pause(lookMillis);
  }
}
