import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@liftos/core/config.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

export interface RingKey {
  id: string;
  /** 32 bytes. */
  bytes: Buffer;
}

/** Keys that data keys are wrapped with, the newest first. */
export interface KeyRing {
  newest: RingKey;
  find(id: string): RingKey | undefined;
  ids(): readonly string[];
  /** Whether keys live in a file that LiftOS keeps itself, so that it can add and remove some. */
  inFile: boolean;
}

type Settings = Pick<Config, 'LIFTOS_ENCRYPTION_KEYS' | 'LIFTOS_DATA_DIR'>;

const rings = new WeakMap<Runtime, KeyRing>();

/** The process's key ring. Throws an Error that names the variable or file when a key is malformed. */
export function keyRing(runtime: Runtime): KeyRing {
  const known = rings.get(runtime);
  if (known) return known;
  const ring = openRing(runtime.config);
  rings.set(runtime, ring);
  return ring;
}

/** Checks keys that were configured, so that a typing error stops the start and not the first connection. */
export function checkConfiguredKeys({ LIFTOS_ENCRYPTION_KEYS: given }: Settings): void {
  if (given) parseKeys(given.split(','), 'LIFTOS_ENCRYPTION_KEYS');
}

function openRing(settings: Settings): KeyRing {
  const given = settings.LIFTOS_ENCRYPTION_KEYS;
  if (given) return ringOf(parseKeys(given.split(','), 'LIFTOS_ENCRYPTION_KEYS'), false);
  const path = pathOf(settings);
  let keys = readOrCreate(path);
  return {
    get newest() {
      // Another process of the same folder may have added one; sealing is rare.
      keys = readOrCreate(path);
      return keys[0]!;
    },
    find(id) {
      const known = keys.find((key) => key.id === id);
      if (known) return known;
      // Another process of the same folder may have added it.
      keys = readOrCreate(path);
      return keys.find((key) => key.id === id);
    },
    ids: () => keys.map(({ id }) => id),
    inFile: true,
  };
}

function ringOf(keys: readonly RingKey[], inFile: boolean): KeyRing {
  return {
    newest: keys[0]!,
    find: (id) => keys.find((key) => key.id === id),
    ids: () => keys.map(({ id }) => id),
    inFile,
  };
}

/** Adds a new key to the file and makes it the newest. Gives its id. */
export function addKey(runtime: Runtime): string {
  const key = newKey();
  const path = pathOf(runtime.config);
  writeKeys(path, [key, ...readOrCreate(path)]);
  return key.id;
}

/** Takes a key out of the file; the newest one stays. */
export function dropKey(runtime: Runtime, id: string): void {
  const path = pathOf(runtime.config);
  const [newest, ...older] = readOrCreate(path);
  writeKeys(path, [newest!, ...older.filter((key) => key.id !== id)]);
}

function pathOf({ LIFTOS_DATA_DIR: folder }: Settings): string {
  return join(folder, 'encryption-keys');
}

function newKey(): RingKey {
  return { id: `k${randomBytes(4).toString('hex')}`, bytes: randomBytes(32) };
}

function readOrCreate(path: string): RingKey[] {
  try {
    return parseKeys(readFileSync(path, 'utf8').split('\n'), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(join(path, '..'), { recursive: true });
  try {
    writeFileSync(path, textOf([newKey()]), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return parseKeys(readFileSync(path, 'utf8').split('\n'), path);
}

function writeKeys(path: string, keys: readonly RingKey[]): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, textOf(keys), { flag: 'wx', mode: 0o600 });
  renameSync(draft, path);
}

function textOf(keys: readonly RingKey[]): string {
  return keys.map(({ id, bytes }) => `${id}:${bytes.toString('base64')}\n`).join('');
}

function parseKeys(entries: readonly string[], origin: string): RingKey[] {
  const keys = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const parsed = keys.map((entry, index): RingKey => {
    const parts = /^([\w-]{1,40}):([A-Za-z0-9+/]{43}=)$/.exec(entry);
    // The entry itself is never shown, as it may be a key with one wrong letter.
    if (!parts) throw new Error(`${origin}: entry ${index + 1} must be id:base64 of 32 bytes.`);
    return { id: parts[1]!, bytes: Buffer.from(parts[2]!, 'base64') };
  });
  if (parsed.length === 0) throw new Error(`${origin}: there is no key in it.`);
  if (new Set(parsed.map(({ id }) => id)).size < parsed.length)
    throw new Error(`${origin}: two keys have the same id.`);
  return parsed;
}
