import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { JourneyFrame, JourneyQuery, SourceKind, UnitTotals } from '@liftos/core/ports/memory.ts';
import type { AttributionSettings } from './settings.pure.ts';

/** The journeys that settings select. Generated ones come alone, never among live and file ones. */
export async function readJourneys(context: Context, settings: AttributionSettings): Promise<JourneyFrame> {
  const sourceKinds = sourceKindsOf(settings);
  const frame = await context.ports.memory.journeys(context, {
    ...selectionOf(settings),
    ...(settings.from === null ? {} : { from: settings.from }),
    ...(settings.to === null ? {} : { to: settings.to }),
    sourceKinds,
  });
  if (frame.sourceKinds.some((kind) => !sourceKinds.includes(kind))) {
    throw new AppError('INTERNAL', 'Journeys of a source that was not asked for were delivered.');
  }
  return frame;
}

/** Spend by channel or campaign over the days of the journeys; nothing for journeys without days. */
export async function readSpend(
  context: Context,
  settings: AttributionSettings,
  days: { firstDate: string | null; lastDate: string | null },
): Promise<UnitTotals[]> {
  const from = settings.from ?? days.firstDate;
  const to = settings.to ?? days.lastDate;
  if (from === null || to === null) return [];
  const selection = selectionOf(settings);
  return context.ports.memory.totals(context, { ...selection, from, to, sourceKinds: sourceKindsOf(settings) });
}

function selectionOf(settings: AttributionSettings): Pick<JourneyQuery, 'unit' | 'connectionIds'> {
  return {
    unit: settings.unit === 'CHANNEL' ? 'channel' : 'campaign',
    ...(settings.connectionIds === null ? {} : { connectionIds: settings.connectionIds }),
  };
}

function sourceKindsOf({ mock }: AttributionSettings): readonly SourceKind[] {
  return mock ? ['mock'] : ['live', 'file'];
}
