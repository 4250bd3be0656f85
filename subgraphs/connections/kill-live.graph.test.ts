import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDoubles, type Doubles } from './doubles/start-doubles.ts';
import { addDays, dayIn } from './sync/plan-slices.pure.ts';

const from = addDays(dayIn(new Date(), 'UTC'), -20);
const organization = '019a0000-0000-7000-8000-000000000001';

let folder: string;
let doubles: Doubles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-kill-live-'));
  doubles = await startDoubles({ platforms: ['meta_business'], now: new Date() });
});
afterAll(async () => {
  await doubles.stop();
  await rm(folder, { recursive: true });
});

interface Result {
  state: string;
  reasons: string[];
  commits: number;
  rows: number;
}

/** Runs the child until it ends or kills itself at a commit; null when it was killed. */
function run(dataDir: string, task: string, dieAt: number, dieWhen: string): Promise<Result | null> {
  const file = join(import.meta.dirname, 'testing/kill-live.worker.ts');
  const env = {
    ...process.env,
    LIFTOS_DATA_DIR: dataDir,
    LIFTOS_PLATFORMS_URL: doubles.url,
    DATABASE_URL: '',
    REDIS_URL: '',
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, [file, organization, task, String(dieAt), dieWhen, from], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (_, signal) => {
      const text = /^RESULT (.*)$/m.exec(output)?.[1];
      if (signal === 'SIGKILL') resolve(null);
      else if (text) resolve(JSON.parse(text) as Result);
      else reject(new Error('The child failed.'));
    });
  });
}

// The child has a database of its own, whatever the other tests run on.
it.skipIf(process.env.LIFTOS_TEST_DATABASE)(
  'a sync that is killed before and after its commits, again and again, ends as one that never was',
  async () => {
    const undisturbed = await run(join(folder, 'undisturbed'), 'begin', 0, '');
    const dataDir = join(folder, 'killed');
    let result = await run(dataDir, 'begin', 12, 'after');
    let kills = 1;
    // Each life gets a few commits further than its start; the places at which it ends wander over all steps.
    for (; result === null && kills < 60; kills += 1) {
      result = await run(dataDir, 'resume', 12 + ((kills * 5) % 17), kills % 2 === 0 ? 'before' : 'after');
    }
    expect(kills).toBeGreaterThan(4);
    expect(undisturbed?.reasons.join(' ')).toContain('Partner Agency');
    const { commits: _, ...expected } = undisturbed!;
    expect(result).toMatchObject(expected);
  },
  240_000,
);
