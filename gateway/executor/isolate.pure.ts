import { createHash } from 'node:crypto';
import { Kind, print, visit, type DocumentNode, type FieldNode } from 'graphql';
import type { Path } from './place.pure.ts';

/** A document whose keys cannot meet the names that travel between subgraphs, and the way back. */
export interface Isolated {
  document: DocumentNode;
  /** The key under which the plan stores a field of the client's document. */
  storedAs(responseKey: string, node: object): string;
  /** A path of the plan's data as the client knows it. */
  clientPath(path: Path): Path;
}

/**
 * A client may alias any field to the name of a key (`id: name`), or ask for a field that another one requires with
 * arguments of its own. Both would be sent on as the entity's key. Such fields are stored under a name of their own.
 */
export function isolateKeys(document: DocumentNode, reserved: ReadonlySet<string>): Isolated {
  const clientKeys = new Map<string, string>();
  const isolated = visit(document, {
    Field(node): FieldNode | undefined {
      const stored = storedName(node, reserved);
      if (!stored) return undefined;
      clientKeys.set(stored, node.alias?.value ?? node.name.value);
      return { ...node, alias: { kind: Kind.NAME, value: stored } };
    },
  });
  return {
    document: isolated,
    storedAs: (key, node) => (clientKeys.size > 0 ? (storedName(node as FieldNode, reserved) ?? key) : key),
    clientPath: (path) =>
      clientKeys.size > 0
        ? path.map((step) => (typeof step === 'string' ? (clientKeys.get(step) ?? step) : step))
        : path,
  };
}

function storedName(node: FieldNode, reserved: ReadonlySet<string>): string | undefined {
  const key = node.alias?.value ?? node.name.value;
  const plain = key === node.name.value && !node.arguments?.length;
  if (plain || !reserved.has(key)) return undefined;
  const meaning = `${node.name.value}(${(node.arguments ?? []).map((argument) => print(argument)).join()})`;
  return `as_${createHash('sha256').update(meaning).digest('hex').slice(0, 10)}_${key.replace(/^_+/, '')}`;
}
