import type { GraphQLFormattedError } from 'graphql';
import { isObject } from './json.pure.ts';
import type { Path } from './place.pure.ts';
import type { Fetch } from './plan.pure.ts';

/** What went wrong at one place of the answer. `error` is the cause as the subgraph or the network reported it. */
export interface Failure {
  message: string;
  code?: string;
  path?: Path;
  subgraph?: string;
  extensions?: Record<string, unknown>;
  cause?: unknown;
}

/** More errors than this of one fetch say nothing new. */
const mostPerFetch = 50;

/** Places where the results of a fetch belong; by representation, or one for a root fetch. */
export type Places = () => readonly (readonly Path[])[];

/** Turns the errors a subgraph reported into errors of the whole answer: each at every place its entity stands. */
export function reportedFailures(fetch: Fetch, errors: readonly GraphQLFormattedError[], places: Places): Failure[] {
  return errors
    .flatMap((error): Failure[] => {
      const failure = describe(fetch, error);
      const [, index, ...rest] = error.path ?? [];
      if (error.path === undefined) return missingAt(fetch, failure, places);
      if (!fetch.wanted) return [{ ...failure, path: error.path }];
      if (typeof index !== 'number') return missingAt(fetch, failure, places);
      const owners = places()[index] ?? [];
      return owners.map((owner) => ({ ...failure, path: [...owner, ...rest] }));
    })
    .slice(0, mostPerFetch);
}

function describe(fetch: Fetch, error: GraphQLFormattedError): Failure {
  const extensions = isObject(error.extensions) ? error.extensions : {};
  const { code } = extensions;
  const failure: Failure = { message: error.message, subgraph: fetch.service, extensions, cause: error };
  return typeof code === 'string' ? { ...failure, code } : failure;
}

/** Errors for a fetch that brought nothing: one for every field that is missing because of it. */
export function missingAt(fetch: Fetch, failure: Failure, places: Places): Failure[] {
  const owners = fetch.wanted ? places().flat() : [[]];
  const failures: Failure[] = [];
  for (const owner of owners) {
    for (const key of fetch.fills) {
      if (failures.length >= mostPerFetch) return failures;
      failures.push({ ...failure, subgraph: fetch.service, path: [...owner, key] });
    }
  }
  return failures.length > 0 ? failures : [failure];
}
