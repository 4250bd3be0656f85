import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/runtime.ts';
import { migrate, readMigrations } from './migrations.ts';

let folder: string;
let owner: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liftos-migrations-'));
  owner = `test_${crypto.randomUUID().slice(0, 8)}`;
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.sql`), text.replaceAll('OWNER', owner));
}

async function tableExists(name: string): Promise<boolean> {
  const { driver } = await testDatabase();
  const { rows } = await driver.query(null, 'select to_regclass($1) as found', [`${owner}.${name}`]);
  return rows[0]?.found !== null;
}

describe('migrate', () => {
  it('applies each migration once, also when two processes start together', async () => {
    write('0001-a', 'create schema OWNER; create table OWNER.a (x integer); insert into OWNER.a values (1);');
    write('0002-b', 'insert into OWNER.a values (2);');
    const database = await testDatabase();
    await Promise.all([1, 2, 3].map(() => migrate(database, readMigrations(owner, folder))));
    await migrate(database, readMigrations(owner, folder));
    const { rows } = await database.driver.query(null, `select x from ${owner}.a order by x`, []);
    expect(rows).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it('leaves nothing behind when a later statement fails, and goes on once it is mended', async () => {
    write('0001-a', 'create schema OWNER; create table OWNER.a (x integer);');
    write('0002-b', 'create table OWNER.b (x integer); select 1/0;');
    const database = await testDatabase();
    await expect(migrate(database, readMigrations(owner, folder))).rejects.toThrow('division by zero');
    expect(await tableExists('a')).toBe(false);
    write('0002-b', 'create table OWNER.b (x integer);');
    await migrate(database, readMigrations(owner, folder));
    expect(await tableExists('b')).toBe(true);
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    write('0001-a', 'create schema OWNER;');
    const database = await testDatabase();
    await migrate(database, readMigrations(owner, folder));
    write('0001-a', 'create schema OWNER; create table OWNER.late (x integer);');
    await expect(migrate(database, readMigrations(owner, folder))).rejects.toThrow(`${owner}/0001-a.sql was changed`);
  });
});
