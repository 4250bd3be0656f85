// oxlint-disable-next-line no-restricted-imports -- runs in the build, not in the browser
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface Chunk {
  fileName: string;
  code: string;
  imports: string[];
}

/** Sizes in kilobytes after gzip. */
export interface Budgets {
  /** The entry with all it imports before anything shows. */
  entry: number;
  /** Any other chunk by itself. */
  chunk: number;
}

function kilobytes(code: string): number {
  return gzipSync(code).length / 1_000;
}

function closure(chunk: Chunk, all: ReadonlyMap<string, Chunk>, seen = new Set<string>()): Set<string> {
  if (seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) {
    const next = all.get(name);
    if (next) closure(next, all, seen);
  }
  return seen;
}

/** Fails the build when what the browser must load grows beyond the budgets. */
export function budgets(limits: Budgets): Plugin {
  return {
    name: 'budgets',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
      const byName = new Map<string, Chunk>(chunks.map((chunk) => [chunk.fileName, chunk]));
      const first = new Set(chunks.filter((chunk) => chunk.isEntry).flatMap((chunk) => [...closure(chunk, byName)]));
      const entry = [...first].reduce((sum, name) => sum + kilobytes(byName.get(name)!.code), 0);
      if (entry > limits.entry) this.error(`The entry has ${entry.toFixed(1)} kB; the budget is ${limits.entry} kB.`);
      for (const { fileName, code } of chunks) {
        const size = kilobytes(code);
        if (!first.has(fileName) && size > limits.chunk) {
          this.error(`${fileName} has ${size.toFixed(1)} kB; the budget is ${limits.chunk} kB.`);
        }
      }
    },
  };
}
