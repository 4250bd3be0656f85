import type { GraphQLFormattedError } from 'graphql';
import type { Principal } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Operation } from '../executor/operation.ts';
import { fulfils } from '../supergraph/requirements.pure.ts';

/**
 * Refuses what the caller may not ask for, before anything is planned or fetched. Returns one error for each kind of
 * thing that is missing; nothing when the caller may go on.
 */
export function refusalsFor({ needs }: Operation, principal: Principal): GraphQLFormattedError[] {
  if (principal.kind === 'anonymous') {
    return needs.slice(0, 1).map(({ path }) => ({
      message: 'Sign in first.',
      path: [...path],
      extensions: { code: 'UNAUTHENTICATED' },
    }));
  }
  return needs
    .filter((need) => !fulfils(need, principal.scopes))
    .map(({ path, scopes }) => ({
      message: 'You may not do this.',
      path: [...path],
      extensions: { code: 'FORBIDDEN', requires: scopes },
    }));
}

/**
 * Operations that anybody may send change something only one at a time. Otherwise one request with a thousand
 * aliases of a sign-in would count as one attempt.
 */
export function checkPublicMutations({ kind, rootFields, supergraph }: Operation): void {
  if (kind !== 'mutation') return;
  const type = supergraph.schema.getMutationType()?.name ?? 'Mutation';
  const open = rootFields.filter((name) => !supergraph.requirements.has(`${type}.${name}`));
  if (open.length > 1)
    throw new AppError('BAD_USER_INPUT', `Send one "${open[0]}" at a time.`, { limit: 'public mutations' });
}

/**
 * Whether a stranger gives something that could be guessed, such as a password. Renewing a session is none of that:
 * a page does so whenever it is loaded.
 */
export function isGuess({ kind, rootFields, supergraph }: Operation, principal: Principal): boolean {
  if (kind !== 'mutation' || principal.kind !== 'anonymous') return false;
  const fields = supergraph.schema.getMutationType()?.getFields() ?? {};
  return rootFields.some((name) => (fields[name]?.args.length ?? 0) > 0);
}

/** Only who has signed in may look at the schema. */
export function checkIntrospection({ introspection }: Operation, principal: Principal): void {
  if (introspection && principal.kind === 'anonymous') {
    throw new AppError('UNAUTHENTICATED', 'Sign in to read the schema.');
  }
}
