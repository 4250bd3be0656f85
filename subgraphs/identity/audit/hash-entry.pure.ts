import { createHash } from 'node:crypto';
import type { AuditRow } from '../tables.ts';

export type AuditContent = Omit<AuditRow, 'hash'>;

/** What the first entry of a chain follows. */
export const chainStart = '0'.repeat(64);

/**
 * The hash of an audit entry: SHA-256 over the previous entry's hash and the entry as JSON with sorted keys. Changing,
 * removing or reordering an entry changes every hash after it.
 */
export function hashEntry(previous: string, entry: AuditContent): string {
  return createHash('sha256').update(previous).update(canonical(entry)).digest('hex');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
