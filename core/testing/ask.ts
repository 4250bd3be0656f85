import { execute, parse, subscribe, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Context, Principal, SessionCookie } from '../context.ts';
import { createContext } from '../create-context.ts';
import type { Runtime } from '../runtime.ts';
import { subgraphSchema, type SubgraphDefinition } from '../subgraph.ts';

const schemas = new WeakMap<SubgraphDefinition, GraphQLSchema>();

function schemaOf(subgraph: SubgraphDefinition): GraphQLSchema {
  const known = schemas.get(subgraph);
  if (known) return known;
  const schema = subgraphSchema(subgraph);
  schemas.set(subgraph, schema);
  return schema;
}

export interface AskOptions {
  runtime: Runtime;
  principal: Principal;
  variables?: Record<string, unknown>;
  signal?: AbortSignal;
  session?: SessionCookie;
}

function prepare(subgraph: SubgraphDefinition, text: string, options: AskOptions) {
  const schema = schemaOf(subgraph);
  const document = parse(text);
  const [problem] = validate(schema, document);
  if (problem) throw problem;
  const contextValue: Context = createContext(options);
  return { schema, document, contextValue, variableValues: options.variables };
}

/** Runs an operation against one subgraph, as the gateway would. */
export async function ask<T = Record<string, never>>(
  subgraph: SubgraphDefinition,
  text: string,
  options: AskOptions,
): Promise<ExecutionResult<T>> {
  return (await execute(prepare(subgraph, text, options))) as ExecutionResult<T>;
}

/** Like `ask`, for operations that are expected to succeed: gives the data or throws the first error. */
export async function answer<T>(subgraph: SubgraphDefinition, text: string, options: AskOptions): Promise<T> {
  const result = await ask<T>(subgraph, text, options);
  if (result.errors?.[0]) throw result.errors[0].originalError ?? result.errors[0];
  return result.data as T;
}

/** Subscribes to one subgraph. Abort the signal to end it. */
export async function listenTo<T>(
  subgraph: SubgraphDefinition,
  text: string,
  options: AskOptions,
): Promise<AsyncGenerator<ExecutionResult<T>>> {
  const result = await subscribe(prepare(subgraph, text, options));
  if (!(Symbol.asyncIterator in result))
    throw result.errors?.[0]?.originalError ?? result.errors?.[0] ?? new Error('No stream');
  return result as AsyncGenerator<ExecutionResult<T>>;
}
