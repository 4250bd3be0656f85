import { buildSchema, Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { checkLimits, compileCost, defaultLimits, fragmentsOf } from './limits.pure.ts';

const schema = buildSchema(`
  type Query { jobs(first: Int = 50): Page!  all: [Job!]!  one: Job }
  type Page { edges: [Edge!]!  total: Int! }
  type Edge { node: Job! }
  type Job { id: ID!  log(first: Int): [Line!]!  parent: Job }
  type Line { text: String }
`);

function read(text: string): [OperationDefinitionNode, Map<string, FragmentDefinitionNode>] {
  const { definitions } = parse(text);
  return [definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!, fragmentsOf(definitions)];
}

const cost = (text: string, variables: Record<string, unknown> = {}): number =>
  compileCost(schema, ...read(text))(variables);

describe('cost', () => {
  test.each([
    ['{ one { id } }', 2],
    ['{ all { id } }', 11],
    ['{ jobs(first: 3) { total edges { node { id } } } }', 1 + 3 * (1 + 1 + (1 + 1))],
    ['{ jobs { edges { node { id } } } }', 1 + 50 * 3],
    ['{ jobs(first: 2) { edges { node { log(first: 5) { text } } } } }', 1 + 2 * (1 + 1 + 1 + 5)],
    ['{ ...F ...F } fragment F on Query { one { id } }', 4],
  ])('of %s is %i', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  test('follows the variable that says how long a list is, its default and nonsense', () => {
    const text = 'query($n: Int) { jobs(first: $n) { edges { node { id } } } }';
    expect(cost(text, { n: 1000 })).toBe(3001);
    expect(cost(text)).toBe(151);
    expect(cost(text, { n: -5 })).toBe(4);
  });
});

describe('limits', () => {
  test.each([
    ['depth', '{ one { parent { parent { id } } } }', { depth: 3 }],
    ['fields', '{ ...A ...A } fragment A on Query { ...B ...B } fragment B on Query { one { id } }', { fields: 7 }],
    ['aliases', '{ a: one { id } b: one { id } }', { aliases: 1 }],
    ['directives', '{ one @skip(if: false) @include(if: true) { id } }', { directives: 1 }],
    ['root fields', '{ one { id } two: one { id } }', { rootFields: 1 }],
    ['repeats', '{ one { id id ... on Job { id } } }', { repeats: 1 }],
    ['repeats', 'query A { one { id } } query B { one { id id } }', { repeats: 0 }],
    ['fields', '{ one { id } } fragment Unused on Job { id parent { id } }', { fields: 2 }],
    ['definitions', 'query A { one { id } } query B { one { id } }', { definitions: 1 }],
  ])('of %s are kept', (name, text, limits) => {
    expect(() => checkLimits(parse(text), { ...defaultLimits, ...limits })).toThrow(`(${name})`);
    expect(() => checkLimits(parse(text), defaultLimits)).not.toThrow();
  });
});
