import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '@liftos/core/config.ts';
import type { PgliteDriver } from '@liftos/core/database/pglite.driver.ts';
import { templateFolder, templatePath } from '@liftos/core/database/template.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { subgraphs } from '@liftos/gateway/subgraphs.ts';

/**
 * Makes the template of the embedded database: everything is migrated, nothing is stored. It is made beside and
 * renamed, so that a half-made one is never used.
 */
const part = `${templateFolder}.part`;
await rm(part, { recursive: true, force: true });
await rm(templateFolder, { recursive: true, force: true });
await mkdir(part, { recursive: true });

const config = readConfig({ LIFTOS_DATA_DIR: part, LIFTOS_WORKERS: 'false', LOG_LEVEL: 'warn' });
const runtime = await startRuntime({ config, subgraphs });
const driver = runtime.database.driver as PgliteDriver;
await driver.script('checkpoint');
const dump = await driver.dump();
await runtime.close();

await writeFile(`${templatePath}.part`, dump);
await rename(`${templatePath}.part`, templatePath);
await rename(join(part, 'database'), templateFolder);
await rm(part, { recursive: true, force: true });
