import type { ItemColumns } from '@liftos/core/ports/memory.ts';
import { idOf } from './hash-ids.pure.ts';
import { regionParts, type Entity, type Source } from './record-rows.pure.ts';

export interface ItemRows {
  ids: string[];
  /** The entity each item adds its figures to; null for items that are gone or name no channel. */
  entityIds: (string | null)[];
  /** Every entity named, by its id. */
  entities: Map<string, Entity>;
}

/** The ids of items and what they add to. One day may have several currencies, so the currency is part of an entity. */
export function itemRows(columns: ItemColumns, { connectionId, sourceKind, stream }: Source): ItemRows {
  const source = idOf(connectionId, sourceKind, stream);
  const entities = new Map<string, Entity>();
  const known = new Map<string, string>();
  const entityIds = columns.key.map((_, row) => {
    const channel = columns.channel[row]!;
    if (channel === null || columns.deleted[row] !== 0) return null;
    const region = columns.region?.[row] ?? null;
    const names = { channel, campaign: columns.campaign[row]!, adGroup: columns.adGroup[row]!, ad: columns.ad[row]! };
    const parts = [channel, names.campaign, names.adGroup, names.ad, columns.currency[row]!, ...regionParts(region)];
    const key = JSON.stringify(parts);
    const id = known.get(key) ?? idOf(connectionId, sourceKind, stream, ...parts);
    known.set(key, id);
    if (!entities.has(id)) entities.set(id, { id, ...names, region });
    return id;
  });
  return { ids: columns.key.map((key) => idOf(source, key)), entityIds, entities };
}
