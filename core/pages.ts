import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, badInput } from './errors.ts';

/** Most items a page may have. */
export const maxPageSize = 500;

export interface Page<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The page size asked for. Throws BAD_USER_INPUT outside 1 to 500. */
export function pageSize(first: number | null | undefined, fallback = 50): number {
  const size = first ?? fallback;
  if (size < 1 || size > maxPageSize) throw badInput('first', `Ask for 1 to ${maxPageSize} items.`);
  return size;
}

/**
 * Makes a page of rows that were read with one more than asked for, which tells whether there is a next page.
 * `keyOf` gives what the next page starts after.
 */
export function page<T>(organizationId: string, rows: readonly T[], size: number, keyOf: (row: T) => string): Page<T> {
  const edges = rows.slice(0, size).map((node) => ({ cursor: encodeCursor(organizationId, keyOf(node)), node }));
  return { edges, pageInfo: { hasNextPage: rows.length > size, endCursor: edges.at(-1)?.cursor ?? null } };
}

// The signature keeps cursors opaque and bound to their organisation. It protects no secret: what a cursor holds is a
// key of a row that the reader was just shown.
const salt = 'liftos-cursor';

function sign(organizationId: string, key: string): Buffer {
  return createHmac('sha256', `${salt}:${organizationId}`).update(key).digest().subarray(0, 9);
}

/** An opaque cursor that only its organisation can use. */
export function encodeCursor(organizationId: string, key: string): string {
  return `${sign(organizationId, key).toString('base64url')}.${Buffer.from(key).toString('base64url')}`;
}

/** The key in a cursor; undefined without one. Throws BAD_USER_INPUT for a cursor that was not made here. */
export function decodeCursor(organizationId: string, cursor: string | null | undefined): string | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const [signature = '', encoded = ''] = cursor.split('.');
  const key = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(organizationId, key);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AppError('BAD_USER_INPUT', 'This cursor is not valid here.', { field: 'after' });
  }
  return key;
}
