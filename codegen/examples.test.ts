import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const schema = buildSchema(readFileSync(join(root, 'schema/api.graphql'), 'utf8'), { assumeValidSDL: true });

describe('GraphQL in the documentation', () => {
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const examples = pages.flatMap((page) =>
    [...readFileSync(join(root, 'docs', page), 'utf8').matchAll(/```graphql\n([\s\S]*?)```/g)].map(
      ([, text]) => [page, text!.split('\n')[1]!.trim(), text!] as const,
    ),
  );

  it('is there', () => {
    expect(examples.length).toBeGreaterThan(9);
  });

  it.each(examples)('%s: %s is valid against the public API', (_page, _name, text) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});
