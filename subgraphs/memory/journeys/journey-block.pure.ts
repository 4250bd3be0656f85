import type { JourneyColumns } from '@liftos/core/ports/memory.ts';
import { dayNumber } from '../calendar/day-number.pure.ts';
import { narrow, packColumns, unpackColumns, type Column } from './pack-columns.pure.ts';

const secondsPerDay = 86_400;

/** Days are kept as their number plus this, so that they are positive; 0 stands for none. */
const dayBase = 1_000_000;

/** Journeys in the form they are stored in. Codes point into the dictionaries beside it. */
export interface JourneyBlock {
  /** Touches of each journey. */
  lengths: Column;
  /** Day number plus a million; 0 without a day. */
  days: Column;
  currency: Column;
  conversions: Column;
  nulls: Column;
  /** Micros. */
  value: Column;
  channel: Column;
  /** One more than the campaign's place; 0 for none. */
  campaign: Column;
  /** Seconds before the conversion plus one, 0 when unknown; or days as they are. See `ageReader`. */
  age: Column;
}

/** Writes the journeys at `rows` into a block. Values beyond 2^53 micros keep 53 bits, as they do in models. */
export function encodeBlock(
  columns: JourneyColumns,
  rows: Uint32Array,
): { packed: Uint8Array<ArrayBuffer>; currencies: string[] } {
  const currencies = [...new Set(Array.from(rows, (row) => columns.currency[row]!))];
  const dayOf = new Map<string | null, number>([[null, 0]]);
  const days = Uint32Array.from(rows, (row) => encodeDay(columns.date[row]!, dayOf));
  const touches = touchPositions(columns.offsets, rows);
  const block: JourneyBlock = {
    lengths: narrow(Uint32Array.from(rows, (row) => columns.offsets[row + 1]! - columns.offsets[row]!)),
    days: narrow(days),
    currency: narrow(Uint32Array.from(rows, (row) => currencies.indexOf(columns.currency[row]!))),
    conversions: narrow(Float64Array.from(rows, (row) => columns.conversions[row]!)),
    nulls: narrow(Float64Array.from(rows, (row) => columns.nulls[row]!)),
    value: narrow(Float64Array.from(rows, (row) => Number(columns.value[row]!))),
    channel: narrow(touches.map((at) => columns.channel[at]!)),
    campaign: narrow(touches.map((at) => (columns.campaign[at]! + 1) >>> 0)),
    age: encodeAges(Float64Array.from(touches, (at) => columns.age[at]!)),
  };
  return { packed: packColumns(Object.values(block) as Column[]), currencies };
}

function encodeDay(date: string | null, known: Map<string | null, number>): number {
  const day = known.get(date) ?? dayNumber(date!) + dayBase;
  known.set(date, day);
  return day;
}

function touchPositions(offsets: Uint32Array, rows: Uint32Array): Uint32Array {
  let count = 0;
  for (const row of rows) count += offsets[row + 1]! - offsets[row]!;
  const positions = new Uint32Array(count);
  let at = 0;
  for (const row of rows) {
    for (let touch = offsets[row]!; touch < offsets[row + 1]!; touch += 1) positions[at++] = touch;
  }
  return positions;
}

/** Ages that are whole seconds, as most are, need half the space; the others are kept as they are. */
function encodeAges(ages: Float64Array): Column {
  const seconds = new Float64Array(ages.length);
  for (let index = 0; index < ages.length; index += 1) {
    const age = ages[index]!;
    const rounded = Math.round(age * secondsPerDay);
    if (Number.isNaN(age)) continue;
    if (!(rounded >= 0 && rounded < 0xffffffff && rounded / secondsPerDay === age)) return ages;
    seconds[index] = rounded + 1;
  }
  return narrow(seconds);
}

/** How the ages of a block are read, in days; NaN when unknown. */
export function ageReader({ age }: JourneyBlock): (touch: number) => number {
  if (age instanceof Float64Array) return (touch) => age[touch]!;
  return (touch) => (age[touch] === 0 ? Number.NaN : (age[touch]! - 1) / secondsPerDay);
}

/** The day as a block keeps it. */
export function blockDay(date: string): number {
  return dayNumber(date) + dayBase;
}

/** The number of a day in a block. */
export function dayOfBlock(day: number): number {
  return day - dayBase;
}

export function decodeBlock(packed: Uint8Array): JourneyBlock {
  const [lengths, days, currency, conversions, nulls, value, channel, campaign, age] = unpackColumns(packed) as [
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
    Column,
  ];
  return { lengths, days, currency, conversions, nulls, value, channel, campaign, age };
}
