import { setImmediate } from 'node:timers/promises';
import { journeyColumns } from '../csv/journey-columns.pure.ts';
import { dayNumber } from '../mock/calendar.pure.ts';
import { dailyRows } from '../mock/daily-figures.pure.ts';
import { campaignRows, salesRows } from '../mock/regional-figures.pure.ts';
import type { MockRegions } from '../mock/regional-world.pure.ts';
import { journeysOfDay } from '../mock/journeys.pure.ts';
import { worldOf, type World } from '../mock/worlds.pure.ts';
import type { MockSettings } from '../tables.ts';
import type { LocalPage, LocalSlice, LocalSource, LocalStream } from './local-stream.ts';
import { packRows, type CanonicalRow } from './pack-rows.pure.ts';

/** Days of one page: a thousand rows or so each. */
const recordPageDays = 45;
const regionalPageDays = 14;
const journeyPageDays = 10;

/**
 * The streams of a platform whose data is generated: daily figures per advertisement, or per campaign and market, and
 * journeys. With markets, also all sales of each as a shop would book them.
 */
export function mockStreams(platform: string): LocalStream[] {
  const world = worldOf(platform)!;
  return [
    {
      name: 'ad_daily',
      kind: 'records',
      key: ['date', 'channel', 'campaign', 'adGroup', 'ad'],
      cursor: { lookbackDays: 28, windowDays: 90 },
      fetchPages: (slice, source, signal) =>
        pages(slice, regionsOf(source) ? regionalPageDays : recordPageDays, signal, (days) =>
          recordPage(world, source, days),
        ),
    },
    {
      name: 'market_sales',
      kind: 'records',
      key: ['date', 'channel', 'region'],
      isOf: (settings) => (settings as MockSettings).regions !== undefined,
      cursor: { lookbackDays: 28, windowDays: 90 },
      fetchPages: (slice, source, signal) =>
        pages(slice, recordPageDays, signal, (days) => salesPage(world, source, days)),
    },
    {
      name: 'journeys',
      kind: 'journeys',
      key: ['key'],
      cursor: { lookbackDays: 28, windowDays: 90 },
      fetchPages: (slice, source, signal) =>
        pages(slice, journeyPageDays, signal, (days) => journeyPage(world, source, days)),
    },
  ];
}

type Content = Omit<LocalPage, 'fraction' | 'checkpoint'>;

async function* pages(
  slice: LocalSlice,
  pageDays: number,
  signal: AbortSignal,
  generate: (days: number[]) => Content,
): AsyncGenerator<LocalPage> {
  const first = dayNumber(slice.from!);
  const end = dayNumber(slice.to!) + 1;
  const begin = slice.checkpoint === null ? first : (slice.checkpoint as { nextDay: number }).nextDay;
  for (let day = begin; day < end; day += pageDays) {
    signal.throwIfAborted();
    const until = Math.min(end, day + pageDays);
    const content = generate(Array.from({ length: until - day }, (_, index) => day + index));
    yield { ...content, fraction: (until - first) / (end - first), checkpoint: { nextDay: until } };
    // Generating never waits for anything, so others get their turn here.
    await setImmediate();
  }
}

function recordPage(world: World, source: LocalSource, days: number[]): Content {
  const { seed } = source.settings as MockSettings;
  const regions = regionsOf(source);
  const rows = regions
    ? campaignRows(world, seed, regions, runOf(days))
    : days.flatMap((day) => dailyRows(world, seed, day));
  return packed(rows, source);
}

function salesPage(world: World, source: LocalSource, days: number[]): Content {
  const { seed } = source.settings as MockSettings;
  return { ...packed(salesRows(world, seed, regionsOf(source)!, runOf(days)), source), basis: 'booked' };
}

function regionsOf({ settings }: LocalSource): MockRegions | undefined {
  return (settings as MockSettings).regions;
}

function runOf(days: readonly number[]): { first: number; length: number } {
  return { first: days[0]!, length: days.length };
}

function packed(rows: readonly CanonicalRow[], source: LocalSource): Content {
  const { columns, refused } = packRows(rows, source.currency);
  const counts = { rowsRead: rows.length, rowsAccepted: rows.length - refused.length, rowsRejected: refused.length };
  return { data: { kind: 'records', columns }, refused, ...counts };
}

function journeyPage(world: World, source: LocalSource, days: number[]): Content {
  const { seed } = source.settings as MockSettings;
  const journeys = days.flatMap((day) => journeysOfDay(world, seed, day, source.currency));
  const counts = { rowsRead: journeys.length, rowsAccepted: journeys.length, rowsRejected: 0 };
  return { data: { kind: 'journeys', columns: journeyColumns(journeys) }, refused: [], ...counts };
}
