import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-poison-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the child until it ends or its job kills it. */
function run(...args: string[]): Promise<{ signal: string | null; output: string }> {
  const file = join(import.meta.dirname, '../testing/poison-job.worker.ts');
  const env = { ...process.env, LIFTOS_DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '', LOG_LEVEL: 'error' };
  const organization = '019a0000-0000-7000-8000-000000000001';
  const child = spawn(process.execPath, [file, organization, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (_, signal) => resolve({ signal, output }));
  });
}

it('a job that kills its process is given up after its attempts, and the queue goes on', async () => {
  const first = await run();
  expect(first.signal).toBe('SIGKILL');
  const id = /JOB (\S+)/.exec(first.output)?.[1] ?? '';
  expect((await run(id)).signal).toBe('SIGKILL');
  const third = await run(id);
  expect(third.signal).toBeNull();
  const result = JSON.parse(/RESULT (.*)/.exec(third.output)?.[1] ?? '{}') as Record<string, unknown>;
  expect(result.error).toMatchObject({ code: 'UNAVAILABLE', message: 'The process ended while the job ran.' });
}, 120_000);
