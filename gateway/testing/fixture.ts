import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { parse, type GraphQLSchema } from 'graphql';
import { embeddedSource } from '../sources/embedded-source.ts';
import type { DataSource } from '../sources/data-source.ts';

export interface FixtureSubgraph {
  typeDefs: string;
  resolvers: Record<string, unknown>;
}

export interface Fixture {
  supergraph: string;
  schemas: Map<string, GraphQLSchema>;
  /** All subgraphs in this process; resolvers are given the request itself as their context. */
  sources: Map<string, DataSource>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject",
  "@authenticated", "@requiresScopes", "@tag"
])\n`;

/** Composes subgraphs written for a test. Throws when they do not fit together. */
export function makeFixture(subgraphs: Record<string, FixtureSubgraph>): Fixture {
  const definitions = Object.entries(subgraphs).map(([name, { typeDefs, resolvers }]) => ({
    name,
    typeDefs: parse(link + typeDefs),
    resolvers,
  }));
  const composed = composeServices(
    definitions.map(({ name, typeDefs }) => ({ name, typeDefs, url: `liftos://${name}` })),
  );
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => message).join('\n'));
  const schemas = new Map(
    definitions.map(({ name, typeDefs, resolvers }) => [
      name,
      buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]),
    ]),
  );
  const sources = new Map(
    [...schemas].map(([name, schema]) => [name, embeddedSource({ schema, contextFor: (request) => request })]),
  );
  return { supergraph: composed.supergraphSdl, schemas, sources };
}
