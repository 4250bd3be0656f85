import { dayText } from '../calendar/day-number.pure.ts';
import type { ReadBlock } from '../journeys/build-frame.pure.ts';
import { ageReader, dayOfBlock } from '../journeys/journey-block.pure.ts';
import { csvLine, jsonLine, microsCell, numberCell, textCell } from './cells.pure.ts';

export interface ExportedTouch {
  channel: string;
  campaign: string | null;
  /** Days before the conversion; NaN when unknown. */
  age: number;
}

export interface ExportedJourney {
  id: string;
  date: string | null;
  currency: string;
  conversions: number;
  nulls: number;
  /** Micros. */
  value: bigint;
  touches: ExportedTouch[];
}

/** The live journeys of a block. */
export function* journeysOf(read: ReadBlock, blockId: string): Generator<ExportedJourney> {
  const { block, channels, campaigns, currencies } = read;
  const dead = new Set(read.replaced);
  const ageOf = ageReader(block);
  let at = 0;
  for (let row = 0; row < block.lengths.length; row += 1) {
    const begin = at;
    at += block.lengths[row]!;
    if (dead.has(row)) continue;
    const day = block.days[row]!;
    yield {
      id: `${blockId}:${row}`,
      date: day === 0 ? null : dayText(dayOfBlock(day)),
      currency: currencies[block.currency[row]!]!,
      conversions: block.conversions[row]!,
      nulls: block.nulls[row]!,
      value: BigInt(block.value[row]!),
      touches: Array.from({ length: at - begin }, (_, index) => ({
        channel: channels[block.channel[begin + index]!]!,
        campaign: block.campaign[begin + index] === 0 ? null : campaigns[block.campaign[begin + index]! - 1]!,
        age: ageOf(begin + index),
      })),
    };
  }
}

/**
 * Forms of CSV that an import takes. A path in one row carries counts of any size; one touch per row carries ages and
 * campaigns into the import, but a journey counts once there.
 */
export const journeyLayouts = {
  paths: ['path', 'conversions', 'nulls', 'revenue', 'currency', 'touch campaigns', 'touch ages'],
  'dated-paths': ['date', 'path', 'conversions', 'nulls', 'revenue', 'currency', 'touch campaigns', 'touch ages'],
  touches: ['journey id', 'days before conversion', 'channel', 'campaign', 'conversions', 'revenue', 'currency'],
  'timed-touches': [
    'journey id',
    'touched at',
    'converted at',
    'channel',
    'campaign',
    'conversions',
    'revenue',
    'currency',
  ],
} as const;

export type JourneyLayout = keyof typeof journeyLayouts;

/** The form in which an import gets the most out of a journey, without changing what it counts. */
export function layoutOf({ touches, conversions, nulls, date }: ExportedJourney): JourneyLayout {
  const countsOnce = conversions > 0 ? nulls === 0 : nulls === 1;
  const isTimed = touches.length > 0 && touches.every(({ age }) => age >= 0);
  if (countsOnce && isTimed) return date === null ? 'touches' : 'timed-touches';
  return date === null ? 'paths' : 'dated-paths';
}

/** The lines of a journey in its layout, and how many. */
export function journeyCsv(journey: ExportedJourney, layout: JourneyLayout): { text: string; rows: number } {
  if (layout === 'paths' || layout === 'dated-paths') return { text: pathLine(journey, layout), rows: 1 };
  const ends = [numberCell(journey.conversions), microsCell(journey.value), journey.currency];
  const times = layout === 'timed-touches' ? timesOf(journey) : agesOf(journey);
  const lines = journey.touches.map(({ channel, campaign }, index) =>
    csvLine([journey.id, ...times[index]!, textCell(channel), textCell(campaign), ...ends]),
  );
  return { text: lines.join(''), rows: lines.length };
}

function pathLine({ date, touches, ...journey }: ExportedJourney, layout: JourneyLayout): string {
  const hasCampaigns = touches.some(({ campaign }) => campaign !== null);
  const hasAges = touches.some(({ age }) => !Number.isNaN(age));
  return csvLine([
    ...(layout === 'dated-paths' ? [date!] : []),
    textCell(touches.map(({ channel }) => channel).join(' > ')),
    numberCell(journey.conversions),
    numberCell(journey.nulls),
    microsCell(journey.value),
    journey.currency,
    textCell(hasCampaigns ? touches.map(({ campaign }) => campaign ?? '').join('|') : null),
    textCell(hasAges ? touches.map(({ age }) => (Number.isNaN(age) ? '' : numberCell(age))).join('|') : null),
  ]);
}

function agesOf({ touches }: ExportedJourney): string[][] {
  return touches.map(({ age }) => [numberCell(age)]);
}

const millisPerDay = 86_400_000;

/** Of a conversion only the day is known, so it stands at its beginning; ages are exact to a millisecond. */
function timesOf({ date, conversions, touches }: ExportedJourney): string[][] {
  const end = Date.parse(`${date}T00:00:00Z`);
  // Without a conversion the last touch stands for the end, unless it came earlier.
  const ended = conversions > 0 || touches.every(({ age }) => age > 0);
  return touches.map(({ age }) => [
    new Date(end - Math.round(age * millisPerDay)).toISOString(),
    ended ? new Date(end).toISOString() : '',
  ]);
}

export function journeyJson(journey: ExportedJourney, source: { connectionId: string; sourceKind: string }): string {
  const touches = journey.touches.map(({ channel, campaign, age }) =>
    JSON.stringify({ channel, campaign, age: Number.isNaN(age) ? null : age }),
  );
  return jsonLine({
    id: JSON.stringify(journey.id),
    connectionId: JSON.stringify(source.connectionId),
    sourceKind: JSON.stringify(source.sourceKind.toUpperCase()),
    date: JSON.stringify(journey.date),
    currency: JSON.stringify(journey.currency),
    conversions: numberCell(journey.conversions),
    nulls: numberCell(journey.nulls),
    value: microsCell(journey.value),
    touches: `[${touches.join(',')}]`,
  });
}
