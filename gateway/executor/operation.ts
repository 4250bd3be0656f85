import { createHash } from 'node:crypto';
import {
  GraphQLError,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '@liftos/core/errors.ts';
import { afterVariable, makeResumable, type Resumable } from '../live/resumable.pure.ts';
import type { Requirement } from '../supergraph/requirements.pure.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { isolateKeys } from './isolate.pure.ts';
import { checkLimits, compileCost, fragmentsOf, type Cost, type Limits } from './limits.pure.ts';
import type { Path } from './place.pure.ts';
import { compileFetch, compilePlan, fetchesOf, type Fetch, type Step } from './plan.pure.ts';
import { compileShape, type Shape } from './shape.pure.ts';

/** What a caller must have for one part of an operation. */
export interface Need extends Requirement {
  path: Path;
}

/** How a subscription runs: `primary` once upstream, `rest` for each event. */
export interface LivePlan extends Omit<Resumable, 'document'> {
  primary: Fetch;
  rest?: Step;
  /** Variables that make a difference to its answers, `after` left out. */
  variables: readonly string[];
}

/** An operation that has been parsed, checked and planned; everything about it that does not depend on variables. */
export interface Operation {
  /** Names the operation and its schema. */
  id: string;
  supergraph: Supergraph;
  node: OperationDefinitionNode;
  kind: 'query' | 'mutation' | 'subscription';
  /** Names of the fields at the root, without aliases. */
  rootFields: readonly string[];
  step?: Step;
  live?: LivePlan;
  /** The part that asks about the schema itself. */
  introspection?: DocumentNode;
  needs: readonly Need[];
  /** Whether it asks for something that belongs to one person, so that nobody else may be given the answer. */
  isPersonal: boolean;
  cost: Cost;
  /** Characters it holds in memory, roughly. */
  weight: number;
  shapeFor(variables: Readonly<Record<string, unknown>>): Shape;
  clientPath(path: Path): Path;
}

export interface PrepareOptions {
  supergraph: Supergraph;
  limits: Limits;
  text: string;
  operationName?: string;
  /** Whether error messages may name what the schema holds. */
  suggest: boolean;
}

/** Why an operation cannot be run, in the words of GraphQL. */
export class InvalidOperation extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super('The operation is not valid.');
    this.errors = errors;
  }
}

/** Parses, checks and plans. Throws InvalidOperation, or AppError for a limit. */
export function prepareOperation(options: PrepareOptions): Operation {
  const { supergraph, limits, text } = options;
  if (text.length > limits.characters) {
    throw new AppError('BAD_USER_INPUT', 'The operation is too large (characters).', { limit: 'characters' });
  }
  const document = parseDocument(text, limits.tokens);
  const node = pickOperation(document, options.operationName);
  const fragments = fragmentsOf(document.definitions);
  checkLimits(document, limits);
  validateDocument(options, document);
  const single = onlyOperation(document, node, fragments);
  return { ...describe(supergraph, single, node, fragments), ...planParts(supergraph, single, node, fragments, text) };
}

function parseDocument(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens, noLocation: false });
  } catch (error) {
    throw new InvalidOperation([error instanceof GraphQLError ? error : new GraphQLError('Unreadable document.')]);
  }
}

function pickOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const chosen = name ? operations.find((node) => node.name?.value === name) : operations[0];
  if (chosen && (name || operations.length === 1)) return chosen;
  const message = name ? 'There is no operation of that name.' : 'Name the operation to run.';
  throw new InvalidOperation([new GraphQLError(operations.length === 0 ? 'There is no operation.' : message)]);
}

/** Some documents make graphql-js throw where it should report (`@include` at the root of a subscription). */
function validateDocument({ supergraph, suggest }: PrepareOptions, document: DocumentNode): void {
  let errors: readonly GraphQLError[];
  try {
    errors = validate(supergraph.schema, document, undefined, { maxErrors: 20, hideSuggestions: !suggest });
  } catch {
    errors = [new GraphQLError('The document cannot be validated.')];
  }
  if (errors.length > 0) throw new InvalidOperation(errors);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The document with one operation and the fragments it uses. */
function onlyOperation(document: DocumentNode, operation: OperationDefinitionNode, fragments: Fragments): DocumentNode {
  const used = new Set<string>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.add(name.value);
        follow(fragment);
      },
    });
  };
  follow(operation);
  const definitions = document.definitions.filter(
    (node) => node === operation || (node.kind === Kind.FRAGMENT_DEFINITION && used.has(node.name.value)),
  );
  return { kind: Kind.DOCUMENT, definitions };
}

function describe(
  supergraph: Supergraph,
  document: DocumentNode,
  node: OperationDefinitionNode,
  fragments: Fragments,
): Pick<Operation, 'supergraph' | 'node' | 'kind' | 'rootFields' | 'needs' | 'isPersonal' | 'cost'> {
  return {
    supergraph,
    node,
    kind: node.operation,
    rootFields: rootFields(node, fragments).map(({ name }) => name.value),
    ...collectNeeds(supergraph, document),
    cost: compileCost(supergraph.schema, node, fragments),
  };
}

