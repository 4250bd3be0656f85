import { expect, test } from 'vitest';
import { regionOf } from './region.pure.ts';

test.each([
  ['US', 'CA', 'US-CA'],
  ['us', ' ca ', 'US-CA'],
  ['DE', 'DE-BY', 'DE-BY'],
  ['JP', '13', 'JP-13'],
  ['DE', 'Bayern', 'DE'],
  ['FR', '', 'FR'],
  ['FR', null, 'FR'],
  ['', 'CA', null],
  [null, 'CA', null],
  ['Germany', null, null],
])('the market of country %j and province %j is %j', (country, province, expected) =>
  expect(regionOf(country, province)).toBe(expected),
);
