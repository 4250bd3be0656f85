import { type TypedDocumentNode, stringifyDocument } from '@urql/core';
import { RequestError, fromServerError, readFailure } from './failure.ts';

let clockOffset = 0;

/** The server's clock, as far as its last answer tells; a wrong clock on this machine does no harm. */
export function serverNow(): number {
  return Date.now() + clockOffset;
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

/**
 * Sends one operation without cache. Used where the client with its session does not exist yet.
 * Throws `RequestError`.
 */
export async function ask<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  token?: string,
): Promise<Data> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query: stringifyDocument(document), variables }),
    });
    const date = response.headers.get('date');
    if (date) clockOffset = Date.parse(date) - Date.now();
    if (!/json/.test(response.headers.get('content-type') ?? '')) throw new TypeError('not an answer of the API');
    const answer = (await response.json()) as Answer<Data>;
    if (answer.errors?.[0]) throw new RequestError(fromServerError(answer.errors[0]));
    if (!answer.data) throw new TypeError('an answer without data');
    return answer.data;
  } catch (error) {
    throw error instanceof RequestError ? error : new RequestError(readFailure(error));
  }
}
