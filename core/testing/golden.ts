import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.LIFTOS_GOLDEN ?? join(import.meta.dirname, '../../../shared/golden');

/** The path of a golden file, or null where the golden data is not installed; tests then skip and say so. */
export function golden(path: string): string | null {
  const full = join(folder, path);
  return existsSync(full) ? full : null;
}
