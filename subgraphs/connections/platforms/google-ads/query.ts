import type { Account, Answer, ApiRequest, Json } from '../connector.ts';

/**
 * A query to a customer. Pages of a query have ten thousand rows, and those after the first cost no operation.
 * @param at token of the page; null for the first
 */
export function search(account: Pick<Account, 'id' | 'extra'>, query: string, at: Json | null = null): ApiRequest {
  return {
    method: 'POST',
    url: `/customers/${account.id}/googleAds:search`,
    // The manager through which the customer is reached; its own id when there is none.
    headers: { 'login-customer-id': account.extra?.['loginCustomerId'] ?? account.id },
    body: { query: query.replaceAll(/\s+/g, ' ').trim(), ...(at === null ? {} : { pageToken: at }) },
  };
}

/** Rows of a page. */
export function resultsOf({ body }: Answer): readonly unknown[] {
  return (body as { results?: unknown[] } | null)?.results ?? [];
}

/** Token of the next page; null after the last one. */
export function nextTokenOf({ body }: Answer): string | null {
  return (body as { nextPageToken?: string } | null)?.nextPageToken || null;
}
