import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isObject, mergeInto, typenameOf, type JsonObject } from './json.pure.ts';
import { applyRewrites } from './rewrites.pure.ts';
import type { TypeIndex } from './type-index.pure.ts';

/** One part of what a subgraph wants to know of an entity. */
export type Wanted =
  | { kind: 'field'; source: string; target: string; selections?: Wanted[] }
  | { kind: 'fragment'; on: string; selections: Wanted[] };

/** `target` names the key as the subgraph knows it, where the planner used a stand-in. */
export function compileWanted(nodes: readonly QueryPlanSelectionNode[], targetOf: (name: string) => string): Wanted[] {
  return nodes.flatMap((node): Wanted[] => {
    const selections = node.selections && compileWanted(node.selections, targetOf);
    if (node.kind === 'Field') {
      return [
        { kind: 'field', source: node.alias ?? node.name, target: targetOf(node.alias ?? node.name), selections },
      ];
    }
    return node.typeCondition ? [{ kind: 'fragment', on: node.typeCondition, selections: selections ?? [] }] : [];
  });
}

/** Entities of one fetch: each distinct representation once, with every object in the answer that it stands for. */
export interface Batch {
  representations: JsonObject[];
  /** By index of the representation: indexes into the objects the batch was made of. */
  owners: number[][];
}

/**
 * What to send for these objects. Objects that lack a wanted field, or have no type name, are left out: an earlier
 * failure has been reported already.
 */
export function batchEntities(
  types: TypeIndex,
  objects: readonly unknown[],
  wanted: readonly Wanted[],
  rewrites: readonly FetchDataRewrite[],
): Batch {
  const batch: Batch = { representations: [], owners: [] };
  const known = new Map<string, number>();
  for (let index = 0; index < objects.length; index++) {
    const representation = represent(types, objects[index], wanted);
    if (!isObject(representation) || !typenameOf(representation)) continue;
    applyRewrites(types, rewrites, representation);
    const key = JSON.stringify(representation);
    const position = known.get(key);
    if (position !== undefined) {
      batch.owners[position]!.push(index);
      continue;
    }
    known.set(key, batch.representations.length);
    batch.representations.push(representation);
    batch.owners.push([index]);
  }
  return batch;
}

function represent(types: TypeIndex, source: unknown, wanted: readonly Wanted[]): unknown {
  if (!isObject(source)) return null;
  const result: JsonObject = {};
  for (const part of wanted) {
    if (part.kind === 'fragment') {
      const typename = typenameOf(source);
      if (!typename || !types.covers(part.on, typename)) continue;
      const found = represent(types, source, part.selections);
      if (isObject(found)) mergeInto(result, found);
      continue;
    }
    const value = source[part.source];
    if (value === undefined) return null;
    result[part.target] = part.selections ? representValue(types, value, part.selections) : value;
  }
  return result;
}

function representValue(types: TypeIndex, value: unknown, wanted: readonly Wanted[]): unknown {
  return Array.isArray(value)
    ? value.map((item) => representValue(types, item, wanted))
    : represent(types, value, wanted);
}
