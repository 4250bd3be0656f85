import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import { AppError } from '@liftos/core/errors.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import { errorPresenter, refusal } from '../edge/present-error.ts';
import { executeEvent } from '../executor/executor.ts';
import { reportedFailures } from '../executor/failures.pure.ts';
import { isObject, type JsonObject } from '../executor/json.pure.ts';
import type { LivePlan, Operation } from '../executor/operation.ts';
import type { Run } from '../executor/run-plan.ts';
import { SubscriptionRefused } from '../sources/remote-live.ts';
import { isStream, type Answer, type RequestContext, type Sources } from '../sources/data-source.ts';
import { afterVariable, sequenceOf } from './resumable.pure.ts';

/** What a channel tells. Payloads are encoded once, however many listen. */
export interface Listener {
  next(payload: string, sequence: number | undefined): void;
  /** The source has ended by itself. */
  complete(): void;
  error(errors: readonly GraphQLFormattedError[]): void;
}

export interface ChannelOptions {
  operation: Operation;
  variables: Readonly<Record<string, unknown>>;
  /** Begin with what came after this sequence number; undefined for what comes from now on. */
  after: number | undefined;
  context: Omit<RequestContext, 'signal'>;
  sources: Sources;
  fetchMillis: number;
  log: Logger;
  observe?: Run['observe'];
  /** Pauses before taking a broken subscription up again, in milliseconds: the first, and the longest. */
  retryMillis?: readonly [number, number];
}

/** One subscription upstream, completed and encoded for everybody who listens. */
export interface Channel {
  /** Uses another plan from the next event on; takes the subscription up anew only if its source changes. */
  replace(operation: Operation, variables: Readonly<Record<string, unknown>>): void;
  close(): void;
  /** Settles when nothing more will be told. */
  readonly ended: Promise<void>;
}

interface State extends ChannelOptions {
  listener: Listener;
  last: number | undefined;
  /** Ends the channel. */
  closing: AbortController;
  /** Ends the current subscription upstream only. */
  renewing: AbortController;
}

/** Opens a channel. It tries again for as long as it is open, unless its first attempt is refused. */
export function openChannel(options: ChannelOptions, listener: Listener): Channel {
  const state: State = {
    ...options,
    listener,
    last: options.after,
    closing: new AbortController(),
    renewing: new AbortController(),
  };
  return {
    replace(operation, variables) {
      const same = state.operation.live?.primary.key === operation.live?.primary.key;
      state.operation = operation;
      state.variables = variables;
      if (!same) state.renewing.abort();
    },
    close: () => state.closing.abort(new AppError('CANCELLED', 'The subscription has ended.')),
    ended: follow(state),
  };
}

async function follow(state: State): Promise<void> {
  const [first, longest] = state.retryMillis ?? [200, 10_000];
  let pause = first;
  let opened = false;
  while (!state.closing.signal.aborted) {
    state.renewing = new AbortController();
    try {
      const stream = await open(state);
      if (!stream) return;
      opened = true;
      const ended = await relay(state, stream, () => (pause = first));
      if (ended) return state.listener.complete();
      continue;
    } catch (error) {
      if (state.closing.signal.aborted) return;
      if (error instanceof SubscriptionRefused) return refused(state, error.errors);
      if (!opened || !mayPass(error))
        return state.listener.error(refusal(error, state.log, state.context.correlationId).errors ?? []);
      state.log.warn({ err: error, pause }, 'subscription broke off upstream; taking it up again');
    }
    await delay(pause * (0.5 + Math.random() / 2), undefined, { signal: state.closing.signal }).catch(() => undefined);
    pause = Math.min(pause * 2, longest);
  }
}

/** Whether trying again can help: not when the subgraph has said, in our own words, what is wrong. */
function mayPass(error: unknown): boolean {
  return (
    !(error instanceof AppError) || ['UNAVAILABLE', 'TIMEOUT', 'INTERNAL', 'PLATFORM_UNAVAILABLE'].includes(error.code)
  );
}

function livePlan({ operation }: State): LivePlan {
  if (!operation.live) throw new AppError('INTERNAL', 'Not a subscription.');
  return operation.live;
}

/** The stream of events; undefined when the subgraph refused, which has been told. */
async function open(state: State): Promise<AsyncIterable<Answer> | undefined> {
  const { primary } = livePlan(state);
  const source = state.sources.get(primary.service);
  if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph "${primary.service}".`);
  const variables: JsonObject = {};
  for (const name of primary.variables)
    if (state.variables[name] !== undefined) variables[name] = state.variables[name];
  if (primary.variables.includes(afterVariable)) variables[afterVariable] = state.last ?? null;
  const { key, document, text, operationName } = primary;
  const signal = AbortSignal.any([state.closing.signal, state.renewing.signal]);
  const context: RequestContext = { ...state.context, signal };
  const request = { key, document, text, operationName, variables, context, timeoutMillis: state.fetchMillis };
  const answer = await source.subscribe(request);
  if (isStream(answer)) return answer;
  refused(state, answer.errors ?? [{ message: 'The subscription was refused.' }]);
  return undefined;
}

function refused(state: State, errors: readonly GraphQLFormattedError[]): void {
  const present = errorPresenter(state.log, state.context.correlationId);
  const failures = reportedFailures(livePlan(state).primary, errors, () => []);
  state.listener.error(failures.map((failure) => present({ ...failure, path: undefined })));
}

/** Passes events on. True when the source ended by itself, false when another plan needs another source. */
async function relay(state: State, stream: AsyncIterable<Answer>, arrived: () => void): Promise<boolean> {
  const iterator = stream[Symbol.asyncIterator]();
  const signals = [state.renewing.signal, state.closing.signal];
  let wake: (() => void) | undefined;
  const stop = (): void => wake?.();
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  const nextOrStop = (): Promise<IteratorResult<Answer> | undefined> =>
    new Promise((resolve, reject) => {
      wake = () => resolve(undefined);
      if (signals.some(({ aborted }) => aborted)) wake();
      else iterator.next().then(resolve, reject);
    });
  try {
    for (;;) {
      const next = await nextOrStop();
      if (!next) return false;
      if (next.done) return true;
      arrived();
      await deliver(state, next.value);
    }
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
    // A source that waits for its next event answers only after it; nobody waits for that.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function deliver(state: State, event: Answer): Promise<void> {
  const plan = livePlan(state);
  const sequence = plan.sequenced ? sequenceOf(event.data, plan.rootKey) : undefined;
  if (sequence !== undefined) {
    if (state.last !== undefined && sequence <= state.last) return;
    state.last = sequence;
  }
  const { operation, variables, sources, fetchMillis: timeoutMillis, observe, log } = state;
  // A context of its own, so that no loader remembers what an entity was at an earlier event.
  const context: RequestContext = { ...state.context, signal: state.closing.signal };
  const present = errorPresenter(log, context.correlationId);
  const failures = event.errors ? reportedFailures(plan.primary, event.errors, () => []) : [];
  const data = isObject(event.data) ? event.data : {};
  const options = { operation, variables, sources, context, timeoutMillis, observe, present };
  const answer = await executeEvent(options, data, failures);
  if (!state.closing.signal.aborted) state.listener.next(JSON.stringify(answer), sequence);
}
