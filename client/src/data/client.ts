import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { readFailure } from './failure.ts';
import { accessToken, refreshSession } from './session.ts';

async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const token = await accessToken();
  const headers = new Headers(init?.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}

async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await send(input, init);
  if (response.status !== 401) return response;
  await refreshSession();
  return send(input, init);
}

function makeClient(): Client {
  return new Client({
    url: '/graphql',
    // Queries may carry filters that do not belong into access logs.
    preferGetMethod: false,
    fetch: authorizedFetch,
    fetchOptions: { credentials: 'same-origin' },
    exchanges: [
      cacheExchange,
      mapExchange({
        onError: (error) => {
          if (readFailure(error).code === 'UNAUTHENTICATED') void refreshSession();
        },
      }),
      fetchExchange,
    ],
  });
}

let current = makeClient();

export function client(): Client {
  return current;
}

/** Forgets everything that was fetched, so that the next person sees nothing of the last one. */
export function resetClient(): void {
  current = makeClient();
}
