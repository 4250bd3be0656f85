import { executeSync, getVariableValues, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import type { Answer, RequestContext, Sources } from '../sources/data-source.ts';
import type { Failure } from './failures.pure.ts';
import { isObject, type JsonObject } from './json.pure.ts';
import { InvalidOperation, type Operation } from './operation.ts';
import type { Path } from './place.pure.ts';
import { runStep, type Run } from './run-plan.ts';
import type { ShapeError } from './shape.pure.ts';

export interface ExecuteOptions {
  operation: Operation;
  /** As `coerceVariables` made them. */
  variables: Readonly<Record<string, unknown>>;
  sources: Sources;
  context: RequestContext;
  /** For one fetch from a subgraph. */
  timeoutMillis: number;
  observe?: Run['observe'];
  /** How a failure is told to the client; here is where internal ones are masked. */
  present(failure: Failure): GraphQLFormattedError;
}

/** Checks the given variables against the operation and fills in defaults. Throws InvalidOperation. */
export function coerceVariables(
  { supergraph, node }: Operation,
  given: Readonly<Record<string, unknown>> | null | undefined,
  suggest = true,
): Readonly<Record<string, unknown>> {
  const definitions = node.variableDefinitions ?? [];
  if (definitions.length === 0) return {};
  const options = { maxErrors: 20, hideSuggestions: !suggest };
  const { coerced, errors } = getVariableValues(supergraph.schema, definitions, given ?? {}, options);
  if (errors) throw new InvalidOperation(errors);
  return coerced;
}

/** Runs a query or mutation to its end. Never rejects. */
export async function executeOperation(options: ExecuteOptions): Promise<Answer> {
  const { operation } = options;
  const run = startRun(options, {});
  if (operation.introspection) introspect(operation, operation.introspection, { ...options.variables }, run.data);
  if (operation.step) await runStep(run, operation.step);
  return finish(options, run);
}

/**
 * Completes one event of a subscription with what other subgraphs add to it. `event` becomes part of the run and is
 * changed by it: whoever needs it afterwards hands in a copy.
 */
export async function executeEvent(options: ExecuteOptions, event: JsonObject, failures: Failure[]): Promise<Answer> {
  const run = startRun(options, event);
  run.failures.push(...failures);
  if (options.operation.live?.rest) await runStep(run, options.operation.live.rest);
  return finish(options, run);
}

function startRun(options: ExecuteOptions, data: JsonObject): Run {
  const { operation, sources, variables, context, timeoutMillis, observe } = options;
  const types = operation.supergraph.types;
  return { types, sources, variables, context, timeoutMillis, observe, data, failures: [], lost: [] };
}

function finish(options: ExecuteOptions, run: Run): Answer {
  const { operation, variables } = options;
  const unfulfilled: ShapeError[] = [];
  const data = operation.shapeFor(variables)(run.data, unfulfilled);
  const failures = run.failures.map((failure) =>
    failure.path ? { ...failure, path: operation.clientPath(failure.path) } : failure,
  );
  const causes = failures.map(({ path }) => path);
  if (causes.length > 0) causes.push(...run.lost.map((path) => operation.clientPath(path)));
  const unexplained = unfulfilled.filter(({ path }) => !causes.some((cause) => concerns(cause, path)));
  if (failures.length === 0 && unexplained.length === 0) return { data };
  const errors = failures.map((failure) => options.present(failure));
  for (const { message, path } of unexplained) errors.push({ message, path, extensions: { code: 'INTERNAL' } });
  return { errors, data };
}

/** Whether a failure at `cause` explains that something at `path` is missing: one lies within the other. */
function concerns(cause: Path | undefined, path: Path): boolean {
  if (!cause) return true;
  const length = Math.min(cause.length, path.length);
  for (let index = 0; index < length; index++) if (cause[index] !== path[index]) return false;
  return true;
}

/** Answers `__schema` and `__type` from the schema that clients see. */
function introspect(operation: Operation, document: DocumentNode, variableValues: JsonObject, data: JsonObject): void {
  const answer = executeSync({ schema: operation.supergraph.schema, document, variableValues, rootValue: {} });
  if (isObject(answer.data)) Object.assign(data, answer.data);
}
