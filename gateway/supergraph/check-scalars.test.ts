import { expect, test } from 'vitest';
import { scalars } from '@liftos/core/graphql/scalars.ts';
import type { Answer } from '../sources/data-source.ts';
import { makeFixture } from '../testing/fixture.ts';
import { runOperation } from '../testing/run-operation.ts';
import { buildSupergraph } from './supergraph.ts';

const fixture = makeFixture({
  days: {
    typeDefs: `scalar Date scalar DateTime input Range { from: Date! to: Date = "2026-12-31" }
      type Query { days(range: Range!): String! at(time: DateTime): String! }`,
    resolvers: {
      ...scalars,
      Query: {
        days: (_: unknown, { range }: { range: { from: string; to: string } }) => `${range.from} to ${range.to}`,
        at: (_: unknown, { time }: { time: Date }) => time.toISOString(),
      },
    },
  },
});
const supergraph = buildSupergraph(fixture.supergraph);
const ask = (text: string, variables?: Record<string, unknown>): Promise<Answer> =>
  runOperation(supergraph, fixture.sources, text, variables);

test('days and times reach their subgraph as they were written', async () => {
  expect(await ask('{ days(range: { from: "2026-02-28" }) at(time: "2026-01-01T01:00:00+01:00") }')).toEqual({
    data: { days: '2026-02-28 to 2026-12-31', at: '2026-01-01T00:00:00.000Z' },
  });
  expect(await ask('query ($range: Range!) { days(range: $range) }', { range: { from: '2026-02-28' } })).toEqual({
    data: { days: '2026-02-28 to 2026-12-31' },
  });
});

test('what is no day is refused with its place, written out or in a variable', async () => {
  expect(await ask('{ days(range: { from: "2026-02-30" }) }')).toMatchObject({
    errors: [
      {
        message: 'Expected value of type "Date!", found "2026-02-30"; A date is written YYYY-MM-DD.',
        locations: [{ line: 1, column: 23 }],
      },
    ],
  });
  expect(await ask('query ($range: Range!) { days(range: $range) }', { range: { from: '1.2.2026' } })).toMatchObject({
    errors: [
      {
        message:
          'Variable "$range" got invalid value "1.2.2026" at "range.from"; Expected type "Date". A date is written YYYY-MM-DD.',
      },
    ],
  });
  expect((await ask('{ at(time: 5) }')).errors).toHaveLength(1);
});
