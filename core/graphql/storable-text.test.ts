import { buildSchema, graphql } from 'graphql';
import { expect, test } from 'vitest';
import { enforceStorableText } from './storable-text.ts';

const schema = buildSchema(`
  scalar JSON
  input Filter { names: [String!]  inner: Filter }
  type Query { find(filter: Filter, any: JSON): String }
`);
schema.getQueryType()!.getFields().find!.resolve = () => 'found';
enforceStorableText(schema);

const find = (variables: Record<string, unknown>) =>
  graphql({
    schema,
    source: 'query ($filter: Filter, $any: JSON) { find(filter: $filter, any: $any) }',
    variableValues: variables,
  });

test.each([
  ['a NUL character', { filter: { names: ['a', 'b\u0000'] } }, 'filter.names'],
  ['half of a surrogate pair', { filter: { inner: { names: ['\ud83d'] } } }, 'filter.inner.names'],
  ['a name of a JSON field', { any: { 'x\u0000': 1 } }, 'any'],
])('%s is refused wherever it stands, by the argument', async (_title, variables, field) => {
  const { errors } = await find(variables);
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
});

test('any other text passes, however deep it lies', async () => {
  expect((await find({ filter: { names: ['', 'é 😀 \u001b[31m\r\n'] } })).data).toEqual({ find: 'found' });
  let any: unknown = 'deep';
  for (let depth = 0; depth < 50_000; depth += 1) any = [any];
  expect((await find({ any })).data).toEqual({ find: 'found' });
});
