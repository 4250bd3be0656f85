import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Imports that the rules forbid. A rule that lets one pass is broken, however green the lint looks. */
const forbidden: readonly [file: string, specifier: string][] = [
  ['core/a.ts', '@liftos/identity/subgraph.ts'],
  ['core/a.ts', '@liftos/gateway/http/server.ts'],
  ['subgraphs/causal/a.ts', '@liftos/memory/subgraph.ts'],
  ['subgraphs/causal/slice/a.ts', '../../memory/subgraph.ts'],
  ['subgraphs/causal/slice/a.ts', '@liftos/gateway/http/server.ts'],
  ['subgraphs/causal/slice/a.pure.ts', 'node:fs'],
  ['subgraphs/causal/slice/a.pure.ts', 'kysely'],
  ['subgraphs/causal/slice/a.pure.ts', './a.service.ts'],
  ['subgraphs/causal/slice/a.pure.ts', '@liftos/memory/subgraph.ts'],
  ['gateway/a.ts', '@liftos/memory/records/records.service.ts'],
  ['client/src/a.ts', '@liftos/core/errors.ts'],
  ['client/src/ui/a.ts', '@urql/core'],
  ['client/src/ui/a.ts', '../features/hub/hub-page.tsx'],
  ['client/src/charts/a.ts', '../data/query.ts'],
  ['client/src/features/hub/a.ts', 'lucide-solid'],
  // The rule names every feature; a new one has to be added there.
  ...readdirSync(join(root, 'client/src/features')).map(
    (name) => ['client/src/features/a/a.ts', `../${name}/a.ts`] as [string, string],
  ),
];

/** Imports that must stay possible. */
const allowed: readonly [file: string, specifier: string][] = [
  ['gateway/a.ts', '@liftos/memory/subgraph.ts'],
  ['gateway/a.ts', '@liftos/core/errors.ts'],
  ['subgraphs/causal/slice/a.ts', '@liftos/core/errors.ts'],
  ['subgraphs/causal/slice/a.ts', '../other/b.pure.ts'],
  ['client/src/features/hub/a.ts', '../../ui/dialog.tsx'],
  ['client/src/features/hub/a.ts', 'lucide-solid/icons/house'],
];

const folder = mkdtempSync(join(root, '.build/boundaries-'));
copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));

function isRefused(file: string, specifier: string): boolean {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import * as it from '${specifier}';\nexport const uses = it;\n`);
  const { stdout } = spawnSync('oxlint', ['-c', '.oxlintrc.json', '--no-ignore', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(path);
  return stdout.includes('no-restricted-imports');
}

const problems = [
  ...forbidden.filter((pair) => !isRefused(...pair)).map(([file, name]) => `${file} may import ${name}, and must not.`),
  ...allowed.filter((pair) => isRefused(...pair)).map(([file, name]) => `${file} may not import ${name}, and must.`),
];
rmSync(folder, { recursive: true });
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
