import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const path = join(import.meta.dirname, '../../../../docs/custom-connectors.md');

/** The text of the documentation of custom connectors. */
export function documentation(): string {
  return readFileSync(path, 'utf8');
}

/** The connector that the documentation shows. */
export function documentedConnector(): string {
  const [, text] = /```yaml\n(liftos: 1\n[\s\S]*?)```/.exec(documentation()) ?? [];
  if (text === undefined) throw new Error('The documentation shows no connector.');
  return text;
}
