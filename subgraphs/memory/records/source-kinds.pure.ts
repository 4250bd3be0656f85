import { badInput } from '@liftos/core/errors.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { SourceKind as ShownKind } from '../schema.generated.ts';

/**
 * The sources a question is about: live and file unless it says otherwise. Throws BAD_USER_INPUT when it mixes
 * generated data with others, because their sum would be about nothing.
 */
export function sourceKindsOf(asked: readonly ShownKind[] | null | undefined): SourceKind[] {
  if (!asked || asked.length === 0) return ['live', 'file'];
  const kinds = [...new Set(asked)];
  if (kinds.includes('MOCK') && kinds.length > 1) {
    throw badInput('filter.sourceKinds', 'Ask for MOCK alone: generated data is not added to live and file data.');
  }
  return kinds.map((kind) => kind.toLowerCase() as SourceKind);
}

export function shownKind(kind: SourceKind): ShownKind {
  return kind.toUpperCase() as ShownKind;
}
