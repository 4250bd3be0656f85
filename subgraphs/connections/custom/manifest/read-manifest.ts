import type { Context } from '@liftos/core/context.ts';
import { runInPool } from '@liftos/core/worker-pool.ts';
import { nameIn, parse } from './parse.worker.ts';
import type { ParsedManifest } from './parse-manifest.pure.ts';

const workerFile = new URL('./parse.worker.ts', import.meta.url);

/** Longer texts are read away from the event loop: the longest ones take a second or two. */
const shortCharacters = 8192;

/** `parseManifest` that never holds up others. */
export async function readManifest({ signal }: Context, text: string): Promise<ParsedManifest> {
  if (text.length <= shortCharacters) return parse(text);
  return runInPool<ParsedManifest>(workerFile, 'parse', text, { signal });
}

/** The name that a text gives; null when there is none or it cannot be read. */
export async function readName({ signal }: Context, text: string): Promise<string | null> {
  if (text.length <= shortCharacters) return nameIn(text);
  return runInPool<string | null>(workerFile, 'nameIn', text, { signal });
}
