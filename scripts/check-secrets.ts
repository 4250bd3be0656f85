import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatKey, keysIn } from '@liftos/identity/api-keys/key-format.pure.ts';

const root = join(import.meta.dirname, '..');

/** Larger files are data, not text that somebody wrote. */
const largestFile = 5_000_000;

/** Lines of tracked files that hold a real API key, by its shape and its checksum. */
function leaks(): string[] {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout.split('\0').flatMap((file) => {
    const found = statSync(join(root, file), { throwIfNoEntry: false });
    if (!file || !found?.isFile() || found.size > largestFile) return [];
    const lines = readFileSync(join(root, file), 'latin1').split('\n');
    return lines.flatMap((line, index) => (keysIn(line).length > 0 ? [`${file}:${index + 1} holds an API key.`] : []));
  });
}

/** A scan that lets a key pass, or cries at anything that looks like one, is broken however clean it looks. */
function faults(): string[] {
  const key = formatKey(randomBytes(24));
  const mistyped = key.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  return [
    ...(keysIn(`const key = "${key}";`).includes(key) ? [] : ['The scan does not find a key.']),
    ...(keysIn(`curl -H 'x-api-key: ${mistyped}'`).length > 0 ? ['The scan takes a wrong checksum for a key.'] : []),
  ];
}

const problems = [...faults(), ...leaks()];
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
