import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PgliteDriver } from './pglite.driver.ts';

/** A data directory right after initdb, made once per installation: starting from it saves seconds. */
export const templatePath = join(import.meta.dirname, '../../.build/embedded-database.tar.gz');

/** Makes the template. Written beside and renamed, so that a half-written one is never used. */
export async function buildTemplate(): Promise<void> {
  const driver = await PgliteDriver.open({});
  await driver.script('create extension if not exists vector');
  const dump = await driver.dump();
  await driver.close();
  await mkdir(dirname(templatePath), { recursive: true });
  await writeFile(`${templatePath}.part`, dump);
  await rename(`${templatePath}.part`, templatePath);
}
