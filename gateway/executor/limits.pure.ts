import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '@liftos/core/errors.ts';

/** What an operation may ask for. */
export interface Limits {
  /** Characters of the document. */
  characters: number;
  tokens: number;
  depth: number;
  /** Fields after fragments have been put in place. */
  fields: number;
  aliases: number;
  directives: number;
  rootFields: number;
  /** Fields that ask again for a name that the same selection has already; each is compared with all its namesakes. */
  repeats: number;
  /** Operations and fragments of a document. */
  definitions: number;
  /** See `compileCost`. */
  cost: number;
}

export const defaultLimits: Limits = {
  characters: 30_000,
  tokens: 4_000,
  depth: 15,
  fields: 2_000,
  aliases: 60,
  directives: 60,
  rootFields: 20,
  repeats: 60,
  definitions: 100,
  cost: 100_000,
};

interface Size {
  fields: number;
  aliases: number;
  directives: number;
  repeats: number;
  depth: number;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Refuses a document that is too large, by its text alone: fragments are counted wherever they are spread, without
 * being put in place, so that the check itself stays cheap. What will not run counts as well, because validation reads
 * it. Throws BAD_USER_INPUT naming the limit.
 */
export function checkLimits({ definitions }: DocumentNode, limits: Limits): void {
  if (definitions.length > limits.definitions) throw tooLarge('definitions');
  const fragments = fragmentsOf(definitions);
  const sizes = new Map<string, Size | 'open'>();
  for (const node of definitions) {
    if (!('selectionSet' in node)) continue;
    const isFragment = node.kind === Kind.FRAGMENT_DEFINITION;
    const size = isFragment
      ? sizeOfFragment(node.name.value, fragments, sizes)
      : sizeOfSet(node.selectionSet, fragments, sizes);
    const over = counted.find((name) => size[name] > limits[name]);
    if (over) throw tooLarge(over);
    if (!isFragment && node.selectionSet.selections.length > limits.rootFields) throw tooLarge('root fields');
  }
}

const counted = ['depth', 'fields', 'aliases', 'directives', 'repeats'] as const;

/** The fragments among the definitions of a document, by name. */
export function fragmentsOf(definitions: DocumentNode['definitions']): Map<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}

function tooLarge(what: string): AppError {
  return new AppError('BAD_USER_INPUT', `The operation is too large (${what}).`, { limit: what });
}

function sizeOfSet(
  set: SelectionSetNode,
  fragments: Fragments,
  sizes: Map<string, Size | 'open'>,
  names: Set<string> = new Set(),
): Size {
  const total: Size = { ...none };
  for (const node of set.selections) {
    const part = sizeOfNode(node, fragments, sizes, names);
    total.fields += part.fields;
    total.aliases += part.aliases;
    total.directives += part.directives + (node.directives?.length ?? 0);
    total.repeats += part.repeats;
    total.depth = Math.max(total.depth, part.depth);
  }
  return total;
}

const none: Size = { fields: 0, aliases: 0, directives: 0, repeats: 0, depth: 0 };

