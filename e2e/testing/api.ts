import { readFileSync } from 'node:fs';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } & Record<string, unknown> }[];
}

/** The API as a partner's program uses it. */
export interface Api {
  readonly authorization: string;
  /** Sends an operation and gives the whole answer. */
  send<T = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
  /** Sends an operation that must succeed and gives its data. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
  upload(path: string, fileName: string, body?: Uint8Array<ArrayBuffer>): Promise<string>;
  /** A client for subscriptions; dispose it. */
  live(options?: { webSocketImpl?: unknown; retryAttempts?: number }): Client;
  signIn(input: { email: string; password: string }): Promise<Api>;
  /** The same address with other credentials. */
  as(authorization: string): Api;
}

export function api(address: string, authorization = ''): Api {
  const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
  const self: Api = {
    authorization,
    async send<T>(query: string, variables: Record<string, unknown> = {}) {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body });
      return (await response.json()) as Answer<T>;
    },
    async ask<T>(query: string, variables?: Record<string, unknown>) {
      const { data, errors } = await self.send<T>(query, variables);
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    async upload(path, fileName, body = new Uint8Array(readFileSync(path))) {
      const response = await fetch(`${address}/upload`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'text/csv', 'x-file-name': encodeURIComponent(fileName) },
        body,
      });
      const answer = (await response.json()) as { id?: string };
      if (!answer.id) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
      return answer.id;
    },
    live: (options = {}) =>
      createClient({
        url: `${address.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
        ...options,
      }),
    async signIn(input) {
      const text = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
      const { signIn } = await self.ask<{ signIn: { accessToken: string } }>(text, { input });
      return self.as(`Bearer ${signIn.accessToken}`);
    },
    as: (other) => api(address, other),
  };
  return self;
}
