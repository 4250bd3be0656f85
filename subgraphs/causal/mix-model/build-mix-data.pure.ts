import type { Basis, RecordFrame } from '@liftos/core/ports/memory.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { MixData } from './mix-data.pure.ts';

/** Days that are told from others, e.g. a holiday with its eve. */
export interface CalendarEvent {
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly dates: readonly string[];
}

export interface MixDataChoice {
  readonly kpi: 'revenue' | 'conversions';
  /** Whose conversions and revenue count; spend counts whoever tells of it. */
  readonly basis: Basis;
  readonly period: 'DAY' | 'WEEK';
  readonly events: readonly CalendarEvent[];
}

/** What a mix model reads, and where it comes from. */
export interface ReadMix {
  readonly data: MixData;
  readonly currency: string;
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  readonly warnings: readonly string[];
}

type Columns = Pick<
  RecordFrame,
  'date' | 'channel' | 'currency' | 'spend' | 'conversions' | 'revenue' | 'sourceKind' | 'basis'
>;

const millisPerDay = 86_400_000;

/**
 * Adds up daily records to evenly spaced periods: the KPI of everything, the spend of every channel that has any.
 * Weeks run from Monday; days before the first and after the last whole week are left out, which is said. Throws
 * Problems: TOO_FEW without records, SHAPE for several currencies, or generated among real records, GAP for a day of
 * which nothing at all is known.
 */
export function buildMixData(records: Columns, choice: MixDataChoice): ReadMix {
  const currency = onlyCurrency(records);
  checkSources(records);
  const days = Int32Array.from(records.date, dayOf);
  const [first, last] = spanOf(days, choice.period);
  const length = choice.period === 'WEEK' ? 7 : 1;
  const periods = Math.floor((last - first + 1) / length);
  if (periods < 1) throw new Problem('TOO_FEW', 'The records do not fill one whole period. Take a longer range.');
  const end = first + periods * length;
  checkGaps(days, first, end);
  const periodOf = (row: number): number =>
    days[row]! >= first && days[row]! < end ? Math.floor((days[row]! - first) / length) : -1;
  const { kpi, spends } = addUp(records, choice, periods, periodOf);
  const dates = Array.from({ length: periods }, (_, period) => dateOf(first + period * length));
  const events = choice.events.map(({ name, dates }) => ({ name, values: eventValues(dates, first, length, periods) }));
  const channels = [...spends].filter(([, spend]) => spend.some((value) => value !== 0));
  const left = days.reduce((count, day) => count + (day < first || day >= end ? 1 : 0), 0);
  return {
    data: {
      dates,
      geos: ['all'],
      kpi,
      channels: channels.map(([name, spend]) => ({ name, spend })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      controls: [],
      events: events.filter(({ values }) => values.some((value) => value > 0)),
    },
    currency,
    from: dateOf(first),
    to: dateOf(end - 1),
    warnings: left === 0 ? [] : [`${left} records of days outside whole weeks were left out.`],
  };
}

function onlyCurrency({ currency }: Columns): string {
  const all = [...new Set(currency)].toSorted();
  if (all.length === 0) throw new Problem('TOO_FEW', 'There are no records in this range.');
  if (all.length === 1) return all[0]!;
  throw new Problem('SHAPE', `The records are in ${all.join(' and ')}; choose sources of one currency.`, {
    currencies: all,
  });
}

function checkSources({ sourceKind }: Columns): void {
  const generated = sourceKind.filter((kind) => kind === 'mock').length;
  if (generated === 0 || generated === sourceKind.length) return;
  throw new Problem('SHAPE', 'Generated records stand among real ones; a model takes either.');
}

/** First and last day; the first a Monday where periods are weeks. */
function spanOf(days: Int32Array, period: MixDataChoice['period']): [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  // Day 0, 1 January 1970, was a Thursday.
  return [period === 'WEEK' ? first + ((11 - (first % 7)) % 7) : first, last];
}

function checkGaps(days: Int32Array, first: number, end: number): void {
  const seen = new Uint8Array(end - first);
  for (const day of days) if (day >= first && day < end) seen[day - first] = 1;
  const missing = seen.indexOf(0);
  if (missing < 0) return;
  const count = seen.reduce((sum, one) => sum + (one ? 0 : 1), 0);
  throw new Problem(
    'GAP',
    `Nothing is known of ${dateOf(first + missing)}${count > 1 ? ` and ${count - 1} more days` : ''}; sync these days again or begin after them.`,
    { date: dateOf(first + missing), days: count },
  );
}

function addUp(
  records: Columns,
  { kpi, basis }: MixDataChoice,
  periods: number,
  periodOf: (row: number) => number,
): { kpi: Float64Array; spends: Map<string, Float64Array> } {
  const total = new Float64Array(periods);
  const spends = new Map<string, Float64Array>();
  for (let row = 0; row < records.date.length; row++) {
    const period = periodOf(row);
    if (period < 0) continue;
    let spend = spends.get(records.channel[row]!);
    if (!spend) spends.set(records.channel[row]!, (spend = new Float64Array(periods)));
    spend[period]! += Number(records.spend[row]!) / 1e6;
    if (records.basis[row] !== basis) continue;
    total[period]! += kpi === 'revenue' ? Number(records.revenue[row]!) / 1e6 : records.conversions[row]!;
  }
  return { kpi: total, spends };
}

/** The share of each period's days that the event takes. */
function eventValues(dates: readonly string[], first: number, length: number, periods: number): Float64Array {
  const values = new Float64Array(periods);
  for (const day of new Set(dates.map(dayOf))) {
    const period = Math.floor((day - first) / length);
    if (period >= 0 && period < periods) values[period]! += 1 / length;
  }
  return values;
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisPerDay;
}

function dateOf(day: number): string {
  return new Date(day * millisPerDay).toISOString().slice(0, 10);
}