function rootFields(from: OperationDefinitionNode | FragmentDefinitionNode, fragments: Fragments): FieldNode[] {
  const collect = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((node): FieldNode[] => {
      if (node.kind === Kind.FIELD) return [node];
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      return fragment ? collect(fragment.selectionSet) : [];
    });
  return collect(from.selectionSet);
}

/** The questions about the schema itself, as an operation of their own. */
function introspectionOf(document: DocumentNode, name: string | undefined): DocumentNode | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION && node.name?.value === name) operation = node;
  }
  const asked =
    operation && rootFields(operation, fragments).filter(({ name }) => /^__(schema|type)$/.test(name.value));
  if (!operation || !asked?.length) return undefined;
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: asked } as const };
  return { kind: Kind.DOCUMENT, definitions: [only, ...fragments.values()] };
}

function collectNeeds(
  { schema, requirements, personal }: Supergraph,
  document: DocumentNode,
): Pick<Operation, 'needs' | 'isPersonal'> {
  const needs = new Map<string, Need>();
  const info = new TypeInfo(schema);
  const path: string[] = [];
  let isPersonal = false;
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          path.push(node.alias?.value ?? node.name.value);
          const parent = info.getParentType();
          if (!isObjectType(parent) && !isInterfaceType(parent)) return;
          const coordinate = `${parent.name}.${node.name.value}`;
          isPersonal ||= personal.has(coordinate);
          for (const requirement of requirements.get(coordinate) ?? []) {
            const key = JSON.stringify(requirement.scopes);
            if (!needs.has(key)) needs.set(key, { ...requirement, path: [...path] });
          }
        },
        leave: () => void path.pop(),
      },
    }),
  );
  return { needs: [...needs.values()], isPersonal };
}

function planParts(
  supergraph: Supergraph,
  document: DocumentNode,
  node: OperationDefinitionNode,
  fragments: Fragments,
  text: string,
): Pick<Operation, 'id' | 'step' | 'live' | 'introspection' | 'weight' | 'shapeFor' | 'clientPath'> {
  const isolated = isolateKeys(document, supergraph.reserved);
  const { step, live } = planDocument(supergraph, isolated.document, node);
  const fetches = live ? [live.primary, ...fetchesOf(live.rest)] : fetchesOf(step);
  const shapes = new Map<string, Shape>();
  const conditions = conditionNames(document);
  return {
    id: createHash('sha256')
      .update(`${supergraph.hash} ${node.name?.value ?? ''} ${text}`)
      .digest('base64url'),
    step,
    live,
    introspection: introspectionOf(isolated.document, node.name?.value),
    weight: 2000 + text.length * 20 + fetches.reduce((sum, fetch) => sum + fetch.text.length * 20, 0),
    clientPath: isolated.clientPath,
    shapeFor(variables) {
      const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
      const known = shapes.get(key);
      if (known) return known;
      const options = { schema: supergraph.schema, operation: node, fragments, storedAs: isolated.storedAs };
      const shape = compileShape({ ...options, conditions: { ...variables } });
      if (shapes.size < 64) shapes.set(key, shape);
      return shape;
    },
  };
}

function planDocument(
  supergraph: Supergraph,
  document: DocumentNode,
  node: OperationDefinitionNode,
): Pick<Operation, 'step' | 'live'> {
  const name = node.name?.value;
  if (node.operation !== 'subscription') {
    const planned = supergraph.plan(document, name);
    if (!planned) checkNothingAsked(document);
    return { step: planned?.kind === 'Subscription' ? undefined : compilePlan(planned, supergraph.standIns) };
  }
  const resumable = makeResumable(supergraph.schema, document);
  const planned = supergraph.plan(resumable.document, name);
  if (planned?.kind !== 'Subscription') throw new AppError('BAD_USER_INPUT', 'Nothing is subscribed to.');
  const primary = compileFetch(planned.primary, [], supergraph.standIns);
  if (primary.kind !== 'fetch') throw new AppError('INTERNAL', 'A subscription has one source.');
  const rest = compilePlan(planned.rest, supergraph.standIns);
  const used = [primary, ...fetchesOf(rest)]
    .flatMap(({ variables }) => variables)
    .filter((one) => one !== afterVariable);
  const variables = [...new Set([...used, ...conditionNames(document)])].sort();
  return { live: { ...resumable, primary, rest, variables } };
}

/** The planner gives no plan, and no reason, for what no subgraph can answer; only introspection needs none. */
function checkNothingAsked({ definitions }: DocumentNode): void {
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const asked = rootFields(node, new Map()).find((field) => !field.directives?.length && !isMeta(field));
    if (asked) throw new AppError('UNAVAILABLE', `No subgraph can answer "${asked.name.value}" as it is asked.`);
  }
}

function isMeta({ name }: FieldNode): boolean {
  return name.value.startsWith('__');
}

/** Variables that decide which fields are asked for. */
function conditionNames(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'skip' && node.name.value !== 'include') return;
      const value = node.arguments?.find(({ name }) => name.value === 'if')?.value;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
