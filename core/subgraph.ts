import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import type { Consumer } from './events/consumers.ts';
import { enforceScopes } from './graphql/require-scopes.ts';
import { scalars } from './graphql/scalars.ts';
import { readSdl } from './graphql/sdl.ts';
import { enforceStorableText } from './graphql/storable-text.ts';
import type { JobDefinition } from './jobs/define-job.ts';
import type { Ports } from './ports/ports.ts';
import type { Runtime } from './runtime.ts';
import type { InternalRoute } from './serve/internal-calls.ts';

/** Resolver functions by type and field. An entity's `__resolveReference` uses a loader, so that references batch. */
export type Resolvers = Record<string, unknown>;

export interface SubgraphDefinition {
  /** Also the name of its database schema. */
  name: string;
  /** Where its `.graphql` files and `migrations/` are: `import.meta.dirname`. */
  folder: string;
  /** One map per slice. */
  resolvers: Resolvers | readonly Resolvers[];
  // A definition's payload type is its own business.
  // oxlint-disable-next-line typescript/no-explicit-any
  jobs?: readonly JobDefinition<any>[];
  consumers?: readonly Consumer[];
  /** What it offers other modules. */
  ports?: (runtime: Runtime) => Partial<Ports>;
  /** What it answers other processes beside its graph, by path, when it runs alone. */
  routes?: (runtime: Runtime) => Readonly<Record<string, InternalRoute>>;
  /** Runs once after the start of a process that runs background work, e.g. to plan schedules; returns how to stop. */
  onStart?: (runtime: Runtime) => Promise<(() => Promise<void>) | void>;
}

/** Declares a subgraph. */
export function defineSubgraph(definition: SubgraphDefinition): SubgraphDefinition {
  return definition;
}

/** The executable schema of a subgraph, with its access rules enforced and its arguments checked. */
export function subgraphSchema({ folder, resolvers }: SubgraphDefinition): GraphQLSchema {
  const typeDefs = parse(readSdl(folder));
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: mergeResolvers([resolvers].flat()) as never }]);
  enforceStorableText(schema);
  enforceScopes(schema);
  return schema;
}

/** Slices add fields to the same types, the root types above all. */
function mergeResolvers(maps: readonly Resolvers[]): Resolvers {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const [type, fields] of maps.flatMap((map) => Object.entries(map))) {
    merged[type] = { ...merged[type], ...(fields as Record<string, unknown>) };
  }
  return { ...scalars, ...merged };
}

/**
 * A reference resolver that loads entities by id in batches. Entities that do not exist, or belong to another
 * organisation, come out as null.
 */
export function referenceById<T extends { id: string }>(
  typename: string,
  load: (context: Context, ids: readonly string[]) => Promise<readonly T[]>,
) {
  return (reference: { id: string }, context: Context): Promise<T | null> =>
    loaderById(context, typename, load).load(reference.id);
}

/** The request's loader of a type by id. */
export function loaderById<T extends { id: string }>(
  context: Context,
  typename: string,
  load: (context: Context, ids: readonly string[]) => Promise<readonly T[]>,
) {
  return context.loader<string, T | null>(typename, async (ids) => {
    const valid = ids.filter((id) => uuid.test(id));
    const found = new Map((valid.length > 0 ? await load(context, valid) : []).map((item) => [item.id, item]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all; anything else is treated as an id that does not exist. */
export function isId(text: string): boolean {
  return uuid.test(text);
}
