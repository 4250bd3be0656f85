import type { CalendarHoliday } from '@liftos/core/ports/memory.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { addUpRecords, type AddedUp, type MixRecords } from './add-up-records.pure.ts';
import { controlValues, eventValues, holidayEvents } from './extra-columns.pure.ts';
import { chooseRegions, spread, type Regions } from './mix-regions.pure.ts';
import type { MixDataChoice } from './mix-choice.pure.ts';
import type { ChannelSeries, MixData, NamedSeries } from './mix-data.pure.ts';
import { gridOf, type PeriodGrid } from './period-grid.pure.ts';

/** What a mix model reads, and where it comes from. */
export interface ReadMix {
  readonly data: MixData;
  readonly currency: string;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  readonly warnings: readonly string[];
}

/** Fewer periods with spend than this tell little of a channel. */
const fewestActive = 8;

/**
 * Adds up daily records to evenly spaced periods: the KPI of everything, spend and media of every channel that has
 * any, controls, holidays and events. Days before the first and after the last whole week are left out, which is said.
 * Throws Problems: TOO_FEW without records or regions, SHAPE for several currencies, or generated among real records,
 * GAP for a day of which nothing at all is known, OUT_OF_RANGE for a channel that is not there. `details.field` names
 * the field of the input that it is about.
 */
export function buildMixData(
  records: MixRecords,
  choice: MixDataChoice,
  holidays: readonly CalendarHoliday[] = [],
): ReadMix {
  const currency = onlyCurrency(records);
  checkSources(records);
  const grid = gridOf(records.date, choice.period);
  const names =
    choice.geo === 'REGION' ? [...new Set(records.region.filter((name) => name !== null))].toSorted() : null;
  const sums = addUpRecords(records, grid, names, choice);
  const regions = chooseRegions(sums, names, grid, choice.populations);
  const channels = channelsOf(sums, regions, choice);
  const warnings = [
    ...(sums.left === 0 ? [] : [`${sums.left} records of days outside whole weeks were left out.`]),
    ...regions.warnings,
    ...activityWarnings(channels),
  ];
  const repeat = (values: Float64Array): Float64Array => regions.repeat(values);
  const events = [...holidayEvents(holidays, choice.holidays?.publicOnly ?? true), ...choice.events]
    .map(({ name, dates }) => ({ name, values: repeat(eventValues(dates, grid)) }))
    .filter(({ values }) => values.some((value) => value > 0));
  return {
    data: {
      dates: grid.dates,
      geos: regions.names,
      ...(regions.populations === null ? {} : { populations: regions.populations }),
      kpi: regions.pick(sums.kpi.byRegion),
      channels,
      controls: choice.controls.map((control) => controlOf(control, sums, regions, grid)),
      events,
    },
    currency,
    from: grid.from,
    to: grid.to,
    warnings,
  };
}

function onlyCurrency({ currency }: MixRecords): string {
  const all = [...new Set(currency)].toSorted();
  if (all.length === 0) throw new Problem('TOO_FEW', 'There are no records in this range.', { field: 'from' });
  if (all.length === 1) return all[0]!;
  throw new Problem('SHAPE', `The records are in ${all.join(' and ')}; choose sources of one currency.`, {
    currencies: all,
    field: 'connectionIds',
  });
}

function checkSources({ sourceKind }: MixRecords): void {
  const generated = sourceKind.filter((kind) => kind === 'mock').length;
  if (generated === 0 || generated === sourceKind.length) return;
  throw new Problem('SHAPE', 'Generated records stand among real ones; a model takes either.', { field: 'mock' });
}

/** Spend and media of the channels that have spend, by name. */
function channelsOf(sums: AddedUp, regions: Regions, { only, media, mediaOf }: MixDataChoice): ChannelSeries[] {
  const missing = only?.find((name) => !sums.channels.has(name));
  if (missing !== undefined) {
    throw new Problem('OUT_OF_RANGE', `There are no records of ${missing} in this range.`, { field: 'onlyChannels' });
  }
  return [...sums.channels]
    .filter(([name]) => only === null || only.includes(name))
    .map(([name, own]) => {
      const spend = spread(own.spend, regions);
      const kind = mediaOf[name] ?? media;
      if (kind === 'spend') return { name, spend };
      const values = spread(own[kind], regions);
      if (spend.some((value) => value !== 0) && values.every((value) => value === 0)) {
        const message = `${name} has no ${kind} in this range; take its spend as media.`;
        throw new Problem('TOO_FEW', message, { name, field: 'channels' });
      }
      return { name, spend, media: values };
    })
    .filter(({ spend }) => spend.some((value) => value !== 0))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function activityWarnings(channels: readonly ChannelSeries[]): string[] {
  return channels.flatMap(({ name, spend }) => {
    const active = spend.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    return active >= fewestActive
      ? []
      : [`${name} has spend in ${active} periods only; what is shown of it is mostly the prior.`];
  });
}

function controlOf(
  control: MixDataChoice['controls'][number],
  sums: AddedUp,
  regions: Regions,
  grid: PeriodGrid,
): NamedSeries {
  if ('values' in control) return { name: control.name, values: regions.repeat(controlValues(control, grid)) };
  const own = sums.channels.get(control.channel);
  if (!own) {
    const message = `There are no records of ${control.channel} in this range.`;
    throw new Problem('OUT_OF_RANGE', message, { name: control.name, field: 'controls' });
  }
  return { name: control.name, values: spread(own[control.measure], regions) };
}
