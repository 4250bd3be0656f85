import { describe, expect, test } from 'vitest';
import { dayIn, planSlices } from './plan-slices.pure.ts';

const cursor = { lookbackDays: 3, windowDays: 10 };

describe('planSlices', () => {
  test('a first sync reads from the first day to yesterday in windows', () => {
    expect(planSlices([{ name: 's', cursor, readUntil: null }], '2024-02-20', '2024-03-12')).toEqual([
      { stream: 's', from: '2024-02-20', to: '2024-02-29' },
      { stream: 's', from: '2024-03-01', to: '2024-03-10' },
      { stream: 's', from: '2024-03-11', to: '2024-03-11' },
    ]);
  });

  test('a later sync reads the last days again', () => {
    expect(planSlices([{ name: 's', cursor, readUntil: '2024-03-10' }], '2024-01-01', '2024-03-12')).toEqual([
      { stream: 's', from: '2024-03-08', to: '2024-03-11' },
    ]);
  });

  test('never reads before the first day', () => {
    expect(planSlices([{ name: 's', cursor, readUntil: '2024-03-02' }], '2024-03-01', '2024-03-04')[0]?.from).toBe(
      '2024-03-01',
    );
  });

  test('there is nothing to do on the first day', () => {
    expect(planSlices([{ name: 's', cursor, readUntil: null }], '2024-03-01', '2024-03-01')).toEqual([]);
  });
});

test('the day depends on the zone', () => {
  const instant = new Date('2024-03-31T22:30:00Z');
  expect(dayIn(instant, 'Europe/Berlin')).toBe('2024-04-01');
  expect(dayIn(instant, 'America/New_York')).toBe('2024-03-31');
});
