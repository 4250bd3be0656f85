import { createSourceEventStream, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { AppError } from '@liftos/core/errors.ts';
import { compileDocument, type RunDocument } from '@liftos/core/graphql/compile-document.ts';
import type { Answer, DataSource, RequestContext, SubgraphRequest } from './data-source.ts';

export interface EmbeddedOptions {
  /** The executable schema of the subgraph. */
  schema: GraphQLSchema;
  /** What its resolvers are given; called once per request of a client. */
  contextFor(request: RequestContext): unknown;
}

const noRoot = {};

/** Compiled documents kept per subgraph; each belongs to an operation the gateway keeps as well. */
const mostCompiled = 4000;

/** A subgraph in this process: its resolvers are called directly, through code compiled for each document. */
export function embeddedSource({ schema, contextFor }: EmbeddedOptions): DataSource {
  const compiled = new Map<string, RunDocument>();
  const contexts = new WeakMap<RequestContext, unknown>();
  const contextOf = (request: RequestContext): unknown => {
    const known = contexts.get(request);
    if (known !== undefined) return known;
    const made = contextFor(request);
    contexts.set(request, made);
    return made;
  };
  const runnerFor = (request: SubgraphRequest): RunDocument => {
    const known = compiled.get(request.key);
    if (known) return known;
    const run = compileDocument(schema, request.document, request.operationName);
    if (compiled.size >= mostCompiled) compiled.delete(compiled.keys().next().value ?? '');
    compiled.set(request.key, run);
    return run;
  };
  return {
    execute(request) {
      const answer = runnerFor(request)(noRoot, contextOf(request.context), request.variables);
      return answer instanceof Promise ? inTime(answer.then(toAnswer), request) : toAnswer(answer);
    },
    async subscribe(request) {
      const { document, operationName, variables: variableValues, context } = request;
      const contextValue = contextOf(context);
      const opened = await createSourceEventStream({ schema, document, operationName, variableValues, contextValue });
      if (!(Symbol.asyncIterator in opened)) return toAnswer(opened);
      const run = runnerFor(request);
      // Each event is a request of its own: a loader must not remember what an entity was at an earlier event.
      return events(opened, (event) => run(event, contextFor({ ...context }), request.variables));
    },
  };
}

async function* events(
  source: AsyncIterable<unknown>,
  run: (event: unknown) => Promise<ExecutionResult> | ExecutionResult,
): AsyncGenerator<Answer, void> {
  for await (const event of source) yield toAnswer(await run(event));
}

/** Errors keep their `originalError`, so that the edge can tell which may be shown. */
function toAnswer({ data, errors }: ExecutionResult): Answer {
  return errors ? { data, errors: errors } : { data };
}

/** The answer, or an error once the time is up or the client has left. */
function inTime(answer: Promise<Answer>, { timeoutMillis, context }: SubgraphRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      finish();
      const { reason } = context.signal;
      reject(reason instanceof AppError ? reason : new AppError('CANCELLED', 'The request was cancelled.'));
    };
    const timer = setTimeout(() => {
      finish();
      reject(new AppError('TIMEOUT', 'This part took too long.'));
    }, timeoutMillis);
    context.signal.addEventListener('abort', abort, { once: true });
    answer.then(
      (value) => {
        finish();
        resolve(value);
      },
      (error: unknown) => {
        finish();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
