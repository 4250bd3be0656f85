import type { Answer, ApiRequest, Json } from '../connector.ts';

/** Data of an answer. */
export function dataOf({ body }: Answer): readonly unknown[] {
  const { data } = body as { data?: unknown };
  return Array.isArray(data) ? data : [];
}

/** The whole address of the next page; null after the last one. */
export function nextLinkOf({ body }: Answer): string | null {
  return (body as { links?: { next?: string | null } | null }).links?.next ?? null;
}

/** A page of a list: the first by its query, the others by the link to them. */
export function listPage(first: ApiRequest, at: Json | null): ApiRequest {
  return at === null ? first : { url: String(at) };
}
