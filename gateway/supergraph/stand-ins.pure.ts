import { createHash } from 'node:crypto';
import {
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * `@requires(fields: "price(currency: \"USD\")")` names a field with arguments, but an entity is sent to a subgraph as
 * plain keys: two different `price` would meet under one key, and one of them would silently be wrong. So every such
 * required field is given a stand-in, a field of its own in the schema that only the planner sees. In the plan it is
 * turned back into the real field (under the stand-in's name), and into the real key of what is sent on.
 */
export interface StandIns {
  size: number;
  /** The real field behind a stand-in. */
  real(name: string): { name: string; arguments: readonly ArgumentNode[] } | undefined;
  /** Stand-ins that a subgraph needs before it can answer a field of a type. */
  neededFor(subgraph: string, type: string, field: string): ReadonlySet<string>;
}

type TypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

interface Builder {
  types: Map<string, TypeNode>;
  /** Names of subgraphs by their value in `join__Graph`. */
  graphs: Map<string, string>;
  real: Map<string, { name: string; arguments: readonly ArgumentNode[] }>;
  needed: Map<string, Set<string>>;
  added: Map<string, Map<string, FieldDefinitionNode>>;
  subtypes: Map<string, string[]>;
}

const nothing: ReadonlySet<string> = new Set();

/** The supergraph for the planner, and how to read its plans. Without such fields both stay as they are. */
export function addStandIns(supergraph: DocumentNode): { supergraph: DocumentNode; standIns: StandIns } {
  const builder = readTypes(supergraph);
  const document = visit(supergraph, {
    ObjectTypeDefinition: (node) => withoutArguments(builder, node),
    InterfaceTypeDefinition: (node) => withoutArguments(builder, node),
  });
  const result = visit(document, {
    ObjectTypeDefinition: (node) => withAdded(builder, node),
    InterfaceTypeDefinition: (node) => withAdded(builder, node),
  });
  return {
    supergraph: builder.real.size > 0 ? result : supergraph,
    standIns: {
      size: builder.real.size,
      real: (name) => builder.real.get(name),
      neededFor: (subgraph, type, field) => builder.needed.get(`${subgraph} ${type}.${field}`) ?? nothing,
    },
  };
}

function readTypes(supergraph: DocumentNode): Builder {
  const builder: Builder = {
    types: new Map(),
    graphs: new Map(),
    real: new Map(),
    needed: new Map(),
    added: new Map(),
    subtypes: new Map(),
  };
  for (const node of supergraph.definitions) {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph') readGraphs(builder, node);
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    builder.types.set(node.name.value, node);
    for (const { name } of node.interfaces ?? []) {
      builder.subtypes.set(name.value, [...(builder.subtypes.get(name.value) ?? []), node.name.value]);
    }
  }
  return builder;
}

function readGraphs({ graphs }: Builder, node: EnumTypeDefinitionNode): void {
  for (const { name, directives } of node.values ?? []) {
    const directive = directives?.find((given) => given.name.value === 'join__graph');
    graphs.set(name.value, (directive && argument(directive, 'name')) ?? name.value);
  }
}

function withoutArguments<T extends TypeNode>(builder: Builder, node: T): T {
  const fields = node.fields?.map((field) => ({
    ...field,
    directives: field.directives?.map((directive) =>
      plainRequires(builder, node.name.value, field.name.value, directive),
    ),
  }));
  return { ...node, fields };
}

function plainRequires(
  builder: Builder,
  type: string,
  field: string,
  directive: ConstDirectiveNode,
): ConstDirectiveNode {
  const requires = argument(directive, 'requires');
  if (directive.name.value !== 'join__field' || !requires?.includes('(')) return directive;
  const needed = new Set<string>();
  const selections = (parse(`{${requires}}`).definitions[0] as { selectionSet: SelectionSetNode }).selectionSet;
  const plain = print(replaceFields(builder, type, selections, needed));
  const graph = argument(directive, 'graph') ?? '';
  builder.needed.set(`${builder.graphs.get(graph) ?? graph} ${type}.${field}`, needed);
  const value = { kind: Kind.STRING, value: plain.slice(1, -1).replace(/\s+/g, ' ').trim() } as const;
  return {
    ...directive,
    arguments: directive.arguments?.map((node) => (node.name.value === 'requires' ? { ...node, value } : node)),
  };
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((node) => node.name.value === name)?.value;
  return value && 'value' in value && typeof value.value === 'string' ? value.value : undefined;
}

function replaceFields(builder: Builder, type: string, set: SelectionSetNode, needed: Set<string>): SelectionSetNode {
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FIELD) return replaceField(builder, type, node, needed);
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    const on = node.typeCondition?.name.value ?? type;
    return { ...node, selectionSet: replaceFields(builder, on, node.selectionSet, needed) };
  });
  return { ...set, selections };
}

function replaceField(builder: Builder, type: string, node: FieldNode, needed: Set<string>): FieldNode {
  const definition = builder.types.get(type)?.fields?.find(({ name }) => name.value === node.name.value);
  if (!definition) return node;
  const { selectionSet: below } = node;
  const selectionSet = below && replaceFields(builder, namedType(definition), below, needed);
  if (!node.arguments?.length) return { ...node, selectionSet };
  const standIn = addField(builder, type, definition, node.arguments);
  needed.add(standIn);
  return { ...node, name: { kind: Kind.NAME, value: standIn }, arguments: [], selectionSet };
}

function namedType(field: FieldDefinitionNode): string {
  let type = field.type;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

function addField(builder: Builder, type: string, field: FieldDefinitionNode, given: readonly ArgumentNode[]): string {
  const sorted = [...given].sort((a, b) => a.name.value.localeCompare(b.name.value));
  const hash = createHash('sha256')
    .update(sorted.map((node) => print(node)).join())
    .digest('hex')
    .slice(0, 10);
  const name = `${field.name.value}__given_${hash}`;
  builder.real.set(name, { name: field.name.value, arguments: sorted });
  for (const owner of [type, ...(builder.subtypes.get(type) ?? [])]) {
    const base = builder.types.get(owner)?.fields?.find((node) => node.name.value === field.name.value);
    if (!base) continue;
    const fields = builder.added.get(owner) ?? new Map<string, FieldDefinitionNode>();
    builder.added.set(owner, fields.set(name, { ...base, name: { kind: Kind.NAME, value: name }, arguments: [] }));
  }
  return name;
}

function withAdded<T extends TypeNode>(builder: Builder, node: T): T {
  const added = builder.added.get(node.name.value);
  return added ? { ...node, fields: [...(node.fields ?? []), ...added.values()] } : node;
}
