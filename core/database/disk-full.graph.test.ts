import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { PgliteDriver } from './pglite.driver.ts';
import { copyTemplate } from './template.ts';

/** Mounting a small disk needs root; elsewhere this is skipped. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'liftos-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(process.platform !== 'linux' || !canMount())('a full disk', () => {
  it('fails the write with a code, loses nothing acknowledged, and is over once there is space', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'liftos-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', disk]);
    const dataDir = join(disk, 'database');
    await copyTemplate(dataDir);
    const driver = await PgliteDriver.open({ dataDir });
    try {
      await driver.script('create table stored (n integer, filling text)');
      const store = (n: number) => driver.query(null, `insert into stored values ($1, repeat('x', 500000))`, [n]);
      let acknowledged = 0;
      const failure = await (async () => {
        for (;;) {
          try {
            await store(acknowledged);
            acknowledged++;
          } catch (error) {
            return error;
          }
          if (acknowledged === 10)
            writeFileSync(join(disk, 'ballast'), Buffer.alloc(200 << 20).subarray(0, freeBytes(disk) - (4 << 20)));
        }
      })();
      expect(failure).toMatchObject({ code: 'UNAVAILABLE' });
      rmSync(join(disk, 'ballast'));
      const count = await until(async () => {
        const result = await driver.query(null, 'select count(*) as count from stored', []).catch(() => undefined);
        return result?.rows[0]?.count as number | undefined;
      }, 30_000);
      expect(count).toBe(acknowledged);
      await store(acknowledged);
    } finally {
      await driver.close();
      execFileSync('umount', [disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  }, 60_000);
});

function freeBytes(folder: string): number {
  const [, line = ''] = execFileSync('df', ['-B1', '--output=avail', folder], { encoding: 'utf8' }).trim().split('\n');
  return Number(line.trim());
}
