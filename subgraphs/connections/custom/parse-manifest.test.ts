import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest/parse-manifest.pure.ts';
import { wrongPattern } from './manifest/pattern.pure.ts';
import { documentedConnector } from './testing/read-documentation.ts';

const sample = documentedConnector();

/** Mistakes as `line:column message`. */
function mistakes(text: string): string[] {
  const parsed = parseManifest(text);
  return 'errors' in parsed ? parsed.errors.map(({ line, column, message }) => `${line}:${column} ${message}`) : [];
}

/** The place of a part of a text as `line:column`. */
function placeOf(text: string, part: string): string {
  const lines = text.slice(0, text.indexOf(part)).split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}

/** Mistakes after a change, and the place of what stands there then. */
function after(from: string, to: string, marked = to): { found: string[]; place: string } {
  if (!sample.includes(from)) throw new Error(`The documented connector has no ${from}.`);
  const text = sample.replace(from, () => to);
  return { found: mistakes(text), place: placeOf(text, marked) };
}

describe('one mistake is told once, at its place', () => {
  it.each([
    ['an unknown key', 'base_url:', 'base_ur:', 'base_ur', 'There is no key base_ur here (did you mean base_url?).'],
    ['a key in a mapping', 'impressions:', 'impresions:', 'impresions', '(did you mean impressions?)'],
    ['a filter', 'row.cost | minor', 'row.cost | minnor', 'minnor', 'There is no filter minnor (did you mean minor?).'],
    ['a name', "'{{ row.views }}'", "'{{ rwo.views }}'", 'rwo', 'There is no name rwo here (did you mean row?)'],
    [
      'a part of a name',
      '{{ slice.from }}',
      '{{ slice.form }}',
      'slice.form',
      'There is no slice.form (did you mean from?)',
    ],
    [
      'a setting',
      'settings.segment',
      'settings.segmnt',
      'settings.segmnt',
      'There is no settings.segmnt (did you mean segment?)',
    ],
    [
      'money without a unit',
      "'{{ row.cost | minor }}'",
      "'{{ row.cost }}'",
      '{{ row.cost }}',
      'Money ends with a filter',
    ],
    [
      'a sum of money without a unit',
      'spend: body.cost | minor',
      'spend: body.cost',
      'body.cost\n',
      'Money ends with a filter',
    ],
    [
      'a path that breaks off',
      'rows: body.data\n  id',
      'rows: body..data\n  id',
      '.data',
      'Expected a name after the dot.',
    ],
    ['braces that stay open', "'{{ row.title }}'", "'{{ row.title'", '{{ row.title', '{{ is never closed with }}.'],
    ['braces without quotes', "'{{ row.title }}'", '{{ row.title }}', '{{ row.title', 'put quotes around {{ … }}'],
    ['a class', 'class: rate_limit', 'class: ratelimit', 'ratelimit', '(did you mean rate_limit?)'],
    ['a kind of item', 'kind: refund', 'kind: rfund', 'rfund', 'rfund is no kind of item'],
    ['a way of paging', 'type: link_header', 'type: link_headers', 'link_headers', '(did you mean link_header?)'],
    [
      'an address without https',
      'https://api.acmeads.com/v2',
      'http://api.acmeads.com/v2',
      'http://api',
      'begins with https://',
    ],
    [
      'a host that is not allowed',
      '[api.acmeads.com]',
      '[api.acme.com]',
      'https://api',
      'api.acmeads.com is not in hosts',
    ],
    ['a private host', '[api.acmeads.com]', '[api.acmeads.com, 10.0.0.1]', '10.0.0.1', 'A host is a public name'],
    [
      'a name on the own machine',
      '[api.acmeads.com]',
      '[api.acmeads.com, db.internal]',
      'db.internal',
      'not on the public internet',
    ],
    [
      'a secret in an address',
      '{{ account.id }}/stats\n',
      '{{ secrets.token }}/stats\n',
      'secrets.token',
      'Secrets stand only in',
    ],
    ['a page that is always the first', ', parameter: page,', ',', '{ type: page', 'Every page would be the first'],
    [
      'a key that is not in the schema',
      'key: [day, ad.id]',
      'key: [date, ad.id]',
      'date, ad.id',
      'date is not in schema',
    ],
    [
      'item without each',
      'key: order/{{ row.number }}',
      'key: order/{{ item.number }}',
      'kind: order',
      'item is a member',
    ],
    [
      'a name that is taken',
      'name: orders',
      'name: campaigns',
      'campaigns\n    title: Orders',
      'already a stream called campaigns',
    ],
    ['a type', 'cost: integer', 'cost: money', 'money\n', 'A type is text, number'],
    ['an expensive pattern', "'[a-z]+'", "'(a+)+'", "'(a+)+'", 'too expensive'],
    [
      'a header',
      'base_url: https',
      'headers: { Host: x.com }\nbase_url: https',
      'x.com',
      'The header Host cannot be set.',
    ],
    [
      'a report that is not there',
      '{{ account.id }}/stats\n',
      '{{ report.id }}/stats\n',
      'path: /advertisers/{{ report',
      'no report in this stream',
    ],
    ['a zone', "time_zone: '{{ row.timezone }}'", 'time_zone: Mars/Base', 'Mars/Base', 'There is no such time zone'],
    ['text instead of a number', 'concurrency: 2', 'concurrency: two', 'two', 'Expected a number, not a text.'],
    ['a constant without quotes', 'row.access == "none"', 'row.access == none', 'none\n', 'There is no name none here'],
    ['an argument too many', '| name_of: "campaign"', '| name_of: "campaign", 2', 'name_of', 'takes 1 argument'],
  ])('%s', (_, from, to, marked, message) => {
    const { found, place } = after(from, to, marked);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
    expect(found[0]!.split(' ')[0]).toBe(place);
  });
});

