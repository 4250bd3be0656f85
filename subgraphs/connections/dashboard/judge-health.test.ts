import { expect, test } from 'vitest';
import { judgeHealth, type HealthFigures } from './judge-health.pure.ts';

function health(change: Partial<HealthFigures>) {
  return judgeHealth({
    authState: 'OK',
    authMessage: null,
    lastResult: 'SUCCEEDED',
    slices: 100,
    failedSlices: 0,
    rowsRead: 1000,
    rowsRejected: 0,
    days: 60,
    completeDays: 60,
    lastError: null,
    lastErrorAt: null,
    lastSuccessAt: new Date(0),
    readTo: '2026-11-20',
    daysBehind: 1,
    hasSchedule: true,
    ...change,
  });
}

test('a source that brings everything is healthy and has nothing to say', () => {
  expect(health({})).toMatchObject({ level: 'HEALTHY', score: 100, problems: [] });
});

test('the worst of its sides decides', () => {
  expect(health({ completeDays: 30 })).toMatchObject({ level: 'DEGRADED', score: 50, completeness: 0.5 });
  expect(health({ rowsRejected: 100 })).toMatchObject({ level: 'DEGRADED', score: 90 });
});

test('being late costs points only where a schedule promised more', () => {
  expect(health({ daysBehind: 6 })).toMatchObject({ level: 'DEGRADED', score: 80 });
  expect(health({ daysBehind: 6, hasSchedule: false })).toMatchObject({ level: 'HEALTHY', score: 100 });
});

test('a platform that does not let us in is a failure, whatever came before', () => {
  const broken = health({ authState: 'BROKEN', authMessage: 'Log in again.' });
  expect(broken.level).toBe('FAILING');
  expect(broken.problems[0]).toBe('Log in again.');
});

test('nothing is known before the first sync', () => {
  const nothing = { slices: 0, rowsRead: 0, days: 0, completeDays: 0, readTo: null, daysBehind: null } as const;
  expect(health({ lastResult: 'NEVER', ...nothing })).toMatchObject({ level: 'UNKNOWN', score: null });
});
