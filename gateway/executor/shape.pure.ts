import {
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isObject, type JsonObject } from './json.pure.ts';
import type { Path } from './place.pure.ts';

/** Something the data does not fulfil; the field there, or the nearest parent that may be, becomes null. */
export interface ShapeError {
  message: string;
  path: Path;
}

/** Cuts the data that the plan has gathered down to what the client asked for. Never changes the data. */
export type Shape = (data: unknown, errors: ShapeError[]) => JsonObject | null;

export interface ShapeOptions {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Values of the variables that `@skip` and `@include` use. */
  conditions: Readonly<Record<string, unknown>>;
  /** The key under which the plan stores a field, where it differs from the client's. */
  storedAs(responseKey: string, node: object): string;
}

type Complete = (value: unknown, path: (string | number)[], errors: ShapeError[]) => unknown;

interface Member {
  key: string;
  stored: string;
  nonNull: boolean;
  /** For messages, e.g. `Product.price`. */
  coordinate: string;
  /** Set for `__typename`, which is known without data. */
  constant?: string;
  complete: Complete;
}

/** Prepares the shaping of one operation for one set of conditions. */
export function compileShape(options: ShapeOptions): Shape {
  const type = options.schema.getRootType(options.operation.operation);
  const complete = type && objectCompleter(options, type, [options.operation.selectionSet]);
  return (data, errors) => (complete?.(data, [], errors) ?? null) as JsonObject | null;
}

function completerFor(options: ShapeOptions, type: GraphQLOutputType, sets: SelectionSetNode[]): Complete {
  if (isNonNullType(type)) return completerFor(options, type.ofType, sets);
  if (isListType(type)) return listCompleter(completerFor(options, type.ofType, sets), isNonNullType(type.ofType));
  if (isLeafType(type)) return leafCompleter(type);
  return objectCompleter(options, type as GraphQLObjectType, sets);
}

function listCompleter(complete: Complete, nonNull: boolean): Complete {
  return (value, path, errors) => {
    if (!Array.isArray(value)) return mismatch(value, 'a list', path, errors);
    const items: unknown[] = Array.from({ length: value.length });
    let broken = false;
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      const item = value[index] === null || value[index] === undefined ? null : complete(value[index], path, errors);
      if (item === null && nonNull) {
        broken = true;
        errors.push({ message: 'Cannot return null for a non-nullable list item.', path: [...path] });
      }
      items[index] = item;
      path.pop();
    }
    return broken ? null : items;
  };
}

function mismatch(value: unknown, wanted: string, path: readonly (string | number)[], errors: ShapeError[]): null {
  errors.push({ message: `Expected ${wanted}, found ${typeof value}.`, path: [...path] });
  return null;
}

function leafCompleter(type: GraphQLLeafType): Complete {
  const fits = leafTest(type);
  return (value, path, errors) => (fits(value) ? value : mismatch(value, `a value of ${type.name}`, path, errors));
}

function leafTest(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined;
  switch (type.name) {
    case 'String':
      return (value) => typeof value === 'string';
    case 'ID':
      return (value) => typeof value === 'string' || typeof value === 'number';
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    case 'Int':
    case 'Float':
      return (value) => typeof value === 'number';
    default:
      return () => true;
  }
}

function objectCompleter(options: ShapeOptions, type: GraphQLObjectType, sets: SelectionSetNode[]): Complete {
  const abstract = isAbstractType(type);
  const byType = new Map<string, Member[] | null>();
  const membersOf = (name: string): Member[] | null => {
    const known = byType.get(name);
    if (known !== undefined) return known;
    const concrete = options.schema.getType(name);
    const members =
      isObjectType(concrete) || isInterfaceType(concrete) ? compileMembers(options, concrete, sets) : null;
    byType.set(name, members);
    return members;
  };
  return (value, path, errors) => {
    if (!isObject(value)) return mismatch(value, 'an object', path, errors);
    const { __typename: name } = value;
    const members = membersOf(typeof name === 'string' && (abstract || name !== type.name) ? name : type.name);
    if (members) return assemble(members, value, path, errors);
    return mismatch(value, `a known type in place of ${type.name}`, path, errors);
  };
}

/** A client may call a field `__proto__`; that is a key like any other. */
function put(result: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') result[key] = value;
  else Object.defineProperty(result, key, { value, enumerable: true });
}

function assemble(
  members: readonly Member[],
  value: JsonObject,
  path: (string | number)[],
  errors: ShapeError[],
): JsonObject | null {
  const result: JsonObject = {};
  for (const member of members) {
    if (member.constant !== undefined) {
      put(result, member.key, member.constant);
      continue;
    }
    const found = value[member.stored];
    path.push(member.key);
    const completed = found === undefined || found === null ? null : member.complete(found, path, errors);
    if (completed === null && member.nonNull) {
      errors.push({ message: `Cannot return null for non-nullable field ${member.coordinate}.`, path: [...path] });
      path.pop();
      return null;
    }
    path.pop();
    put(result, member.key, completed);
  }
  return result;
}

/** An interface stands in for the type of an object where a subgraph knows the object only by its interface. */
type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

interface Gathered {
  stored: string;
  name: string;
  sets: SelectionSetNode[];
}

function compileMembers(options: ShapeOptions, type: FieldsType, sets: SelectionSetNode[]): Member[] {
  const gathered = new Map<string, Gathered>();
  for (const set of sets) gather(options, type, set, gathered);
  return [...gathered].map(([key, { stored, name, sets: below }]): Member => {
    const coordinate = `${type.name}.${name}`;
    if (name === '__typename' && isObjectType(type))
      return { key, stored, nonNull: true, coordinate, constant: type.name, complete: () => type.name };
    const field = type.getFields()[name];
    if (!field) return { key, stored, nonNull: name === '__typename', coordinate, complete: (value) => value };
    const nonNull = isNonNullType(field.type);
    return { key, stored, nonNull, coordinate, complete: completerFor(options, field.type, below) };
  });
}

function gather(options: ShapeOptions, type: FieldsType, set: SelectionSetNode, gathered: Map<string, Gathered>): void {
  for (const node of set.selections) {
    if (!isIncluded(node.directives, options.conditions)) continue;
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      const known = gathered.get(key) ?? { stored: options.storedAs(key, node), name: node.name.value, sets: [] };
      if (node.selectionSet) known.sets.push(node.selectionSet);
      gathered.set(key, known);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? options.fragments.get(node.name.value) : node;
    if (fragment && applies(options.schema, type, fragment.typeCondition?.name.value)) {
      gather(options, type, fragment.selectionSet, gathered);
    }
  }
}

type Directives = OperationDefinitionNode['directives'];

function isIncluded(directives: Directives, conditions: Readonly<Record<string, unknown>>): boolean {
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.find((node) => node.name.value === 'if')?.value;
    const holds =
      value?.kind === Kind.VARIABLE
        ? conditions[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    if (holds === (name === 'skip')) return false;
  }
  return true;
}

function applies(schema: GraphQLSchema, type: FieldsType, condition: string | undefined): boolean {
  if (!condition || condition === type.name) return true;
  const other = schema.getType(condition);
  return isAbstractType(other) && schema.isSubType(other, type);
}
