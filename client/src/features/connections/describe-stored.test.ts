import { expect, test } from 'vitest';
import { describeStored } from './describe-stored.ts';

test('contacts alone are data', () => {
  expect(describeStored({ records: 0, items: 1_200, journeys: 0 })).toBe('1,200 items');
});

test('nothing stored has no words', () => {
  expect(describeStored({ records: 0, items: 0, journeys: 0 })).toBe('');
  expect(describeStored(null)).toBe('');
});

test('each kind is named once', () => {
  expect(describeStored({ records: 1, items: 2, journeys: 3 })).toBe('1 record · 2 items · 3 journeys');
});
