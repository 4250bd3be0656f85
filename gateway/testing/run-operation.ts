import type { GraphQLFormattedError } from 'graphql';
import { coerceVariables, executeOperation } from '../executor/executor.ts';
import type { Failure } from '../executor/failures.pure.ts';
import { defaultLimits } from '../executor/limits.pure.ts';
import { InvalidOperation, prepareOperation } from '../executor/operation.ts';
import type { Answer, Sources } from '../sources/data-source.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { testRequest } from './test-request.ts';

/** Failures as they are, unmasked. */
export function presentPlainly({ message, path, code, subgraph }: Failure): GraphQLFormattedError {
  return { message, path: path && [...path], extensions: { ...(code && { code }), ...(subgraph && { subgraph }) } };
}

/** Prepares and runs one operation, for tests of the executor. */
export async function runOperation(
  supergraph: Supergraph,
  sources: Sources,
  text: string,
  given: Record<string, unknown> = {},
  timeoutMillis = 2000,
): Promise<Answer> {
  try {
    const operation = prepareOperation({
      supergraph,
      limits: { ...defaultLimits, fields: 10_000 },
      text,
      suggest: true,
    });
    const variables = coerceVariables(operation, given);
    const context = testRequest();
    return await executeOperation({ operation, variables, sources, context, timeoutMillis, present: presentPlainly });
  } catch (error) {
    if (error instanceof InvalidOperation) return { errors: error.errors.map((one) => one.toJSON()) };
    return { errors: [{ message: error instanceof Error ? error.message : String(error) }] };
  }
}
