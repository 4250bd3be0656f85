import {
  defaultFieldResolver,
  isObjectType,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { Context, Principal } from '../context.ts';
import { AppError } from '../errors.ts';

/** Scope alternatives: the caller needs all scopes of one of the lists. */
export type ScopeAlternatives = readonly (readonly string[])[];

/** Throws UNAUTHENTICATED or FORBIDDEN unless the caller has all scopes of one alternative. */
export function authorize(principal: Principal, alternatives: ScopeAlternatives): void {
  if (principal.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  if (alternatives.length === 0 || alternatives.some((scopes) => hasScopes(principal, scopes))) return;
  throw new AppError(
    'FORBIDDEN',
    `This needs the permission ${alternatives.map((scopes) => scopes.join(' and ')).join(' or ')}.`,
  );
}

export function hasScopes(principal: Principal, scopes: readonly string[]): boolean {
  return principal.scopes.includes('*') || scopes.every((scope) => principal.scopes.includes(scope));
}

/** What a field's `@authenticated` and `@requiresScopes` demand; undefined when it is open to all. */
export function requirementOf(directives: readonly ConstDirectiveNode[] | undefined): ScopeAlternatives | undefined {
  const scoped = directives?.find((directive) => directive.name.value === 'requiresScopes');
  if (scoped) return valueFromASTUntyped(scoped.arguments![0]!.value) as ScopeAlternatives;
  return directives?.some((directive) => directive.name.value === 'authenticated') ? [] : undefined;
}

/**
 * Makes every field of a subgraph's schema check what its directives demand, so that a request that reaches a subgraph
 * without passing the gateway is held to the same rules.
 */
export function enforceScopes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const requirement = requirementOf(field.astNode?.directives);
      if (requirement) guard(field, requirement);
    }
  }
}

function guard(field: GraphQLField<unknown, Context>, requirement: ScopeAlternatives): void {
  const { subscribe, resolve = defaultFieldResolver } = field;
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      authorize(context.principal, requirement);
      return subscribe(source, args, context, info);
    };
    return;
  }
  field.resolve = (source, args, context, info) => {
    authorize(context.principal, requirement);
    return resolve(source, args, context, info);
  };
}
