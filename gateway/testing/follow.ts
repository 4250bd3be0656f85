import { createClient, type Client } from 'graphql-ws';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

export interface Followed {
  // Events are as different as the subscriptions of the tests.
  // oxlint-disable-next-line typescript/no-explicit-any
  events: any[];
  errors: unknown[];
  ended: boolean;
  client: Client;
  /** Ends this subscription only. */
  leave(): void;
  /** Resolves once that many events have come. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface FollowOptions {
  as?: string;
  variables?: Record<string, unknown>;
  client?: Client;
  retryAttempts?: number;
}

/** A client of graphql-ws, as the web client has one. */
export function connect(url: string, as: string | undefined, retryAttempts = 0): Client {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts,
    retryWait: () => new Promise((resolve) => void setTimeout(resolve, 20)),
    shouldRetry: () => true,
    connectionParams: as ? { authorization: `Bearer ${as}` } : {},
  });
}

/** Subscribes and collects what comes. */
export function follow(url: string, query: string, options: FollowOptions = {}): Followed {
  const { as = 'ada', variables, retryAttempts } = options;
  const client = options.client ?? connect(url, as, retryAttempts);
  const followed: Followed = {
    events: [],
    errors: [],
    ended: false,
    client,
    leave: () => leave(),
    until: (count) =>
      vi.waitFor(
        () => {
          if (followed.events.length < count) throw new Error(`${followed.events.length} of ${count} events`);
        },
        { timeout: 5000, interval: 5 },
      ),
    close: async () => await client.dispose(),
  };
  const leave = client.subscribe(
    { query, variables },
    {
      next: (event) => void followed.events.push(event),
      error: (error) => {
        followed.errors.push(error);
        followed.ended = true;
      },
      complete: () => void (followed.ended = true),
    },
  );
  return followed;
}
