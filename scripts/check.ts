import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Everything that must be clean before a commit. */
const checks: readonly [name: string, program: string, ...args: string[]][] = [
  ['format', 'oxfmt', '--check', '.'],
  ['types', 'tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['types of the client', 'tsc', '--noEmit', '-p', 'client/tsconfig.json'],
  ['lint and dependency rules', 'oxlint', '--type-aware', '.'],
  ['the dependency rules themselves', 'node', 'scripts/check-boundaries.ts'],
  ['leaked keys', 'node', 'scripts/check-secrets.ts'],
  ['dead code', 'knip', '--no-progress'],
  ['generated files', 'node', 'codegen/schema.ts', '--check'],
  ['generated files of the client', 'node', 'codegen/client.ts', '--check'],
  ['breaking changes of the schema', 'node', 'codegen/breaking-changes.ts'],
];

let failed = 0;
for (const [name, program, ...args] of checks) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  console.log(`${status === 0 ? '✓' : '✗'} ${name}`);
  if (status === 0) continue;
  failed++;
  console.log(`${stdout}${stderr}`.trim());
}
process.exit(failed === 0 ? 0 : 1);
