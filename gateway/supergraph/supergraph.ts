import { createHash } from 'node:crypto';
import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph as PlannedSupergraph,
} from '@apollo/federation-internals';
import { QueryPlanner, type PlanNode, type SubscriptionNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { indexTypes, type TypeIndex } from '../executor/type-index.pure.ts';
import { checkScalars } from './check-scalars.ts';
import { readPersonal, readRequirements, type Requirements } from './requirements.pure.ts';
import { addStandIns, type StandIns } from './stand-ins.pure.ts';

// The planner's packages otherwise report their use to their maker.
process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';

/** A composed schema, ready to validate and plan operations. */
export interface Supergraph {
  /** SHA-256 of its text. */
  hash: string;
  /** What clients see. */
  schema: GraphQLSchema;
  types: TypeIndex;
  requirements: Requirements;
  /** Fields whose answers belong to one person and are never shared. */
  personal: ReadonlySet<string>;
  standIns: StandIns;
  /** Field names that travel between subgraphs; a client's alias must not take their place. */
  reserved: ReadonlySet<string>;
  subgraphs: readonly { name: string; url: string }[];
  plan(document: DocumentNode, operationName?: string): PlanNode | SubscriptionNode | undefined;
}

/** Builds a supergraph from its text. Throws when it is not a valid one. */
export function buildSupergraph(text: string): Supergraph {
  const document = parse(text);
  const options = { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES };
  const visible = PlannedSupergraph.build(document, options);
  const full = visible.schema.toGraphQLJSSchema();
  const { supergraph, standIns } = addStandIns(resolvableKeysFirst(document));
  // What was external only to be required with arguments is now unused; that is no fault, so nothing is checked again.
  const unchecked = { ...options, validateSupergraph: false };
  const planned = supergraph === document ? visible : PlannedSupergraph.build(supergraph, unchecked);
  const planner = new QueryPlanner(planned, {
    exposeDocumentNodeInFetchNode: true,
    reuseQueryFragments: false,
    debug: { maxEvaluatedPlans: 2000 },
  });
  const plannedApi = planned.apiSchema();
  return {
    hash: createHash('sha256').update(text).digest('hex'),
    schema: checkScalars(visible.apiSchema().toGraphQLJSSchema()),
    types: indexTypes(full),
    requirements: readRequirements(full),
    personal: readPersonal(full),
    standIns,
    reserved: readReserved(supergraph),
    subgraphs: visible.subgraphsMetadata(),
    plan: (operation, operationName) =>
      planner.buildQueryPlan(operationFromDocument(plannedApi, operation, { operationName, validate: false })).node,
  };
}

/**
 * To come back to a subgraph with required fields, the planner takes the first key it finds, even one that the
 * subgraph cannot resolve. Where a type has both kinds of keys, those that can be resolved are put first.
 */
function resolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  const isUnresolvable = (node: ConstDirectiveNode): boolean =>
    node.arguments?.some(
      ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
    ) ?? false;
  return visit(supergraph, {
    ObjectTypeDefinition(node): ObjectTypeDefinitionNode | undefined {
      const directives = node.directives ?? [];
      const first = directives.findIndex(isUnresolvable);
      if (first < 0 || directives.slice(first).every(isUnresolvable)) return undefined;
      const sorted = [...directives].sort((a, b) => Number(isUnresolvable(a)) - Number(isUnresolvable(b)));
      return { ...node, directives: sorted };
    },
  });
}

/** Names in any `@key`, `@requires` or context, and those that every object has anyway. */
function readReserved(supergraph: DocumentNode): Set<string> {
  const names = new Set(['__typename', ...Object.getOwnPropertyNames(Object.prototype)]);
  visit(supergraph, {
    Directive(node) {
      if (!node.name.value.startsWith('join__')) return;
      for (const { name, value } of node.arguments ?? []) {
        if (!['key', 'requires', 'provides'].includes(name.value) || value.kind !== Kind.STRING) continue;
        for (const [word] of value.value.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) names.add(word);
      }
    },
  });
  return names;
}
