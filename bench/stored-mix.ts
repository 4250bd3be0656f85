import { setTimeout as pause } from 'node:timers/promises';
import { mixModels, type StoredMix } from '@liftos/causal/mix-model/mix-model.runs.ts';
import { startTraining } from '@liftos/causal/mix-model/mix-model.service.ts';
import type { MixData } from '@liftos/causal/mix-model/mix-data.pure.ts';
import { requireRun } from '@liftos/causal/runs/run-view.ts';
import type { Context } from '@liftos/core/context.ts';
import { newId } from '@liftos/core/ids.ts';
import type { RecordColumns } from '@liftos/core/ports/memory.ts';

const lookMillis = 20;
const dayMillis = 86_400_000;

type Training = Parameters<typeof startTraining>[1];

/** Trains on what is stored and waits for the answer. */
export async function train(context: Context, input: Training): Promise<StoredMix> {
  const { id } = await startTraining(context, input);
  return until(context, id, ({ state }) => state === 'SUCCEEDED');
}

/** Waits for a state of a model. Throws when its training failed. */
export async function until(context: Context, id: string, holds: (model: StoredMix) => boolean): Promise<StoredMix> {
  for (;;) {
    const model = await requireRun(mixModels, context, id);
    if (holds(model)) return model;
    if (model.state === 'FAILED') throw new Error(model.error ?? 'The training failed.');
    await pause(lookMillis);
  }
}

/** Stores simulated weeks as daily records, a seventh each; revenue on a channel without spend. */
export async function storeMix(context: Context, data: MixData): Promise<void> {
  const nothing = new Float64Array(data.kpi.length);
  const series = [
    ...data.channels.map(({ name, spend }) => ({ name, spend, revenue: nothing })),
    { name: 'shop', spend: nothing, revenue: data.kpi },
  ];
  const source = { connectionId: newId(), sourceKind: 'file' as const, stream: 'records' };
  for (const one of series) {
    const batch = { ...source, batchId: newId(), kind: 'records' as const, columns: dailyColumns(data, one) };
    await context.ports.memory.ingest(context, batch);
  }
}

function dailyColumns(
  { dates, geos }: MixData,
  { name, spend, revenue }: { name: string; spend: Float64Array; revenue: Float64Array },
): RecordColumns {
  const rows = Array.from({ length: 7 * spend.length }, (_, place) => Math.floor(place / 7));
  const micros = (values: Float64Array): BigInt64Array =>
    BigInt64Array.from(rows, (row) => BigInt(Math.round((values[row]! / 7) * 1e6)));
  const none = (): null[] => rows.map(() => null);
  const dayOf = (row: number, place: number): string => {
    const monday = Date.parse(`${dates[row % dates.length]}T00:00:00Z`);
    return new Date(monday + dayMillis * (place % 7)).toISOString().slice(0, 10);
  };
  return {
    date: rows.map(dayOf),
    channel: rows.map(() => name),
    campaign: none(),
    adGroup: none(),
    ad: none(),
    region: geos.length > 1 ? rows.map((row) => geos[Math.floor(row / dates.length)]!) : none(),
    currency: rows.map(() => 'EUR'),
    spend: micros(spend),
    impressions: new Float64Array(rows.length),
    clicks: new Float64Array(rows.length),
    conversions: new Float64Array(rows.length),
    revenue: micros(revenue),
  };
}
