import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { JourneyFrame, JourneyQuery, SourceKind, UnitTotals } from '@liftos/core/ports/memory.ts';
import type { Journeys } from './journey-frame.pure.ts';
import type { AttributionSettings } from './settings.pure.ts';
import { withOneCurrency } from './with-one-currency.pure.ts';

/** Journeys as every computation of a run takes them, and what is known of them. */
export interface ReadJourneys {
  readonly journeys: Journeys;
  readonly about: Pick<JourneyFrame, 'currency' | 'firstDate' | 'lastDate' | 'sourceKinds'>;
  readonly warnings: readonly string[];
}

/** The journeys that settings select. Generated ones come alone, never among live and file ones. */
export async function readJourneys(context: Context, settings: AttributionSettings): Promise<ReadJourneys> {
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
  const { currency, firstDate, lastDate } = frame;
  return { ...withOneCurrency(frame), about: { currency, firstDate, lastDate, sourceKinds: frame.sourceKinds } };
}

/** Spend by channel or campaign over the days of the journeys; nothing for journeys without days. */
export async function readSpend(
  context: Context,
  settings: AttributionSettings,
  days: Pick<JourneyFrame, 'firstDate' | 'lastDate'>,
): Promise<UnitTotals[]> {
  const from = settings.from ?? days.firstDate;
  const to = settings.to ?? days.lastDate;
  if (from === null || to === null) return [];
  const selection = selectionOf(settings);
  return context.ports.memory.totals(context, { ...selection, from, to, sourceKinds: sourceKindsOf(settings) });
}

const units = { CHANNEL: 'channel', CAMPAIGN: 'campaign', CHANNEL_AND_CAMPAIGN: 'channelCampaign' } as const;

function selectionOf(settings: AttributionSettings): Pick<JourneyQuery, 'unit' | 'connectionIds'> {
  return {
    unit: units[settings.unit],
    ...(settings.connectionIds === null ? {} : { connectionIds: settings.connectionIds }),
  };
}

function sourceKindsOf({ mock }: AttributionSettings): readonly SourceKind[] {
  return mock ? ['mock'] : ['live', 'file'];
}
