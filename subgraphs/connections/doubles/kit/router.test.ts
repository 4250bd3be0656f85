import { expect, test } from 'vitest';
import { hostMatcher, pathMatcher } from './router.pure.ts';

test('patterns catch parts of paths and hosts, and nothing across a slash or a dot', () => {
  expect(pathMatcher('/v{version}/act_{id}/ads')('/v26.0/act_12/ads')).toEqual({ version: '26.0', id: '12' });
  expect(pathMatcher('/a/{id}')('/a/b/c')).toBeNull();
  expect(pathMatcher('/a.b')('/aXb')).toBeNull();
  expect(pathMatcher('/{a}')('/%E2%82%AC')).toEqual({ a: '€' });
  expect(hostMatcher('{shop}.example.org')('one.example.org')).toEqual({ shop: 'one' });
  expect(hostMatcher('{shop}.example.org')('a.b.example.org')).toBeNull();
});
