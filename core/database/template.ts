import { existsSync } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A migrated, empty data directory, made once per installation: a first start that copies it waits neither for initdb
 * nor for migrations.
 */
export const templateFolder = join(import.meta.dirname, '../../.build/embedded-database');

/** The same as one gzipped archive, for databases that live in memory. */
export const templatePath = `${templateFolder}.tar.gz`;

/** Copies the template to a folder that does not exist yet. Does nothing when there is no template. */
export async function copyTemplate(folder: string): Promise<void> {
  if (!existsSync(templateFolder)) return;
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await cp(templateFolder, part, { recursive: true });
  await rename(part, folder);
}