it('what is missing is named at what it is missing in', () => {
  expect(mistakes('liftos: 1\nplatform: { name: X }\n').map((text) => text.replace(/^[\d:]+ /, ''))).toEqual([
    'base_url is missing.',
    'hosts is missing.',
    'auth is missing.',
    'accounts is missing.',
    'streams is missing.',
    'summary is missing in platform.',
  ]);
});

it('windows that would all read the same are told', () => {
  const text = sample.replaceAll(/'\{\{ slice\.(?:since|until) \| iso \}\}'/g, 'x');
  expect(mistakes(text)).toEqual([expect.stringContaining('Every window would read the same')]);
});

it('many mistakes are told at once, in the order of the text', () => {
  const text = sample
    .replace('| minor', '| mnior')
    .replace('base_url:', 'base_ur:')
    .replace('kind: refund', 'kind: rfund');
  const found = mistakes(text);
  expect(found.length).toBeGreaterThanOrEqual(3);
  expect(found).toEqual(found.toSorted((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10)));
});

describe('texts that are no connector', () => {
  it.each([
    ['nothing', ''],
    ['a list', '- 1'],
    ['broken YAML', 'a: [1, 2\nb: }'],
    ['a key twice', 'liftos: 1\nliftos: 1'],
    ['a tag', 'liftos: !!js/function x'],
    ['a merge', 'a: &a { b: 1 }\n<<: *a'],
    ['deep nesting', '['.repeat(50_000)],
    ['names of prototypes', '__proto__: { streams: [] }\nconstructor: 1'],
    ['too long', `liftos: 1 # ${'x'.repeat(300_000)}`],
    ['a bomb of aliases', ['a: &a [x, x]', ...bomb(20)].join('\n')],
  ])('%s', (_, text) => {
    const begin = performance.now();
    const parsed = parseManifest(text);
    expect('errors' in parsed && parsed.errors.length).toBeGreaterThan(0);
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});

function bomb(levels: number): string[] {
  const names = Array.from({ length: levels }, (_, index) => String.fromCodePoint(98 + index));
  return names.map((name, index) => `${name}: &${name} [${'*'.concat(index === 0 ? 'a' : names[index - 1]!)}, *a, *a]`);
}

it('any prefix and any cut of a connector is answered and never throws', () => {
  for (let length = 0; length < sample.length; length += 97) {
    parseManifest(sample.slice(0, length));
    parseManifest(sample.slice(0, length) + sample.slice(length + 61));
  }
});

it('patterns that can take long are refused, and usual ones are not', () => {
  const usual = [
    '[a-z]+',
    String.raw`\d{6,12}`,
    '[a-z0-9-]+(?:\\.[a-z]+)?',
    '(?:eu|us|ap)-\\d',
    String.raw`[^/]+\.myshop\.com`,
  ];
  expect(usual.map(wrongPattern)).toEqual(usual.map(() => null));
  const costly = [
    '(a+)+',
    '(a|a)*b',
    '(?:a*)*',
    String.raw`(a)\1`,
    '(?=a)b',
    'a*a*a*a*b',
    '((a{1,9}){1,9}){1,9}',
    '(',
    'x'.repeat(201),
  ];
  expect(costly.map((pattern) => wrongPattern(pattern) !== null)).toEqual(costly.map(() => true));
});
