import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PgliteDriver } from './pglite.driver.ts';

const build = join(import.meta.dirname, '../../.build');

/** A data directory right after initdb, made once per installation: starting from a copy saves seconds. */
export const templateFolder = join(build, 'embedded-database');

/** The same as one gzipped archive, for databases that live in memory. */
export const templatePath = `${templateFolder}.tar.gz`;

/** Makes both templates. Each is written beside and renamed, so that a half-written one is never used. */
export async function buildTemplate(): Promise<void> {
  await mkdir(dirname(templateFolder), { recursive: true });
  const part = `${templateFolder}.part`;
  await rm(part, { recursive: true, force: true });
  const driver = await PgliteDriver.open({ dataDir: part });
  await driver.script('create extension if not exists vector');
  const dump = await driver.dump();
  await driver.close();
  await rm(templateFolder, { recursive: true, force: true });
  await rename(part, templateFolder);
  await writeFile(`${templatePath}.part`, dump);
  await rename(`${templatePath}.part`, templatePath);
}

/** Copies the template to a folder that does not exist yet. Does nothing when there is no template. */
export async function copyTemplate(folder: string): Promise<void> {
  if (!existsSync(templateFolder)) return;
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await cp(templateFolder, part, { recursive: true });
  await rename(part, folder);
}
