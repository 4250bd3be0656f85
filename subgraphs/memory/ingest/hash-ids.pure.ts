import { hash } from 'node:crypto';

/** A UUID that the same parts always give. Null differs from every text. */
export function idOf(...parts: readonly (string | null)[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** 32 bits of a text. */
export function word(text: string): number {
  return Number.parseInt(hash('sha1', text, 'hex').slice(0, 8), 16);
}
