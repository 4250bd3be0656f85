import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';

const plain: Record<string, unknown> = {
  Int: 1,
  Float: 1,
  Boolean: false,
  String: 'x',
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00.000Z',
  JSON: {},
};

/**
 * A value for an argument in which every id is the one given; null when the type holds no id. Everything that is not
 * an id is filled with something harmless.
 */
export function valueWithId(type: GraphQLInputType, id: string): { value: unknown; hasId: boolean } {
  if (isNonNullType(type)) return valueWithId(type.ofType, id);
  if (isListType(type)) {
    const inner = valueWithId(type.ofType, id);
    return { value: [inner.value], hasId: inner.hasId };
  }
  if (isInputObjectType(type)) {
    let hasId = false;
    const value: Record<string, unknown> = {};
    for (const field of Object.values(type.getFields())) {
      const inner = valueWithId(field.type, id);
      if (!inner.hasId && !isNonNullType(field.type)) continue;
      hasId ||= inner.hasId;
      value[field.name] = inner.value;
    }
    return { value, hasId };
  }
  if (isEnumType(type)) return { value: type.getValues()[0]?.value, hasId: false };
  if (type.name === 'ID') return { value: id, hasId: true };
  return { value: plain[type.name] ?? 'x', hasId: false };
}

/**
 * Selects everything that can be read without arguments, a few levels deep. When `shallow`, plain fields only of
 * whatever has an id: what it refers to may be refused, and that would hide that it itself was not.
 */
export function selectAll(type: GraphQLOutputType, shallow = false, depth = 4): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const below = shallow && 'id' in named.getFields() ? 0 : depth;
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some((argument) => isNonNullType(argument.type))) return [];
    if (isLeafType(getNamedType(field.type))) return [field.name];
    return below > 0 ? [`${field.name} ${selectAll(field.type, shallow, below - 1)}`] : [];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

export interface Attack {
  name: string;
  text: string;
  variables: Record<string, unknown>;
}

/**
 * Operations on a root field with an id in every place that takes one; of queries and subscriptions also shallow ones.
 * None when no place takes an id.
 */
export function attacksOn(
  kind: 'query' | 'mutation' | 'subscription',
  field: GraphQLField<unknown, unknown>,
  id: string,
): Attack[] {
  let hasId = false;
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  for (const argument of field.args) {
    const inner = valueWithId(argument.type, id);
    if (!inner.hasId && !isNonNullType(argument.type)) continue;
    hasId ||= inner.hasId;
    variables[argument.name] = inner.value;
    declared.push(`$${argument.name}: ${String(argument.type)}`);
  }
  if (kind === 'subscription' && field.args.some((argument) => argument.name === 'after')) {
    variables.after = 0;
    declared.push('$after: Int');
    hasId = true;
  }
  if (!hasId) return [];
  const attack = attackWith(kind, field, variables, declared);
  return kind === 'mutation' ? attack.slice(0, 1) : attack;
}

/** Operations on a root field of queries with nothing but what must be given: lists of everything. */
export function listsOf(field: GraphQLField<unknown, unknown>): Attack[] {
  const needed = field.args.filter(({ type }) => isNonNullType(type));
  if (needed.some(({ type }) => valueWithId(type, '').hasId)) return [];
  const variables = Object.fromEntries(needed.map(({ name, type }) => [name, valueWithId(type, '').value]));
  const declared = needed.map(({ name, type }) => `$${name}: ${String(type)}`);
  return attackWith('query', field, variables, declared);
}

function attackWith(
  kind: string,
  field: GraphQLField<unknown, unknown>,
  variables: Record<string, unknown>,
  declared: readonly string[],
): Attack[] {
  const given = Object.keys(variables).map((name) => `${name}: $${name}`);
  const head = declared.length > 0 ? `(${declared.join(', ')})` : '';
  const call = given.length > 0 ? `(${given.join(', ')})` : '';
  const selections = new Set([selectAll(field.type), selectAll(field.type, true)]);
  return [...selections].map((selection) => ({
    name: `${kind} ${field.name}`,
    text: `${kind} ${head} { ${field.name}${call} ${selection} }`,
    variables,
  }));
}
