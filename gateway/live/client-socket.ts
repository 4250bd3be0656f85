import type { WebSocket } from 'ws';
import { anonymous, type Principal, type SessionCookie } from '@liftos/core/context.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { isGranted, type Granted, type Pipeline, type Wish } from '../edge/pipeline.ts';
import { correlationIdFrom, traceparentFrom } from '../edge/trace.ts';
import type { Answer } from '../sources/data-source.ts';
import type { Listener } from './channel.ts';
import type { Hub } from './hub.ts';
import { closeCode, readMessage, type ClientMessage, type SubscribePayload } from './protocol.ts';

export interface SocketLimits {
  /** Operations open at a time on one socket. */
  operations: number;
  /** Messages of a client within ten seconds. */
  messages: number;
  /** Bytes that wait to be sent before the client counts as too slow. */
  waitingBytes: number;
  initMillis: number;
}

export interface SocketOptions {
  socket: WebSocket;
  pipeline: Pipeline;
  hub: Hub;
  limits: SocketLimits;
  /** Says who the client is, from what it sent first. Throws when it may not come in. */
  authenticate(payload: Record<string, unknown>): Promise<Principal>;
}

/** A client's connection. */
export interface ClientSocket {
  /** Anonymous until it has introduced itself. */
  readonly principal: Principal;
  readonly ready: boolean;
  close(code: number, reason: string): void;
}

interface State extends SocketOptions {
  principal: Principal;
  phase: 'new' | 'authenticating' | 'ready' | 'closed';
  /** How to end each open operation. */
  operations: Map<string, () => void>;
  messages: number;
  close(code: number, reason: string): void;
}

const session: SessionCookie = { setRefreshToken: () => undefined };

/** Speaks graphql-transport-ws with one client until either leaves. */
export function serveSocket(options: SocketOptions): ClientSocket {
  const { socket, limits } = options;
  const state: State = {
    ...options,
    principal: anonymous,
    phase: 'new',
    operations: new Map(),
    messages: 0,
    close: (code, reason) => closeSocket(state, code, reason),
  };
  const introduction = setTimeout(
    () => state.phase === 'new' && state.close(closeCode.initialisationTimeout, 'Introduce yourself.'),
    limits.initMillis,
  );
  const window = setInterval(() => (state.messages = 0), 10_000);
  const count = (): boolean => {
    state.messages++;
    if (state.messages <= limits.messages) return true;
    state.close(closeCode.tooMany, 'Too many messages.');
    return false;
  };
  socket.on('ping', count);
  socket.on('message', (data, isBinary) => {
    if (!count() || state.phase === 'closed') return;
    const message = isBinary ? null : readMessage(String(data));
    if (message) receive(state, message);
    else state.close(closeCode.badRequest, 'Not a message of graphql-transport-ws.');
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(introduction);
    clearInterval(window);
    endAll(state);
  });
  return {
    get principal() {
      return state.principal;
    },
    get ready() {
      return state.phase === 'ready';
    },
    close: state.close,
  };
}

function endAll(state: State): void {
  state.phase = 'closed';
  for (const end of state.operations.values()) end();
  state.operations.clear();
}

function closeSocket(state: State, code: number, reason: string): void {
  if (state.phase === 'closed') return;
  endAll(state);
  state.socket.close(code, reason);
  // A client that does not read will not answer either.
  setTimeout(() => state.socket.terminate(), 1000).unref();
}

function receive(state: State, message: ClientMessage): void {
  switch (message.type) {
    case 'connection_init':
      return void introduce(state, message.payload ?? {});
    case 'ping':
      return send(state, '{"type":"pong"}');
    case 'pong':
      return;
    case 'complete':
      state.operations.get(message.id)?.();
      return void state.operations.delete(message.id);
    case 'subscribe':
      return void begin(state, message.id, message.payload);
  }
}

