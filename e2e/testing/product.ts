import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { api, type Api } from './api.ts';

const root = join(import.meta.dirname, '../..');

export const owner = { email: 'owner@example.com', password: 'a fine long secret' };

export interface Program {
  child: ChildProcess;
  /** Everything it has printed. */
  output(): string;
  /** Resolves with the first match in what it prints. Rejects when it exits before. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Resolves with the exit code, or the signal's name. */
  ended: Promise<number | string | null>;
}

/** What `faketime` sets, so that a run at another time of day is one for everything that it starts. */
function otherClock(): Record<string, string> {
  const { LD_PRELOAD, FAKETIME } = process.env;
  return LD_PRELOAD && FAKETIME ? { LD_PRELOAD, FAKETIME } : {};
}

/** Starts a program of the tree under the Node that runs the tests. */
export function startProgram(path: string, env: Record<string, string>): Program {
  const child = spawn(process.execPath, [join(root, path)], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn', ...otherClock(), ...env },
  });
  // Whatever a test does not come to end ends with the run.
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  let text = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
  return {
    child,
    ended,
    output: () => text,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then((code) => reject(new Error(`${path} ended (${code}) before it printed ${pattern}:\n${text}`)));
      }),
  };
}

export interface Product extends Program {
  address: string;
  dataDir: string;
  /** Signs the owner in. */
  signIn(): Promise<Api>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

/** Starts LiftOS with an owner who can sign in; its data goes to a folder of its own unless one is given. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const dataDir = env.LIFTOS_DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'liftos-e2e-')));
  const program = startProgram('gateway/main.ts', {
    PORT: '0',
    LIFTOS_DATA_DIR: dataDir,
    LIFTOS_OWNER_EMAIL: owner.email,
    LIFTOS_OWNER_PASSWORD: owner.password,
    LIFTOS_RATE_LIMIT: '100000',
    ...env,
  });
  const [, address = ''] = await program.printed(/Open\s+(http\S+)/);
  return {
    ...program,
    address,
    dataDir,
    signIn: () => api(address).signIn(owner),
    async dispose() {
      program.child.kill('SIGTERM');
      await program.ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
