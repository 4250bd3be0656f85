import { randomUUID } from 'node:crypto';
import type { IngestBatch, ItemColumns, ItemKind, JourneyColumns, RecordColumns } from '@liftos/core/ports/memory.ts';

export type RecordBatch = IngestBatch & { kind: 'records' };
export type ItemBatch = IngestBatch & { kind: 'items' };
export type JourneyBatch = IngestBatch & { kind: 'journeys' };

/** A row of a test; money in whole units. */
export interface TestRow {
  date: string;
  channel: string;
  campaign?: string;
  region?: string | null;
  currency?: string;
  spend?: number;
  revenue?: number;
  clicks?: number;
  conversions?: number;
}

export function recordColumns(rows: readonly TestRow[]): RecordColumns {
  return {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ channel }) => channel),
    campaign: rows.map(({ campaign }) => campaign ?? null),
    adGroup: rows.map(() => null),
    ad: rows.map(() => null),
    currency: rows.map(({ currency }) => currency ?? 'EUR'),
    spend: BigInt64Array.from(rows, ({ spend }) => BigInt(Math.round((spend ?? 0) * 1e6))),
    impressions: new Float64Array(rows.length).fill(100),
    clicks: Float64Array.from(rows, ({ clicks }) => clicks ?? 0),
    conversions: Float64Array.from(rows, ({ conversions }) => conversions ?? 0),
    revenue: BigInt64Array.from(rows, ({ revenue }) => BigInt(Math.round((revenue ?? 0) * 1e6))),
    ...regionColumn(rows),
  };
}

/** No column where no row has a region, as most sources send it. */
function regionColumn(rows: readonly { region?: string | null }[]): Pick<RecordColumns, 'region'> {
  return rows.some(({ region }) => region) ? { region: rows.map(({ region }) => region ?? null) } : {};
}

export function recordBatch(rows: readonly TestRow[], options: Partial<RecordBatch> = {}): RecordBatch {
  const columns = recordColumns(rows);
  return {
    kind: 'records',
    batchId: randomUUID(),
    connectionId: randomUUID(),
    sourceKind: 'file',
    stream: 's',
    columns,
    ...options,
  };
}

/** An item of a test; money in whole units. */
export interface TestItem {
  key: string;
  kind?: ItemKind;
  date?: string;
  updatedAt?: string;
  deleted?: boolean;
  /** `Shop` unless it says otherwise. */
  channel?: string | null;
  campaign?: string;
  region?: string | null;
  currency?: string;
  spend?: number;
  conversions?: number;
  revenue?: number;
  details?: object;
}

function itemColumns(items: readonly TestItem[]): ItemColumns {
  const date = items.map((item) => item.date ?? '2026-03-01');
  return {
    key: items.map(({ key }) => key),
    kind: items.map(({ kind }) => kind ?? 'order'),
    date,
    occurredAt: date.map((day) => `${day}T10:00:00.000Z`),
    updatedAt: items.map(({ updatedAt }) => updatedAt ?? null),
    deleted: Uint8Array.from(items, ({ deleted }) => (deleted ? 1 : 0)),
    channel: items.map(({ channel }) => (channel === undefined ? 'Shop' : channel)),
    campaign: items.map(({ campaign }) => campaign ?? null),
    adGroup: items.map(() => null),
    ad: items.map(() => null),
    currency: items.map(({ currency }) => currency ?? 'EUR'),
    spend: BigInt64Array.from(items, ({ spend }) => BigInt(Math.round((spend ?? 0) * 1e6))),
    impressions: new Float64Array(items.length),
    clicks: new Float64Array(items.length),
    conversions: Float64Array.from(items, ({ conversions }) => conversions ?? 1),
    revenue: BigInt64Array.from(items, ({ revenue }) => BigInt(Math.round((revenue ?? 0) * 1e6))),
    details: items.map(({ details }) => JSON.stringify(details ?? {})),
    ...regionColumn(items),
  };
}

export function itemBatch(items: readonly TestItem[], options: Partial<ItemBatch> = {}): ItemBatch {
  const columns = itemColumns(items);
  return {
    kind: 'items',
    batchId: randomUUID(),
    connectionId: randomUUID(),
    sourceKind: 'live',
    stream: 'orders',
    basis: 'booked',
    columns,
    ...options,
  };
}

export interface TestJourney {
  key: string;
  date?: string;
  path: readonly string[];
  campaigns?: readonly (string | null)[];
  ages?: readonly number[];
  conversions?: number;
  nulls?: number;
  value?: number;
  currency?: string;
}

export function journeyColumns(journeys: readonly TestJourney[]): JourneyColumns {
  const channels = [...new Set(journeys.flatMap(({ path }) => path))];
  const campaigns = [...new Set(journeys.flatMap((journey) => journey.campaigns ?? []))].filter(
    (name) => name !== null,
  );
  const offsets = [0];
  for (const { path } of journeys) offsets.push(offsets.at(-1)! + path.length);
  return {
    key: journeys.map(({ key }) => key),
    date: journeys.map(({ date }) => date ?? null),
    currency: journeys.map(({ currency }) => currency ?? 'EUR'),
    conversions: Float64Array.from(journeys, ({ conversions }) => conversions ?? 1),
    nulls: Float64Array.from(journeys, ({ nulls }) => nulls ?? 0),
    value: BigInt64Array.from(journeys, ({ value }) => BigInt(Math.round((value ?? 0) * 1e6))),
    offsets: Uint32Array.from(offsets),
    channel: Uint32Array.from(journeys.flatMap(({ path }) => path.map((name) => channels.indexOf(name)))),
    channels,
    campaign: Uint32Array.from(
      journeys.flatMap(({ path, campaigns: names }) =>
        path.map((_, touch) => (names?.[touch] == null ? 0xffffffff : campaigns.indexOf(names[touch]))),
      ),
    ),
    campaigns,
    age: Float64Array.from(journeys.flatMap(({ path, ages }) => path.map((_, touch) => ages?.[touch] ?? Number.NaN))),
  };
}

export function journeyBatch(journeys: readonly TestJourney[], options: Partial<JourneyBatch> = {}): JourneyBatch {
  const columns = journeyColumns(journeys);
  return {
    kind: 'journeys',
    batchId: randomUUID(),
    connectionId: randomUUID(),
    sourceKind: 'file',
    stream: 'j',
    columns,
    ...options,
  };
}
