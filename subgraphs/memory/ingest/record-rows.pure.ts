import type { RecordColumns } from '@liftos/core/ports/memory.ts';
import { idOf } from './hash-ids.pure.ts';

export interface Entity {
  id: string;
  channel: string;
  campaign: string | null;
  adGroup: string | null;
  ad: string | null;
  region: string | null;
}

export interface RecordRows {
  entities: Entity[];
  /** For each row that counts, its place in the columns and its entity's place in `entities`. */
  rows: Uint32Array;
  entityOf: Uint32Array;
}

export interface Source {
  connectionId: string;
  sourceKind: string;
  stream: string;
}

/**
 * The entities in a batch and the rows to store. Of rows with the same entity and day the last counts, as it would if
 * they had come in two batches.
 */
export function recordRows(columns: RecordColumns, source: Source): RecordRows {
  const entities: Entity[] = [];
  const codes = new Map<string, number>();
  const days = new Map<string, number>();
  const rowOf = new Map<number, number>();
  const entityAt = new Uint32Array(columns.date.length);
  for (let row = 0; row < columns.date.length; row += 1) {
    const code = entityCode(columns, row, source, codes, entities);
    const date = columns.date[row]!;
    const day = days.get(date) ?? days.set(date, days.size).size - 1;
    entityAt[row] = code;
    rowOf.set(code * 4_194_304 + day, row);
  }
  const rows = Uint32Array.from(rowOf.values()).sort();
  return { entities, rows, entityOf: rows.map((row) => entityAt[row]!) };
}

/**
 * The place of a row's entity in `entities`. With an identity of its own the names a batch gives last count; otherwise
 * the names are the identity.
 */
function entityCode(
  { entity, channel, campaign, adGroup, ad, region }: RecordColumns,
  row: number,
  { connectionId, sourceKind, stream }: Source,
  codes: Map<string, number>,
  entities: Entity[],
): number {
  const names = { channel: channel[row]!, campaign: campaign[row]!, adGroup: adGroup[row]!, ad: ad[row]! };
  const market = region?.[row] ?? null;
  const identity = entity ? entity[row]! : keyOf(names);
  const key = market === null ? identity : `${identity}\0${market}`;
  const known = codes.get(key);
  if (known !== undefined) {
    if (entity) Object.assign(entities[known]!, names);
    return known;
  }
  const parts = entity ? [identity] : [names.channel, names.campaign, names.adGroup, names.ad];
  const id = idOf(connectionId, sourceKind, stream, ...parts, ...regionParts(market));
  codes.set(key, entities.length);
  return entities.push({ id, ...names, region: market }) - 1;
}

/** What a region adds to an identity: nothing without one, so that what has none keeps the id it always had. */
export function regionParts(region: string | null): string[] {
  return region === null ? [] : ['region', region];
}

function keyOf({ channel, campaign, adGroup, ad }: Omit<Entity, 'id' | 'region'>): string {
  return `${channel}\0${campaign ?? '\u0001'}\0${adGroup ?? '\u0001'}\0${ad ?? '\u0001'}`;
}
