import { createHash } from 'node:crypto';
import type { Context } from '@liftos/core/context.ts';
import { buildRegionPanel, type RegionInputs, type RegionPanel } from './region-panel.pure.ts';
import type { RegionChoice } from './settings.pure.ts';

/** Regional figures of the days, inclusive, and what a stored computation keeps of them. Throws the Problems of `buildRegionPanel`. */
export async function readRegions(
  context: Context,
  choice: RegionChoice,
  { from, to, channel }: { from: string; to: string; channel: string | null },
): Promise<{ read: RegionPanel; inputs: RegionInputs }> {
  const records = await context.ports.memory.records(context, {
    from,
    to,
    sourceKinds: choice.mock ? ['mock'] : ['live', 'file'],
    ...(choice.connectionIds === null ? {} : { connectionIds: choice.connectionIds }),
  });
  const read = buildRegionPanel(records, choice, channel);
  const { panel, spend, currency, sourceKinds } = read;
  const hash = createHash('sha256').update(
    JSON.stringify([panel.units, panel.periods, currency, choice.kpi, choice.basis]),
  );
  const dataHash = hash.update(panel.outcomes.data).update(spend).digest('hex');
  const [firstDate, lastDate] = [panel.periods[0]!, panel.periods.at(-1)!];
  const days = panel.periods.length;
  return { read, inputs: { regions: panel.units, days, firstDate, lastDate, currency, sourceKinds, dataHash } };
}
