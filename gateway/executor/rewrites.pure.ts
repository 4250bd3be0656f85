import type { FetchDataRewrite } from '@apollo/query-planner';
import { isObject, typenameOf, type JsonObject } from './json.pure.ts';
import type { TypeIndex } from './type-index.pure.ts';

const fragment = '... on ';

/** Applies the planner's renames and fixed values to data that goes to, or comes from, a subgraph. Changes `value`. */
export function applyRewrites(types: TypeIndex, rewrites: readonly FetchDataRewrite[], value: unknown): void {
  for (const rewrite of rewrites) {
    const field = rewrite.path.at(-1);
    if (field !== undefined)
      applyAt(types, rewrite.path.slice(0, -1), value, (object) => change(rewrite, object, field));
  }
}

function applyAt(types: TypeIndex, path: readonly string[], value: unknown, apply: (object: JsonObject) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(types, path, item, apply);
    return;
  }
  if (!isObject(value)) return;
  const [step, ...rest] = path;
  if (step === undefined) return apply(value);
  if (!step.startsWith(fragment)) return applyAt(types, rest, value[step], apply);
  const typename = typenameOf(value);
  if (!typename || types.covers(step.slice(fragment.length), typename)) {
    applyAt(types, rest, value, apply);
  }
}

function change(rewrite: FetchDataRewrite, object: JsonObject, field: string): void {
  if (rewrite.kind === 'ValueSetter') {
    object[field] = rewrite.setValueTo;
  } else if (object[field] !== undefined && object[field] !== null) {
    object[rewrite.renameKeyTo] = object[field];
    object[field] = undefined;
  }
}
