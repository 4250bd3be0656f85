import { expect, test } from 'vitest';
import { nextRuns } from './schedule.pure.ts';

test('runs keep their hour over the change to summer time', () => {
  const runs = nextRuns('0 6 * * *', 'Europe/Berlin', new Date('2024-03-30T00:00:00Z'), 3);
  expect(runs.map((run) => run.toISOString())).toEqual([
    '2024-03-30T05:00:00.000Z',
    '2024-03-31T04:00:00.000Z',
    '2024-04-01T04:00:00.000Z',
  ]);
});

test('nonsense and expressions with seconds are refused', () => {
  expect(() => nextRuns('every day', 'UTC', new Date(0), 1)).toThrow();
  expect(() => nextRuns('* * * * * *', 'UTC', new Date(0), 1)).toThrow();
});
