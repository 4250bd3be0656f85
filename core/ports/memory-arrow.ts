import {
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Table,
  Uint32,
  Utf8,
  makeData,
  makeVector,
  tableFromIPC,
  tableToIPC,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import type {
  Basis,
  IngestBatch,
  ItemColumns,
  ItemFrame,
  ItemKind,
  JourneyColumns,
  JourneyFrame,
  RecordColumns,
  RecordFrame,
  SourceKind,
} from './memory.ts';

/** The unified data API between processes: Arrow IPC streams whose schema carries what is not a column, as JSON. */
export const arrowType = 'application/vnd.apache.arrow.stream';

const note = 'liftos';

type Columns = Record<string, Vector>;

function write(columns: Columns, rest: unknown): Uint8Array<ArrayBuffer> {
  const table = new Table(columns);
  table.schema.metadata.set(note, JSON.stringify(rest));
  return tableToIPC(table, 'stream') as Uint8Array<ArrayBuffer>;
}

function read(bytes: Uint8Array): { table: Table; rest: Record<string, unknown> } {
  const table = tableFromIPC(bytes);
  return { table, rest: JSON.parse(table.schema.metadata.get(note) ?? '{}') as Record<string, unknown> };
}

/** Texts that repeat, as most names do. */
function names(values: readonly (string | null)[]): Vector {
  return vectorFromArray(values, new Dictionary(new Utf8(), new Int32()));
}

function texts(values: readonly (string | null)[]): Vector {
  return vectorFromArray(values, new Utf8());
}

/** A list per row, from offsets and values end to end. */
function lists(offsets: Uint32Array, values: Uint32Array | Float64Array): Vector {
  const child =
    values instanceof Uint32Array
      ? makeData({ type: new Uint32(), data: values })
      : makeData({ type: new Float64(), data: values });
  const type = new List<Uint32 | Float64>(new Field<Uint32 | Float64>('item', child.type));
  return makeVector(
    makeData({ type, length: offsets.length - 1, nullCount: 0, valueOffsets: Int32Array.from(offsets), child }),
  );
}

function recordVectors(columns: RecordColumns): Columns {
  return {
    date: names(columns.date),
    channel: names(columns.channel),
    campaign: names(columns.campaign),
    adGroup: names(columns.adGroup),
    ad: names(columns.ad),
    currency: names(columns.currency),
    spend: makeVector({ type: new Int64(), data: columns.spend }),
    impressions: makeVector(columns.impressions),
    clicks: makeVector(columns.clicks),
    conversions: makeVector(columns.conversions),
    revenue: makeVector({ type: new Int64(), data: columns.revenue }),
    ...(columns.entity ? { entity: names(columns.entity) } : {}),
    ...(columns.region ? { region: names(columns.region) } : {}),
  };
}

/** Items as they are sent and as they are read, which are those that are not gone. */
function itemVectors(columns: ItemColumns | ItemFrame): Columns {
  return {
    key: texts(columns.key),
    kind: names(columns.kind),
    date: names(columns.date),
    occurredAt: texts(columns.occurredAt),
    updatedAt: texts(columns.updatedAt),
    channel: names(columns.channel),
    campaign: names(columns.campaign),
    adGroup: names(columns.adGroup),
    ad: names(columns.ad),
    currency: names(columns.currency),
    spend: makeVector({ type: new Int64(), data: columns.spend }),
    impressions: makeVector(columns.impressions),
    clicks: makeVector(columns.clicks),
    conversions: makeVector(columns.conversions),
    revenue: makeVector({ type: new Int64(), data: columns.revenue }),
    details: texts(columns.details),
    ...(columns.region ? { region: names(columns.region) } : {}),
    ...('deleted' in columns ? { deleted: makeVector(columns.deleted) } : {}),
  };
}

function journeyVectors(columns: JourneyColumns): Columns {
  return {
    key: texts(columns.key),
    date: names(columns.date),
    currency: names(columns.currency),
    conversions: makeVector(columns.conversions),
    nulls: makeVector(columns.nulls),
    value: makeVector({ type: new Int64(), data: columns.value }),
    channel: lists(columns.offsets, columns.channel),
    campaign: lists(columns.offsets, columns.campaign),
    age: lists(columns.offsets, columns.age),
  };
}

function textsOf(table: Table, name: string): string[] {
  return [...(table.getChild(name) ?? [])] as string[];
}

function floatsOf(table: Table, name: string): Float64Array {
  return Float64Array.from((table.getChild(name)?.toArray() ?? []) as Float64Array);
}

function microsOf(table: Table, name: string): BigInt64Array {
  return BigInt64Array.from((table.getChild(name)?.toArray() ?? []) as BigInt64Array);
}

/** Offsets and values of a column of lists; the stream of one table has one chunk, or none when it is empty. */
function listsOf(table: Table, name: string): { offsets: Uint32Array; values: Uint32Array | Float64Array } {
  const chunk = table.getChild(name)?.data[0];
  if (!chunk || chunk.length === 0) return { offsets: new Uint32Array(1), values: new Uint32Array(0) };
  const offsets = Uint32Array.from(chunk.valueOffsets.subarray(0, chunk.length + 1) as Int32Array);
  const values = chunk.children[0]!.values as Uint32Array | Float64Array;
  return { offsets, values: values.slice(0, offsets.at(-1)) };
}

function recordsOf(table: Table): RecordColumns {
  return {
    date: textsOf(table, 'date'),
    channel: textsOf(table, 'channel'),
    campaign: textsOf(table, 'campaign'),
    adGroup: textsOf(table, 'adGroup'),
    ad: textsOf(table, 'ad'),
    currency: textsOf(table, 'currency'),
    spend: microsOf(table, 'spend'),
    impressions: floatsOf(table, 'impressions'),
    clicks: floatsOf(table, 'clicks'),
    conversions: floatsOf(table, 'conversions'),
    revenue: microsOf(table, 'revenue'),
    ...(table.getChild('entity') ? { entity: textsOf(table, 'entity') } : {}),
    ...regionOf(table),
  };
}

function itemsOf(table: Table): Omit<ItemColumns, 'deleted'> {
  return {
    key: textsOf(table, 'key'),
    kind: textsOf(table, 'kind') as ItemKind[],
    date: textsOf(table, 'date'),
    occurredAt: textsOf(table, 'occurredAt'),
    updatedAt: textsOf(table, 'updatedAt'),
    channel: textsOf(table, 'channel'),
    campaign: textsOf(table, 'campaign'),
    adGroup: textsOf(table, 'adGroup'),
    ad: textsOf(table, 'ad'),
    currency: textsOf(table, 'currency'),
    spend: microsOf(table, 'spend'),
    impressions: floatsOf(table, 'impressions'),
    clicks: floatsOf(table, 'clicks'),
    conversions: floatsOf(table, 'conversions'),
    revenue: microsOf(table, 'revenue'),
    details: textsOf(table, 'details'),
    ...regionOf(table),
  };
}

function regionOf(table: Table): { region?: string[] } {
  return table.getChild('region') ? { region: textsOf(table, 'region') } : {};
}

export function batchToArrow(batch: IngestBatch): Uint8Array<ArrayBuffer> {
  const { columns: _, ...rest } = batch;
  switch (batch.kind) {
    case 'records':
      return write(recordVectors(batch.columns), rest);
    case 'items':
      return write(itemVectors(batch.columns), rest);
    case 'journeys': {
      const { channels, campaigns } = batch.columns;
      return write(journeyVectors(batch.columns), { ...rest, channels, campaigns });
    }
  }
}

export function batchFromArrow(bytes: Uint8Array): IngestBatch {
  const { table, rest } = read(bytes);
  const { channels, campaigns, ...batch } = rest as unknown as IngestBatch &
    Pick<JourneyColumns, 'channels' | 'campaigns'>;
  if (batch.kind === 'records') return { ...batch, columns: recordsOf(table) };
  if (batch.kind === 'items') {
    const deleted = Uint8Array.from((table.getChild('deleted')?.toArray() ?? []) as Uint8Array);
    return { ...batch, columns: { ...itemsOf(table), deleted } };
  }
  const { offsets, values: channel } = listsOf(table, 'channel');
  const columns: JourneyColumns = {
    key: textsOf(table, 'key'),
    date: textsOf(table, 'date'),
    currency: textsOf(table, 'currency'),
    conversions: floatsOf(table, 'conversions'),
    nulls: floatsOf(table, 'nulls'),
    value: microsOf(table, 'value'),
    offsets,
    channel: channel as Uint32Array,
    channels,
    campaign: Uint32Array.from(listsOf(table, 'campaign').values),
    campaigns,
    age: Float64Array.from(listsOf(table, 'age').values),
  };
  return { ...batch, kind: 'journeys', columns };
}

/** Where each row of a frame comes from. */
function originVectors({ connectionId, sourceKind, basis }: RecordFrame | ItemFrame): Columns {
  return { connectionId: names(connectionId), sourceKind: names(sourceKind), basis: names(basis) };
}

function originsOf(table: Table): Pick<RecordFrame, 'connectionId' | 'sourceKind' | 'basis'> {
  return {
    connectionId: textsOf(table, 'connectionId'),
    sourceKind: textsOf(table, 'sourceKind') as SourceKind[],
    basis: textsOf(table, 'basis') as Basis[],
  };
}

export function recordsToArrow(frame: RecordFrame): Uint8Array<ArrayBuffer> {
  return write({ ...recordVectors(frame), ...originVectors(frame), quality: makeVector(frame.quality) }, {});
}

export function recordsFromArrow(bytes: Uint8Array): RecordFrame {
  const { table } = read(bytes);
  const columns = recordsOf(table);
  const region = columns.region ?? columns.date.map(() => null);
  return { ...columns, region, ...originsOf(table), quality: floatsOf(table, 'quality') };
}

export function itemsToArrow(frame: ItemFrame): Uint8Array<ArrayBuffer> {
  return write({ ...itemVectors(frame), ...originVectors(frame) }, {});
}

export function itemsFromArrow(bytes: Uint8Array): ItemFrame {
  const { table } = read(bytes);
  const columns = itemsOf(table);
  return { ...columns, region: columns.region ?? columns.key.map(() => null), ...originsOf(table) };
}

export function journeysToArrow(frame: JourneyFrame): Uint8Array<ArrayBuffer> {
  const { offsets, touches, ages, conversions, nulls, value, ...rest } = frame;
  const columns = {
    touches: lists(offsets, touches),
    ages: lists(offsets, ages),
    conversions: makeVector(conversions),
    nulls: makeVector(nulls),
    value: makeVector(value),
  };
  return write(columns, rest);
}

export function journeysFromArrow(bytes: Uint8Array): JourneyFrame {
  const { table, rest } = read(bytes);
  const { offsets, values } = listsOf(table, 'touches');
  return {
    ...(rest as unknown as JourneyFrame),
    offsets,
    touches: values as Uint32Array,
    ages: Float64Array.from(listsOf(table, 'ages').values),
    conversions: floatsOf(table, 'conversions'),
    nulls: floatsOf(table, 'nulls'),
    value: floatsOf(table, 'value'),
  };
}
