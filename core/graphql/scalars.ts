import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar: `2026-02-30` is not. */
export function isDay(text: string): boolean {
  if (!day.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function readDay(value: unknown): string {
  if (typeof value === 'string' && isDay(value)) return value;
  throw new GraphQLError('A date is written YYYY-MM-DD.', { extensions: { code: 'BAD_USER_INPUT' } });
}

function readInstant(value: unknown): Date {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new GraphQLError('A time is written in ISO 8601.', { extensions: { code: 'BAD_USER_INPUT' } });
}

function literal<T>(read: (value: unknown) => T) {
  return (node: ValueNode): T => read(node.kind === Kind.STRING ? node.value : undefined);
}

/** The scalars of `common.graphql`. */
export const scalars = {
  Date: new GraphQLScalarType<string, string>({
    name: 'Date',
    serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : readDay(value)),
    parseValue: readDay,
    parseLiteral: literal(readDay),
  }),
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value : readInstant(value)).toISOString(),
    parseValue: readInstant,
    parseLiteral: literal(readInstant),
  }),
  JSON: new GraphQLScalarType<unknown, unknown>({
    name: 'JSON',
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  }),
};
