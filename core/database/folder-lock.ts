import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Claims a data folder for this process. PGlite has no lock of its own: two processes would each acknowledge writes
 * and one side's would vanish. A lock whose process is gone is taken over.
 * Throws CONFLICT naming the holder's process id.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`${process.pid} ${startOf(process.pid)}`);
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const [pid, start] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
      if (isAlive(Number(pid), start)) {
        throw new AppError(
          'CONFLICT',
          `Process ${pid} already uses the data folder ${folder}. Stop it, or set LIFTOS_DATA_DIR.`,
        );
      }
      await rm(path, { force: true });
    }
  }
  throw new AppError('CONFLICT', `The data folder ${folder} is being claimed by another process.`);
}

function isAlive(pid: number, start: string | undefined): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // After a reboot the number may belong to somebody else; the start time tells.
  return startOf(pid) === start;
}

/** When a process started, in the kernel's ticks; empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
