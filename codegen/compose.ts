import { composeServices } from '@apollo/composition';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { readSdl } from '@liftos/core/graphql/sdl.ts';

export const root = join(import.meta.dirname, '..');

export interface Composed {
  /** Schema of each subgraph by name. */
  subgraphs: Map<string, string>;
  supergraph: string;
}

/** Composes all subgraphs of the tree. Throws with every composition error listed. */
export function compose(): Composed {
  const folder = join(root, 'subgraphs');
  const subgraphs = new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readSdl(join(folder, name))] as const),
  );
  const result = composeServices(
    [...subgraphs].map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `liftos://${name}` })),
  );
  if (result.errors) throw new Error(result.errors.map((error) => error.message).join('\n'));
  return { subgraphs, supergraph: result.supergraphSdl };
}
