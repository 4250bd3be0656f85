import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, type DefinitionNode, type DocumentNode, type ObjectTypeDefinitionNode } from 'graphql';

const federation = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@inaccessible", "@tag", "@authenticated", "@requiresScopes"]
)`;

/**
 * Reads a subgraph's schema: every `.graphql` file below its folder together with the scalars and types that all
 * subgraphs share. Types that several slices add to (the root types) are merged into one.
 */
export function readSdl(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.graphql') && !name.includes('node_modules'))
    .sort();
  const texts = [join(import.meta.dirname, 'common.graphql'), ...files.map((name) => join(folder, name))];
  const documents = texts.map((path) => parse(readFileSync(path, 'utf8')));
  return `${federation}\n\n${print(mergeTypes(documents))}`;
}

function mergeTypes(documents: DocumentNode[]): DocumentNode {
  const types = new Map<string, ObjectTypeDefinitionNode>();
  const others: DefinitionNode[] = [];
  for (const definition of documents.flatMap((document) => document.definitions)) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) {
      others.push(definition);
      continue;
    }
    const seen = types.get(definition.name.value);
    types.set(
      definition.name.value,
      seen ? { ...seen, fields: [...(seen.fields ?? []), ...(definition.fields ?? [])] } : definition,
    );
  }
  return { kind: Kind.DOCUMENT, definitions: [...others, ...types.values()] };
}
