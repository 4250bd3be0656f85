import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { Api } from './api.ts';

/** What one call puts wherever a value of its kind is wanted. */
export interface Hostile {
  name: string;
  text: string;
  /** For ids; the text when absent. */
  id?: string;
  int?: number;
  date?: string;
  /** Items of each list. */
  length?: number;
}

const id = '019a0000-0000-7000-8000-0000000000aa';

/** Texts, numbers, days and lists that programs commonly stumble over. */
export const hostileValues: readonly Hostile[] = [
  { name: 'NUL', text: 'a\u0000b' },
  { name: 'NUL in ids', text: 'name', id: '\u0000' },
  { name: 'half a surrogate pair', text: '\ud800' },
  { name: 'terminal codes', text: '\u001b[31m\r\nSet-Cookie: a=b' },
  { name: '200,000 characters', text: 'é'.repeat(200_000) },
  { name: 'nothing', text: '' },
  { name: 'SQL', text: "'; drop table identity.account; --" },
  { name: 'prototypes', text: '__proto__' },
  { name: 'the least number', text: 'abc', id, int: -(2 ** 31) },
  { name: 'the largest number', text: 'abc', id, int: 2 ** 31 - 1 },
  { name: 'the first day', text: 'EUR', id, int: 5, date: '0001-01-01' },
  { name: 'the last day', text: 'UTC', id, int: 5, date: '9999-12-31' },
  { name: '3,000 items', text: 'data:read', id, length: 3000 },
];

function valueFor(type: GraphQLInputType, hostile: Hostile): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, hostile);
  if (isListType(type)) {
    return Array.from({ length: hostile.length ?? 1 }, () => valueFor(type.ofType, { ...hostile, length: 1 }));
  }
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, valueFor(field.type, hostile)]),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]!.name;
  const day = hostile.date ?? '2026-01-01';
  const scalars: Record<string, unknown> = {
    Int: hostile.int ?? 1,
    Float: hostile.int ?? 1,
    Boolean: true,
    Date: day,
    DateTime: `${day}T00:00:00Z`,
    ID: hostile.id ?? hostile.text,
  };
  return type.name in scalars ? scalars[type.name] : hostile.text;
}

/** Every plain field of what an operation gives, one level deep. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const plain = fields.filter((inner) => isLeafType(getNamedType(inner.type)) && inner.args.length === 0);
  return `{ __typename ${plain.map((inner) => inner.name).join(' ')} }`;
}

export interface Call {
  name: string;
  text: string;
  variables: Record<string, unknown>;
}

export async function readSchema(api: Api): Promise<GraphQLSchema> {
  return buildClientSchema(await api.ask<IntrospectionQuery>(getIntrospectionQuery()));
}

/** Every query and mutation of a schema that takes arguments, with hostile values for all of them. */
export function hostileCalls(schema: GraphQLSchema, hostile: Hostile): Call[] {
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  return Object.entries(roots).flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {})
      .filter((field) => field.args.length > 0)
      .map((field) => {
        const declared = field.args.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
        const given = field.args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
        return {
          name: `${field.name}, ${hostile.name}`,
          text: `${kind} (${declared}) { ${field.name}(${given}) ${selectionOf(field)} }`,
          variables: Object.fromEntries(
            field.args.map((argument) => [argument.name, valueFor(argument.type, hostile)]),
          ),
        };
      }),
  );
}
