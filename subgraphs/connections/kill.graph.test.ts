import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayNumber } from './mock/calendar.pure.ts';
import { dailyRows } from './mock/daily-figures.pure.ts';
import { journeysOfDay } from './mock/journeys.pure.ts';
import { worldOf } from './mock/worlds.pure.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-kill-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Outcome {
  signal: string | null;
  result: {
    runs: { mode: string; state: string; reasons: string[]; progress: Record<string, number> }[];
    rows: number;
    twice: number;
  } | null;
}

/** Runs the child until it ends or kills itself at a batch. */
function run(...args: string[]): Promise<Outcome> {
  const file = join(import.meta.dirname, 'testing/kill-sync.worker.ts');
  const env = { ...process.env, LIFTOS_DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [file, '019a0000-0000-7000-8000-000000000001', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (_, signal) => {
      const text = /^RESULT (.*)$/m.exec(output)?.[1];
      resolve({ signal, result: text ? (JSON.parse(text) as Outcome['result']) : null });
    });
  });
}

/** Rows that a sync of the child's mock connection must bring until yesterday. */
function expectedRows(): number {
  const world = worldOf('klaviyo')!;
  const end = Math.floor(Date.now() / 86_400_000);
  let rows = 0;
  for (let day = dayNumber('2025-09-01'); day < end; day += 1) {
    rows += dailyRows(world, 1, day).length + journeysOfDay(world, 1, day, 'EUR').length;
  }
  return rows;
}

// The child has a database of its own, whatever the other tests run on.
it.skipIf(process.env.LIFTOS_TEST_DATABASE)(
  'after kill -9, before and after rows are stored, nothing is lost or doubled and the runs go on',
  async () => {
    expect((await run('begin', '2', 'after')).signal).toBe('SIGKILL');
    expect((await run('resume', '4', 'before')).signal).toBe('SIGKILL');
    expect((await run('resume', '3', 'after')).signal).toBe('SIGKILL');
    const { result } = await run('resume', '0', '');
    const file = result?.runs.find(({ mode }) => mode === 'FILE');
    const mock = result?.runs.find(({ mode }) => mode === 'MOCK');
    expect(file).toMatchObject({
      state: 'PARTIAL',
      reasons: ['1 row was refused.'],
      progress: { rowsRead: 30_001, rowsAccepted: 30_000, rowsRejected: 1 },
    });
    expect(mock).toMatchObject({ state: 'SUCCEEDED', progress: { rowsAccepted: expectedRows(), rowsRejected: 0 } });
    expect(result).toMatchObject({ rows: 30_000 + expectedRows(), twice: 0 });
  },
  240_000,
);