/** `names` are those that the selection has so far, parts of it in inline fragments included. */
function sizeOfNode(
  node: SelectionSetNode['selections'][number],
  fragments: Fragments,
  sizes: Map<string, Size | 'open'>,
  names: Set<string>,
): Size {
  if (node.kind === Kind.INLINE_FRAGMENT) return sizeOfSet(node.selectionSet, fragments, sizes, names);
  if (node.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(node.name.value, fragments, sizes);
  const name = (node.alias ?? node.name).value;
  const repeated = names.has(name) ? 1 : 0;
  names.add(name);
  const below = node.selectionSet ? sizeOfSet(node.selectionSet, fragments, sizes) : none;
  // Introspection has its own rule of depth among the validation rules.
  const depth = node.name.value.startsWith('__') ? 1 : below.depth + 1;
  return {
    ...below,
    fields: below.fields + 1,
    aliases: below.aliases + (node.alias ? 1 : 0),
    repeats: below.repeats + repeated,
    depth,
  };
}

function sizeOfFragment(name: string, fragments: Fragments, sizes: Map<string, Size | 'open'>): Size {
  const known = sizes.get(name);
  if (known === 'open') throw new AppError('BAD_USER_INPUT', `Fragment "${name}" contains itself.`);
  const fragment = fragments.get(name);
  if (known || !fragment) return known ?? none;
  sizes.set(name, 'open');
  const size = sizeOfSet(fragment.selectionSet, fragments, sizes);
  sizes.set(name, size);
  return size;
}

export type Cost = (variables: Readonly<Record<string, unknown>>) => number;

/** Lists without a `first` are taken to be this long. */
const usualLength = 10;

/**
 * An estimate of the work an operation makes: one per field, times the length of every list above it. A list's
 * length is its `first` argument; below such a field the inner lists of the page are not counted again.
 */
export function compileCost(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments): Cost {
  const root = schema.getRootType(operation.operation);
  return root ? costOfSet({ schema, fragments }, root, operation.selectionSet, false) : () => 0;
}

interface CostSource {
  schema: GraphQLSchema;
  fragments: Fragments;
}

function costOfSet(source: CostSource, type: GraphQLNamedType, set: SelectionSetNode, paged: boolean): Cost {
  let fixed = 0;
  const variable: Cost[] = [];
  for (const node of set.selections) {
    const cost =
      node.kind === Kind.FIELD ? costOfField(source, type, node, paged) : costOfFragment(source, type, node, paged);
    if (typeof cost === 'number') fixed += cost;
    else variable.push(cost);
  }
  if (variable.length === 0) return Object.assign(() => fixed, { fixed });
  return (variables) => variable.reduce((sum, cost) => sum + cost(variables), fixed);
}

function costOfFragment(
  source: CostSource,
  type: GraphQLNamedType,
  node: Exclude<SelectionSetNode['selections'][number], FieldNode>,
  paged: boolean,
): number | Cost {
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? source.fragments.get(node.name.value) : node;
  if (!fragment) return 0;
  const on = fragment.typeCondition && source.schema.getType(fragment.typeCondition.name.value);
  return simplified(costOfSet(source, on ?? type, fragment.selectionSet, paged));
}

function simplified(cost: Cost): number | Cost {
  return 'fixed' in cost && typeof cost.fixed === 'number' ? cost.fixed : cost;
}

function costOfField(source: CostSource, type: GraphQLNamedType, node: FieldNode, paged: boolean): number | Cost {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  const named = field && getNamedType(field.type);
  if (!field || !node.selectionSet || !named || !isCompositeType(named)) return 1;
  const length = lengthOfField(field, node, paged);
  const isList = String(field.type).includes('[');
  const below = simplified(costOfSet(source, named, node.selectionSet, length.isPage && !isList));
  if (typeof below === 'number' && !length.variable) return 1 + length.usual * below;
  return (variables) => {
    const count = length.variable ? lengthOf(variables[length.variable] ?? length.usual) : length.usual;
    return 1 + count * (typeof below === 'number' ? below : below(variables));
  };
}

interface Length {
  isPage: boolean;
  usual: number;
  /** The variable that says how long, if one does. */
  variable?: string;
}

function lengthOfField(field: GraphQLField<unknown, unknown>, node: FieldNode, paged: boolean): Length {
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  const byDefault: unknown = field.args.find(({ name }) => name === 'first')?.defaultValue;
  const isPage = given !== undefined || typeof byDefault === 'number';
  if (!isPage) return { isPage, usual: String(field.type).includes('[') && !paged ? usualLength : 1 };
  if (given?.kind === Kind.INT) return { isPage, usual: lengthOf(Number(given.value)) };
  return { isPage, usual: lengthOf(byDefault), variable: given?.kind === Kind.VARIABLE ? given.name.value : undefined };
}

function lengthOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 1;
}
