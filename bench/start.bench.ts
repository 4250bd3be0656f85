import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchResult } from './bench-result.ts';

const root = join(import.meta.dirname, '..');

/** Seconds without requests before memory is read. */
const idleSeconds = 5;

const embedded = { DATABASE_URL: '', REDIS_URL: '', LIFTOS_SUBGRAPHS: '' };

/** From `npm start` to the first ready answer, and what the server holds in memory a little later. */
async function measure(dataDir: string, port: number): Promise<{ seconds: number; megabytes: number }> {
  const start = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    // The embedded database is measured, whatever else is at hand.
    env: { ...process.env, ...embedded, PORT: String(port), LIFTOS_DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  try {
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) break;
      if (child.exitCode !== null) throw new Error('npm start ended.');
      await delay(20);
    }
    const seconds = (performance.now() - start) / 1000;
    await delay(idleSeconds * 1000);
    return { seconds, megabytes: residentMegabytes(dataDir) };
  } finally {
    // npm ends before what it started; the server itself is told, and npm ends after it.
    if (child.exitCode === null) process.kill(serverOf(dataDir), 'SIGTERM');
    await ended;
  }
}

/** The server is the process that holds the lock of the data folder. */
function serverOf(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'lock'), 'utf8'), 10);
}

function residentMegabytes(dataDir: string): number {
  const status = readFileSync(`/proc/${serverOf(dataDir)}/status`, 'utf8');
  const [, kilobytes = 'NaN'] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
  return Number(kilobytes) / 1024;
}

function result(name: string, value: number, unit: string, limit: number): BenchResult {
  const absolute = { reference: null, referenceValue: null, ratio: null };
  return { name, value, unit, ...absolute, bar: `< ${limit} ${unit}`, holds: value < limit };
}

export async function run(): Promise<BenchResult[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'liftos-bench-'));
  const port = 20_000 + (process.pid % 20_000);
  try {
    const cold = await measure(dataDir, port);
    const warm = await measure(dataDir, port);
    return [
      result('start, first time', cold.seconds, 's', 5),
      result('start, again', warm.seconds, 's', 3),
      result('resident memory, idle', Math.max(cold.megabytes, warm.megabytes), 'MB', 500),
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
