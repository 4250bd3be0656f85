import { expect, test } from 'vitest';
import { readStates } from './job-states.ts';

test('states are read in their fixed order, unknown ones are left out', () => {
  expect(readStates('failed.QUEUED.nonsense')).toEqual(['QUEUED', 'FAILED']);
  expect(readStates(undefined)).toEqual([]);
});
