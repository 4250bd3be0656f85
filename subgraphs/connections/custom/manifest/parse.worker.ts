import { readDocument } from './document.pure.ts';
import { parseManifest, type ParsedManifest } from './parse-manifest.pure.ts';

export function parse(text: string): ParsedManifest {
  return parseManifest(text);
}

/** The name that a text gives, as far as it can be read at all. */
export function nameIn(text: string): string | null {
  const read = readDocument(text);
  if ('errors' in read) return null;
  const { platform } = (read.document.value ?? {}) as { platform?: { name?: unknown } };
  const name = platform?.name;
  return typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : null;
}
