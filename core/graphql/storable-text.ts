import { defaultFieldResolver, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { badInput } from '../errors.ts';

/**
 * Makes every field of a subgraph's schema refuse arguments with text that Postgres cannot store or compare: a NUL
 * character, or half of a surrogate pair. Throws BAD_USER_INPUT naming the argument, e.g. `input.name`.
 */
export function enforceStorableText(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) if (field.args.length > 0) guard(field);
  }
}

function guard(field: GraphQLField<unknown, Context, Record<string, unknown>>): void {
  const { subscribe, resolve = defaultFieldResolver } = field;
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      check(args);
      return subscribe(source, args, context, info);
    };
    return;
  }
  field.resolve = (source, args, context, info) => {
    check(args);
    return resolve(source, args, context, info);
  };
}

// Not recursive: JSON arguments may be nested as deep as a request is long.
function check(args: Record<string, unknown>): void {
  const left = Object.entries(args);
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, value] = next;
    if (typeof value === 'string' && !isStorable(value)) {
      throw badInput(path, 'This text holds a character that cannot be stored.');
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (!isStorable(name)) throw badInput(path, 'A name holds a character that cannot be stored.');
      left.push([Array.isArray(value) ? path : `${path}.${name}`, inner]);
    }
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