async function introduce(state: State, payload: Record<string, unknown>): Promise<void> {
  if (state.phase !== 'new') return state.close(closeCode.tooMany, 'Introduce yourself once.');
  state.phase = 'authenticating';
  try {
    state.principal = await state.authenticate(payload);
  } catch (error) {
    const limited = isAppError(error) && error.code === 'RATE_LIMITED';
    return state.close(limited ? closeCode.tooMany : closeCode.forbidden, limited ? 'Too many attempts.' : 'Forbidden');
  }
  // It may have left meanwhile.
  if ((state.phase as State['phase']) === 'closed') return;
  state.phase = 'ready';
  send(state, '{"type":"connection_ack"}');
}

async function begin(state: State, id: string, payload: SubscribePayload): Promise<void> {
  if (state.phase !== 'ready') return state.close(closeCode.unauthorized, 'Introduce yourself first.');
  if (state.operations.has(id)) return state.close(closeCode.duplicateId, 'That id is in use.');
  const sink = sinkFor(state, id);
  if (state.operations.size >= state.limits.operations) {
    return sink.error([{ message: 'Too many operations on one socket.', extensions: { code: 'RATE_LIMITED' } }]);
  }
  const leaving = new AbortController();
  state.operations.set(id, () => leaving.abort());
  const wish: Wish = {
    text: payload.query,
    operationName: payload.operationName,
    variables: payload.variables,
    principal: state.principal,
    correlationId: correlationIdFrom(undefined),
    traceparent: traceparentFrom(undefined),
    session,
    signal: leaving.signal,
  };
  const granted = await state.pipeline.grant(wish);
  if (leaving.signal.aborted) return;
  if (!isGranted(granted)) return sink.error(granted.errors ?? []);
  if (granted.operation.kind === 'subscription') return subscribe(state, id, sink, granted, wish);
  const answer = needsCookie(granted) ? cookieRefusal : await state.pipeline.run(granted, wish);
  if (leaving.signal.aborted) return;
  sink.next(JSON.stringify(answer), undefined);
  sink.complete();
}

const cookieRefusal: Answer = {
  errors: [{ message: 'Sign in over HTTP.', extensions: { code: 'BAD_USER_INPUT' } }],
};

/** Mutations that anybody may send are those of signing in; what they set is a cookie, which a socket cannot. */
function needsCookie({ operation: { kind, rootFields, supergraph } }: Granted): boolean {
  return kind === 'mutation' && rootFields.some((name) => !supergraph.requirements.has(`Mutation.${name}`));
}

function subscribe(state: State, id: string, sink: Listener, granted: Granted, wish: Wish): void {
  const { sources, fetchMillis, log, metrics } = state.pipeline.options;
  const { principal, correlationId, traceparent } = wish;
  const leave = state.hub.subscribe(
    {
      ...granted,
      text: wish.text,
      operationName: wish.operationName,
      context: { principal, correlationId, traceparent, session },
      sources,
      fetchMillis,
      log,
      observe: state.pipeline.observeFetch,
    },
    sink,
  );
  metrics.subscriptions.inc();
  state.operations.set(id, () => {
    metrics.subscriptions.dec();
    leave();
  });
}

/** Frames for one operation: what is shared by all clients is only put between its own few bytes. */
function sinkFor(state: State, id: string): Listener {
  const { metrics } = state.pipeline.options;
  const name = JSON.stringify(id);
  const nextPrefix = `{"id":${name},"type":"next","payload":`;
  let finished = false;
  const finish = (frame: string): void => {
    if (finished) return;
    finished = true;
    const end = state.operations.get(id);
    state.operations.delete(id);
    send(state, frame);
    end?.();
  };
  return {
    next(payload) {
      if (finished) return;
      metrics.deliveries.inc();
      send(state, `${nextPrefix}${payload}}`);
    },
    complete: () => finish(`{"id":${name},"type":"complete"}`),
    error: (errors) => finish(`{"id":${name},"type":"error","payload":${JSON.stringify(errors)}}`),
  };
}

function send(state: State, frame: string): void {
  const { socket, limits } = state;
  if (state.phase === 'closed' || socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > limits.waitingBytes) {
    state.pipeline.options.metrics.slowClients.inc();
    return state.close(closeCode.tooSlow, 'Too slow: come back and resume from your cursor.');
  }
  socket.send(frame);
}
