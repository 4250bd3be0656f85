import type { Supergraph } from '../supergraph/supergraph.ts';
import { prepareOperation, type Operation, type PrepareOptions } from './operation.ts';

/** Prepared operations, the least recently used leaving first. Bound by number and by size. */
export interface OperationCache {
  /** The operation for a text; prepared on first use. Throws as `prepareOperation` does; failures are not kept. */
  get(options: PrepareOptions): Operation;
  readonly size: number;
  readonly weight: number;
  clear(): void;
}

export function createOperationCache(mostEntries = 2000, mostWeight = 64 * 2 ** 20): OperationCache {
  const entries = new Map<string, Operation>();
  let weight = 0;
  let supergraph: Supergraph | undefined;
  const clear = (): void => {
    entries.clear();
    weight = 0;
  };
  const drop = (key: string, operation: Operation): void => {
    entries.delete(key);
    weight -= operation.weight;
  };
  return {
    get(options) {
      if (options.supergraph !== supergraph) clear();
      supergraph = options.supergraph;
      const key = `${options.operationName ?? ''}\n${options.text}`;
      const known = entries.get(key);
      if (known) {
        entries.delete(key);
        entries.set(key, known);
        return known;
      }
      const operation = prepareOperation(options);
      entries.set(key, operation);
      weight += operation.weight;
      for (const [oldest, value] of entries) {
        if (entries.size <= mostEntries && weight <= mostWeight) break;
        drop(oldest, value);
      }
      return operation;
    },
    get size() {
      return entries.size;
    },
    get weight() {
      return weight;
    },
    clear,
  };
}
