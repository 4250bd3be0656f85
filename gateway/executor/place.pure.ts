import { isObject } from './json.pure.ts';

export type Path = readonly (string | number)[];

/** Objects at a plan's path (`@` stands for every item of a list), in the order they stand in the answer. */
export function objectsAt(root: unknown, path: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(root, path, 0, found);
  return found;
}

function collect(value: unknown, path: readonly string[], depth: number, found: unknown[]): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const item of value) collect(item, path, next, found);
    return;
  }
  const step = path[depth];
  if (step === undefined) found.push(value);
  else if (isObject(value)) collect(value[step], path, depth + 1, found);
}

/** The places of `objectsAt`, as paths; only needed when something went wrong. */
export function pathsAt(root: unknown, path: readonly string[]): Path[] {
  const found: Path[] = [];
  collectPaths(root, path, 0, [], found);
  return found;
}

function collectPaths(value: unknown, path: readonly string[], depth: number, at: Path, found: Path[]): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    value.forEach((item, index) => collectPaths(item, path, next, [...at, index], found));
    return;
  }
  const step = path[depth];
  if (step === undefined) found.push(at);
  else if (isObject(value)) collectPaths(value[step], path, depth + 1, [...at, step], found);
}
