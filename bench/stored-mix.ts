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

/** Stores simulated weeks as records of so many days each; revenue on a channel without spend. */
export async function storeMix(context: Context, data: MixData, daysPerWeek: 1 | 7): Promise<void> {
  const nothing = new Float64Array(data.kpi.length);
  const series = [
    ...data.channels.map(({ name, spend }) => ({ name, spend, revenue: nothing })),
    { name: 'shop', spend: nothing, revenue: data.kpi },
  ];
  const weeks = data.dates.length;
  const inMicros = (value: number): bigint => BigInt(Math.round((value / daysPerWeek) * 1e6));
  const rows = series.flatMap(({ name, spend, revenue }) =>
    Array.from({ length: data.kpi.length * daysPerWeek }, (_, place) => {
      const row = Math.floor(place / daysPerWeek);
      const monday = Date.parse(`${data.dates[row % weeks]}T00:00:00Z`);
      const date = new Date(monday + dayMillis * (place % daysPerWeek)).toISOString().slice(0, 10);
      const region = data.geos.length > 1 ? data.geos[Math.floor(row / weeks)]! : null;
      return { date, name, region, spend: inMicros(spend[row]!), revenue: inMicros(revenue[row]!) };
    }),
  );
  const none = (): null[] => rows.map(() => null);
  const columns: RecordColumns = {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ name }) => name),
    campaign: none(),
    adGroup: none(),
    ad: none(),
    region: rows.map(({ region }) => region),
    currency: rows.map(() => 'EUR'),
    spend: BigInt64Array.from(rows, ({ spend }) => spend),
    impressions: new Float64Array(rows.length),
    clicks: new Float64Array(rows.length),
    conversions: new Float64Array(rows.length),
    revenue: BigInt64Array.from(rows, ({ revenue }) => revenue),
  };
  const batch = { batchId: newId(), connectionId: newId(), sourceKind: 'file' as const, stream: 'records' };
  await context.ports.memory.ingest(context, { ...batch, kind: 'records', columns });
}
