import type { Path } from './document.pure.ts';

/** A manifest as it was written: anything may be missing or of the wrong kind. */
export type Loose = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Collects mistakes of parts that do not fit together; each part by itself is the schema's business. */
export type Report = (path: Path, message: string) => void;
