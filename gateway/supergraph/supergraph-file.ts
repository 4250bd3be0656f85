import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import { buildSupergraph, type Supergraph } from './supergraph.ts';

/** The supergraph in use. It is replaced as a whole; who holds an older one may go on with it. */
export interface SupergraphFile {
  readonly current: Supergraph;
  /** Calls back after each change that could be loaded. */
  onChange(listener: (supergraph: Supergraph) => void): () => void;
  /** Reads the file now. Keeps the schema in use when the new one is not valid. */
  reload(): Promise<void>;
  close(): void;
}

/** Loads a supergraph from a file and follows its changes. Throws when the first load fails. */
export async function openSupergraph(path: string, log: Logger, pollMillis = 1000): Promise<SupergraphFile> {
  let current = buildSupergraph(await readFile(path, 'utf8'));
  let text = '';
  const listeners = new Set<(supergraph: Supergraph) => void>();
  const reload = async (): Promise<void> => {
    const next = await readFile(path, 'utf8').catch(() => text);
    if (next === text) return;
    text = next;
    try {
      const built = buildSupergraph(next);
      if (built.hash === current.hash) return;
      current = built;
      log.info({ hash: built.hash }, 'supergraph replaced');
      for (const listener of listeners) listener(built);
    } catch (error) {
      log.error({ err: error }, 'supergraph not loaded; the previous one stays');
    }
  };
  const changed = (): void => void reload();
  // Polling sees replaced files, mounted files and links alike, which file events do not.
  watchFile(path, { interval: pollMillis, persistent: false }, changed);
  return {
    get current() {
      return current;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reload,
    close: () => unwatchFile(path, changed),
  };
}
