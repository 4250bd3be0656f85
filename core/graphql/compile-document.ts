import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';

/** Executes one document again and again. */
export type RunDocument = (
  root: unknown,
  context: unknown,
  variables: Record<string, unknown>,
) => Promise<ExecutionResult> | ExecutionResult;

/** Compiled code for a document, or the interpreter for the few documents that cannot be compiled. */
export function compileDocument(schema: GraphQLSchema, document: DocumentNode, operationName?: string): RunDocument {
  const query = compile(schema, document, operationName);
  if (query) return (root, context, variables) => query.query(root, context, variables);
  return (rootValue, contextValue, variableValues) =>
    execute({ schema, document, operationName, contextValue, variableValues, rootValue });
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName?: string): CompiledQuery | undefined {
  try {
    const query = compileQuery(schema, document, operationName, { customJSONSerializer: false });
    return isCompiledQuery(query) ? query : undefined;
  } catch {
    return undefined;
  }
}
