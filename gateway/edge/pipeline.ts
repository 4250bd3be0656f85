import type { Principal, SessionCookie } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import type { Metrics } from '@liftos/core/telemetry/metrics.ts';
import { coerceVariables, executeOperation } from '../executor/executor.ts';
import type { Limits } from '../executor/limits.pure.ts';
import { createOperationCache } from '../executor/operation-cache.ts';
import type { Operation } from '../executor/operation.ts';
import type { Answer, RequestContext, Sources } from '../sources/data-source.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { checkIntrospection, checkPublicMutations, refusalsFor } from './authorize.ts';
import { errorPresenter, refusal } from './present-error.ts';
import type { RateLimits } from './rate-limits.ts';

/** A client's wish, over whatever transport. */
export interface Wish {
  text: string;
  operationName?: string;
  variables?: Record<string, unknown> | null;
  principal: Principal;
  correlationId: string;
  traceparent: string;
  session: SessionCookie;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

/** A wish that may be fulfilled. */
export interface Granted {
  operation: Operation;
  variables: Readonly<Record<string, unknown>>;
}

export interface PipelineOptions {
  supergraph: { readonly current: Supergraph };
  sources: Sources;
  limits: Limits;
  rateLimits: RateLimits;
  operationMillis: number;
  fetchMillis: number;
  log: Logger;
  metrics: Metrics;
}

export interface Pipeline {
  /** Everything before execution: counting, reading, limits, access, variables. Gives the refusal when there is one. */
  grant(wish: Wish): Promise<Granted | Answer>;
  /** Runs a granted query or mutation. Never rejects. */
  run(granted: Granted, wish: Wish): Promise<Answer>;
  observeFetch(subgraph: string, outcome: string, seconds: number): void;
  readonly options: PipelineOptions;
}

export function isGranted(value: Granted | Answer): value is Granted {
  return 'operation' in value;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const cache = createOperationCache();
  const { log, metrics } = options;
  const observeFetch: Pipeline['observeFetch'] = (subgraph, outcome, seconds) =>
    metrics.fetches.observe({ subgraph, outcome }, seconds);
  const prepare = (wish: Wish): Granted | Answer => {
    const { text, operationName, principal } = wish;
    const suggest = principal.kind !== 'anonymous';
    const { limits } = options;
    const operation = cache.get({ supergraph: options.supergraph.current, limits, text, operationName, suggest });
    checkIntrospection(operation, principal);
    checkPublicMutations(operation);
    const errors = refusalsFor(operation, principal);
    if (errors.length > 0) return { errors };
    const variables = coerceVariables(operation, wish.variables, suggest);
    if (operation.cost(variables) > limits.cost) {
      throw new AppError('BAD_USER_INPUT', 'The operation is too large (cost).', { limit: 'cost' });
    }
    return { operation, variables };
  };
  return {
    options,
    observeFetch,
    async grant(wish) {
      try {
        await options.rateLimits.operation(wish.principal);
        return prepare(wish);
      } catch (error) {
        return refusal(error, log, wish.correlationId);
      }
    },
    async run(granted, wish) {
      const seconds = metrics.operations.startTimer({ type: granted.operation.kind });
      const answer = await runInTime(options, granted, wish, observeFetch);
      seconds({ outcome: answer.errors ? 'errors' : 'ok' });
      return answer;
    },
  };
}

async function runInTime(
  options: PipelineOptions,
  { operation, variables }: Granted,
  wish: Wish,
  observe: Pipeline['observeFetch'],
): Promise<Answer> {
  const { sources, log, fetchMillis, operationMillis } = options;
  // Half a mutation is worth nothing, so its parts may take all the time there is.
  const timeoutMillis = operation.kind === 'mutation' ? operationMillis : fetchMillis;
  const deadline = new AbortController();
  const leave = (): void => deadline.abort(new AppError('CANCELLED', 'The client has left.'));
  const timer = setTimeout(
    () => deadline.abort(new AppError('TIMEOUT', 'The operation took too long.')),
    operationMillis,
  );
  wish.signal.addEventListener('abort', leave, { once: true });
  const { principal, correlationId, traceparent, session } = wish;
  const context: RequestContext = { principal, correlationId, traceparent, session, signal: deadline.signal };
  try {
    const present = errorPresenter(log, correlationId);
    const answer = await executeOperation({ operation, variables, sources, context, timeoutMillis, observe, present });
    // What was given up on (a fetch that took too long) need not go on.
    if (answer.errors) deadline.abort(new AppError('CANCELLED', 'The operation has ended.'));
    return answer;
  } catch (error) {
    return refusal(error, log, correlationId);
  } finally {
    clearTimeout(timer);
    wish.signal.removeEventListener('abort', leave);
  }
}
