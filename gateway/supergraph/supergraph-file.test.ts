import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createOperationCache } from '../executor/operation-cache.ts';
import { defaultLimits } from '../executor/limits.pure.ts';
import { makeFixture } from '../testing/fixture.ts';
import { openSupergraph, type SupergraphFile } from './supergraph-file.ts';

const schemaOf = (field: string): string =>
  makeFixture({ a: { typeDefs: `type Query { ${field}: Int }`, resolvers: {} } }).supergraph;
const path = join(mkdtempSync(join(tmpdir(), 'liftos-supergraph-')), 'supergraph.graphql');
const log = createLog('silent');
let file: SupergraphFile;

afterEach(() => file.close());

test('a schema that changes on disk is taken over by itself', async () => {
  writeFileSync(path, schemaOf('before'));
  file = await openSupergraph(path, log, 20);
  writeFileSync(path, schemaOf('after'));
  await vi.waitFor(
    () => expect(Object.keys(file.current.schema.getQueryType()?.getFields() ?? {})).toEqual(['after']),
    5000,
  );
});

test('a schema that is broken, or gone, leaves the one in use', async () => {
  writeFileSync(path, schemaOf('before'));
  file = await openSupergraph(path, log, 60_000);
  const { current } = file;
  const changed = vi.fn();
  file.onChange(changed);
  for (const broken of ['', 'type Query {', 'type Query { a: Int }']) {
    writeFileSync(path, broken);
    await file.reload();
    expect(file.current).toBe(current);
  }
  writeFileSync(path, schemaOf('after'));
  await file.reload();
  expect(file.current).not.toBe(current);
  expect(changed).toHaveBeenCalledOnce();
});

test('the first load of a broken schema fails', async () => {
  writeFileSync(path, 'type Query {');
  await expect(openSupergraph(path, log)).rejects.toThrow('Syntax Error');
});

test('prepared operations are kept within bounds, the least recently used leaving first', async () => {
  writeFileSync(path, schemaOf('before'));
  file = await openSupergraph(path, log, 60_000);
  const cache = createOperationCache(10);
  const get = (index: number): unknown =>
    cache.get({ supergraph: file.current, limits: defaultLimits, text: `{ a${index}: before }`, suggest: true });
  const first = get(0);
  for (let index = 1; index < 10; index++) get(index);
  expect(get(0)).toBe(first);
  for (let index = 10; index < 19; index++) get(index);
  expect(get(0)).toBe(first);
  expect(cache.size).toBe(10);
  for (let index = 0; index < 1000; index++) get(index);
  expect(cache.size).toBe(10);
  expect(cache.weight).toBeLessThan(100_000);
});
