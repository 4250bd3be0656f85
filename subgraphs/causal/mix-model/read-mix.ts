import { createHash } from 'node:crypto';
import type { Context } from '@liftos/core/context.ts';
import { buildMixData, type ReadMix } from './build-mix-data.pure.ts';
import type { MixInputs } from './tables.ts';
import type { TrainChoice } from './train-choice.pure.ts';

/** The series a choice selects, and what a stored model keeps of them. Throws the Problems of `buildMixData`. */
export async function readMix(context: Context, choice: TrainChoice): Promise<{ read: ReadMix; inputs: MixInputs }> {
  const records = await context.ports.memory.records(context, {
    from: choice.from,
    to: choice.to,
    sourceKinds: choice.mock ? ['mock'] : ['live', 'file'],
    ...(choice.connectionIds === null ? {} : { connectionIds: choice.connectionIds }),
  });
  const read = buildMixData(records, choice);
  const { data, currency, from, to } = read;
  const hash = createHash('sha256').update(JSON.stringify([data.dates, currency, choice.kpi, choice.basis]));
  hash.update(data.kpi);
  for (const { name, spend } of data.channels) hash.update(name).update(spend);
  const channels = data.channels.map(({ name }) => name);
  const dataHash = hash.digest('hex');
  return { read, inputs: { periods: data.dates.length, channels, currency, firstDate: from, lastDate: to, dataHash } };
}
