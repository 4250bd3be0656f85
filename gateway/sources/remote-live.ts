import { createClient, type Client, type Sink } from 'graphql-ws';
import type { GraphQLFormattedError } from 'graphql';
import { WebSocket } from 'ws';
import { AppError } from '@liftos/core/errors.ts';
import type { Answer, RequestContext, SubgraphRequest } from './data-source.ts';

export interface RemoteLiveOptions {
  name: string;
  url: string;
  sign(context: RequestContext): Promise<string>;
  /** How long the other side may stay silent when asked whether it is there. */
  silenceMillis?: number;
}

export interface RemoteLive {
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<Answer>>;
  close(): void;
}

/** The other side will not have this subscription; asking again changes nothing. */
export class SubscriptionRefused extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('The subscription was refused.');
    this.errors = errors;
  }
}

/** Subscriptions to a subgraph in another process. A lost connection ends them with UNAVAILABLE. */
export function openRemoteLive({ name, url, sign, silenceMillis = 5000 }: RemoteLiveOptions): RemoteLive {
  let silence: NodeJS.Timeout | undefined;
  const client: Client = createClient({
    url,
    webSocketImpl: WebSocket,
    lazy: true,
    lazyCloseTimeout: 1000,
    retryAttempts: 0,
    keepAlive: silenceMillis,
    on: {
      ping: (received) => {
        if (!received) silence = setTimeout(() => client.terminate(), silenceMillis);
      },
      pong: () => clearTimeout(silence),
      closed: () => clearTimeout(silence),
    },
  });
  return {
    async subscribe({ text: query, operationName, variables, context }) {
      const token = await sign(context);
      const request = { query, operationName, variables, extensions: { token } };
      return events(name, context.signal, (sink) => client.subscribe(request, sink));
    },
    close() {
      clearTimeout(silence);
      void client.dispose();
    },
  };
}

/** Events that may wait to be completed; beyond that the subscription starts over behind the last one told. */
const mostWaiting = 1000;

/** What a sink is told, as a stream. It ends at once when `signal` says so, or when the reader leaves. */
async function* events(
  name: string,
  signal: AbortSignal,
  begin: (sink: Sink<Answer>) => () => void,
): AsyncGenerator<Answer, void> {
  const waiting: Answer[] = [];
  let failure: Error | undefined;
  let ended = signal.aborted;
  let wake = (): void => undefined;
  const end = (error?: Error): void => {
    failure ??= error;
    ended = true;
    wake();
  };
  const leave = begin({
    next(answer) {
      const event = answer;
      // An answer without data is no event: the other side has refused what it was asked.
      if (event.data === undefined && event.errors) return end(new SubscriptionRefused(event.errors));
      if (waiting.push(event) > mostWaiting) end(new AppError('UNAVAILABLE', 'Too many events wait.'));
      return wake();
    },
    error: (cause) => end(failureOf(name, cause)),
    complete: () => end(),
  });
  const stop = (): void => end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      for (let event = waiting.shift(); event; event = waiting.shift()) yield event;
      if (failure) throw failure;
      if (ended) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    leave();
  }
}

function failureOf(name: string, cause: unknown): Error {
  if (Array.isArray(cause)) return new SubscriptionRefused(cause as GraphQLFormattedError[]);
  return new AppError('UNAVAILABLE', `"${name}" cannot be reached at the moment.`, {}, { cause });
}
