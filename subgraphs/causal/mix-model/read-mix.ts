import { createHash } from 'node:crypto';
import type { Context } from '@liftos/core/context.ts';
import type { CalendarHoliday, RecordFrame } from '@liftos/core/ports/memory.ts';
import { buildMixData, type ReadMix } from './build-mix-data.pure.ts';
import { checkCurrencies, liftWarnings } from './check-lift.pure.ts';
import type { LiftRow } from './mix-settings.pure.ts';
import { sourcesOf } from './mix-sources.pure.ts';
import type { MixInputs } from './tables.ts';
import type { TrainChoice, TrainSettings } from './train-choice.pure.ts';

/** The records and holidays that a choice is about. */
export async function readSources(
  context: Context,
  choice: TrainChoice,
): Promise<{ records: RecordFrame; holidays: CalendarHoliday[] }> {
  const { from, to, mock, connectionIds, holidays } = choice;
  const { memory } = context.ports;
  const query = { from, to, sourceKinds: mock ? (['mock'] as const) : (['live', 'file'] as const) };
  const records = await memory.records(context, connectionIds === null ? query : { ...query, connectionIds });
  if (!holidays) return { records, holidays: [] };
  return { records, holidays: await memory.calendar(context, { from, to, region: holidays.region }) };
}

/** The series a choice selects, and what a stored model keeps of them. Throws the Problems of `buildMixData`. */
export async function readMix(context: Context, choice: TrainChoice): Promise<{ read: ReadMix; inputs: MixInputs }> {
  const { records, holidays } = await readSources(context, choice);
  const read = buildMixData(records, choice, holidays);
  const { data, currency, from, to } = read;
  const sources = sourcesOf(records);
  const inputs: MixInputs = {
    periods: data.dates.length,
    channels: data.channels.map(({ name }) => name),
    regions: data.geos.length > 1 ? data.geos : [],
    controls: data.controls.map(({ name }) => name),
    events: data.events.map(({ name }) => name),
    currency,
    firstDate: from,
    lastDate: to,
    sourceKinds: [...new Set(sources.map(({ sourceKind }) => sourceKind))].toSorted(),
    sources,
    dataHash: hashOf(read, choice),
  };
  return { read, inputs };
}

/**
 * What a training reads: the series, held against the results of experiments that the model is to agree with. Throws the
 * Problems of `buildMixData`, and SHAPE for a result in another currency.
 */
export async function readTraining(
  context: Context,
  choice: TrainChoice,
  { model }: Pick<TrainSettings, 'model'>,
): Promise<{ read: ReadMix; inputs: MixInputs }> {
  const { read, inputs } = await readMix(context, choice);
  return { read: withLift(read, model.lift, choice), inputs };
}

/** What was read with what is to be said of results beside it. Throws SHAPE for one in another currency. */
export function withLift(read: ReadMix, lift: readonly LiftRow[], { holdout, period }: TrainChoice): ReadMix {
  checkCurrencies(lift, read.currency);
  const warnings = liftWarnings(lift, read, Math.max(0, read.data.dates.length - holdout), period);
  return { ...read, warnings: [...read.warnings, ...warnings] };
}

/** SHA-256 over every series that the model sees. */
function hashOf({ data, currency }: ReadMix, { kpi, basis }: TrainChoice): string {
  const hash = createHash('sha256').update(JSON.stringify([data.dates, data.geos, currency, kpi, basis]));
  hash.update(data.kpi);
  if (data.populations) hash.update(data.populations);
  for (const { name, spend, media } of data.channels) {
    hash.update(name).update(spend);
    if (media) hash.update('media').update(media);
  }
  for (const { name, values } of [...data.controls, ...data.events]) hash.update(name).update(values);
  return hash.digest('hex');
}
