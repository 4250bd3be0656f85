import { createHash, type Hash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { StoredFile } from '../tables.ts';

/** Where the files of an export are. Nothing a caller sends becomes part of the path. */
export function exportFolder(runtime: Runtime, organizationId: string, id: string): string {
  return join(runtime.config.LIFTOS_DATA_DIR, 'exports', organizationId, id);
}

interface Growing {
  name: string;
  rows: number;
  bytes: number;
  hash: Hash;
  /** What will be written next. */
  lines: string[];
}

/**
 * The files of an export while they grow. Lines are collected until `flush`, which waits for the disk; no file stays
 * open in between, however many sources there are.
 */
export class ExportFiles {
  readonly #folder: string;
  readonly #ending: string;
  readonly #files = new Map<string, Growing>();
  readonly #names = new Set<string>();

  constructor(folder: string, ending: string) {
    this.#folder = folder;
    this.#ending = ending;
  }

  /** Adds lines to the file of a source, which begins with `header`. */
  add(source: readonly string[], header: string, text: string, rows: number): void {
    const key = source.join('\0');
    let file = this.#files.get(key);
    if (!file) {
      const lines = header === '' ? [] : [header];
      file = { name: this.#newName(source), rows: 0, bytes: 0, hash: createHash('sha256'), lines };
      this.#files.set(key, file);
    }
    file.lines.push(text);
    file.rows += rows;
  }

  #newName(source: readonly string[]): string {
    const base = source.map((part) => part.replaceAll(/[^\w-]+/g, '_').slice(0, 60)).join('-');
    let name = `${base}.${this.#ending}`;
    for (let number = 2; this.#names.has(name); number += 1) name = `${base}-${number}.${this.#ending}`;
    this.#names.add(name);
    return name;
  }

  async flush(): Promise<void> {
    for (const file of this.#files.values()) {
      if (file.lines.length === 0) continue;
      const bytes = Buffer.from(file.lines.join(''));
      file.lines = [];
      file.hash.update(bytes);
      file.bytes += bytes.byteLength;
      await appendFile(join(this.#folder, file.name), bytes);
    }
  }

  /** What was written, by name. Nothing may be added afterwards. */
  finish(): StoredFile[] {
    return [...this.#files.values()]
      .map(({ name, rows, bytes, hash }) => ({ name, rows, bytes, sha256: hash.digest('hex') }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
