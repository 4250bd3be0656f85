import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Debian's own comes second: the first on the path may be one without its packages. */
const interpreters = ['python3', '/usr/bin/python3'];
/** One thread, as on our side. */
const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

export interface ReferenceAnswer {
  readonly milliseconds: number;
  /** By which both sides must agree. */
  readonly figures: readonly number[];
}

/** An interpreter that has all these packages; null where there is none. */
function pythonWith(packages: readonly string[]): string | null {
  const has = (python: string): boolean => {
    try {
      execFileSync(python, ['-c', `import ${packages.join(', ')}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  return interpreters.find(has) ?? null;
}

/** Runs a workload of causal_methods.py; null where its packages are missing. */
export function askPython(
  workload: string,
  packages: readonly string[],
  data: Readonly<Record<string, unknown>>,
  runs: number,
): ReferenceAnswer | null {
  const python = pythonWith(['numpy', ...packages]);
  if (!python) return null;
  const script = join(import.meta.dirname, 'causal_methods.py');
  const input = JSON.stringify({ workload, runs, ...data });
  const output = execFileSync(python, [script], { input, env, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(output.toString()) as ReferenceAnswer;
}
