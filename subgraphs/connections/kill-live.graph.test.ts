import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDoubles, type Doubles } from './doubles/start-doubles.ts';
import { addDays, dayIn } from './sync/plan-slices.pure.ts';

const organization = '019a0000-0000-7000-8000-000000000001';

let folder: string;
let doubles: Doubles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-kill-live-'));
  doubles = await startDoubles({ now: new Date() });
});
afterAll(async () => {
  await doubles.stop();
  await rm(folder, { recursive: true });
});

interface Ended {
  state: string;
  reasons: string[];
  rows: number;
}

interface Result {
  killed: Ended;
  undisturbed: Ended;
}

interface Child {
  platform: string;
  days: number;
  task: 'begin' | 'resume';
  dieAt: number;
  dieWhen: 'before' | 'after';
}

/** Runs the child until it ends or kills itself at a commit; null when it was killed. */
function run({ platform, days, task, dieAt, dieWhen }: Child): Promise<Result | null> {
  const file = join(import.meta.dirname, 'testing/kill-live.worker.ts');
  const from = addDays(dayIn(new Date(), 'UTC'), -days);
  const env = {
    ...process.env,
    LIFTOS_DATA_DIR: join(folder, platform),
    LIFTOS_PLATFORMS_URL: doubles.url,
    DATABASE_URL: '',
    REDIS_URL: '',
    LOG_LEVEL: 'error',
  };
  const child = spawn(process.execPath, [file, organization, platform, task, String(dieAt), dieWhen, from], {
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

// The child has a database of its own, whatever the other tests run on. What each step means is in the contract of
// platforms; here the process is truly killed, for one platform of each kind.
it
  .skipIf(process.env.LIFTOS_TEST_DATABASE)
  .each<{ platform: string; days: number; deaths: [number, Child['dieWhen']][] }>([
    {
      platform: 'meta_business',
      days: 10,
      deaths: [
        [12, 'after'],
        [17, 'before'],
        [22, 'after'],
      ],
    },
    { platform: 'shopify', days: 1, deaths: [[16, 'before']] },
    { platform: 'zoho_crm', days: 1, deaths: [[24, 'after']] },
    { platform: 'stripe', days: 1, deaths: [[21, 'before']] },
    { platform: 'snowflake', days: 1, deaths: [[14, 'after']] },
  ])(
  'a sync of $platform that is killed before and after its commits, again and again, ends as one that never was',
  async ({ platform, days, deaths }) => {
    for (const [index, [dieAt, dieWhen]] of deaths.entries()) {
      const task = index === 0 ? 'begin' : 'resume';
      expect(await run({ platform, days, task, dieAt, dieWhen })).toBeNull();
    }
    const result = await run({ platform, days, task: 'resume', dieAt: 0, dieWhen: 'after' });
    expect(result?.killed.rows).toBeGreaterThan(0);
    expect(result?.killed).toEqual(result?.undisturbed);
    if (platform === 'meta_business') expect(result?.killed.reasons.join(' ')).toContain('Partner Agency');
  },
  240_000,
);
