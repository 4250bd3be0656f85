export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The type an object says it is. */
export function typenameOf({ __typename: name }: JsonObject): string | undefined {
  return typeof name === 'string' ? name : undefined;
}

/** A deep copy of plain JSON. Far cheaper than `structuredClone`, which handles what JSON cannot hold. */
export function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyJson) as T;
  if (!isPlain(value)) return value;
  const copy: JsonObject = {};
  for (const key in value) copy[key] = copyJson((value as JsonObject)[key]);
  return copy as T;
}

function isPlain(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/**
 * Adds what `source` has to `target`. Objects, and lists of one length, that both have are merged item by item;
 * otherwise the later value stands, except that nothing replaces something. Parts of `source` become parts of `target`.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined || key === '__proto__') continue;
    target[key] = merged(target[key], value);
  }
}

function merged(known: unknown, value: unknown): unknown {
  if (typeof known !== 'object' || known === null) return value;
  if (typeof value !== 'object' || value === null) return known;
  if (known === value) return known;
  if (Array.isArray(known) && Array.isArray(value)) return mergedList(known, value);
  if (!Array.isArray(known) && !Array.isArray(value)) mergeInto(known as JsonObject, value as JsonObject);
  return known;
}

function mergedList(known: unknown[], value: unknown[]): unknown[] {
  if (known.length !== value.length) return value;
  for (let index = 0; index < value.length; index++) known[index] = merged(known[index], value[index]);
  return known;
}
