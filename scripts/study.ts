import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closePools } from '@liftos/core/worker-pool.ts';
import { alwaysValidStudy } from './study/always-valid-study.ts';
import { coverageStudy } from './study/coverage-study.ts';

/** Studies of how far results may be trusted, by name; each gives the page it is told on. */
const studies: Readonly<Record<string, { page: string; run: (size?: number) => Promise<string> }>> = {
  'always-valid': { page: 'always-valid-intervals.md', run: alwaysValidStudy },
  coverage: { page: 'mix-model-coverage.md', run: coverageStudy },
};

const [name = '', size] = process.argv.slice(2);
const study = studies[name];
if (!study) {
  console.error(`Name a study: ${Object.keys(studies).join(', ')}; a number after it is its size.`);
  process.exit(1);
}
const text = await study.run(size === undefined ? undefined : Number(size));
await closePools();
const folder = join(import.meta.dirname, '..', 'docs', 'studies');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, study.page), text);
console.error(`\nWritten to docs/studies/${study.page}.`);
