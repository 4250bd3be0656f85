import { expect, test } from 'vitest';
import { judgeRun, type JudgedSlice } from './judge-run.pure.ts';

function slice(change: Partial<JudgedSlice>): JudgedSlice {
  return {
    stream: 'ad_daily',
    source: 'live',
    account_id: '',
    account_name: '',
    first_day: '2024-01-01',
    last_day: '2024-01-31',
    state: 'SUCCEEDED',
    rows_accepted: 10,
    rows_rejected: 0,
    reason: null,
    notes: [],
    ...change,
  };
}

test('all well is a success, also when there was nothing to do', () => {
  expect(judgeRun([slice({}), slice({})])).toEqual({ state: 'SUCCEEDED', reasons: [], notes: [] });
  expect(judgeRun([]).state).toBe('SUCCEEDED');
});

test('a failed slice beside good ones is partial and names itself', () => {
  expect(
    judgeRun([slice({}), slice({ state: 'FAILED', rows_accepted: 0, reason: 'the platform is down' })]),
  ).toMatchObject({
    state: 'PARTIAL',
    reasons: ['ad_daily 2024-01-01 to 2024-01-31: the platform is down'],
  });
});

test('refused rows beside good ones are partial, alone they are a failure', () => {
  expect(judgeRun([slice({ rows_rejected: 1 })])).toMatchObject({ state: 'PARTIAL', reasons: ['1 row was refused.'] });
  expect(judgeRun([slice({ rows_accepted: 0, rows_rejected: 2000 })])).toMatchObject({
    state: 'FAILED',
    reasons: ['2,000 rows were refused.'],
  });
});

test('when every slice fails, so does the run', () => {
  expect(judgeRun([slice({ state: 'FAILED', rows_accepted: 0 })]).state).toBe('FAILED');
  expect(judgeRun([slice({ state: 'FAILED', rows_accepted: 5 })]).state).toBe('PARTIAL');
});

test('a cancelled slice makes a cancelled run', () => {
  expect(judgeRun([slice({}), slice({ state: 'CANCELLED' })]).state).toBe('CANCELLED');
});

test('what went wrong alike for an account is said once, with its name', () => {
  const forbidden = {
    state: 'FAILED',
    rows_accepted: 0,
    account_id: '7',
    account_name: 'North',
    reason: 'closed',
  } as const;
  const { reasons } = judgeRun([slice({}), slice(forbidden), slice({ ...forbidden, stream: 'campaigns' })]);
  expect(reasons).toEqual(['North (7), ad_daily 2024-01-01 to 2024-01-31, campaigns 2024-01-01 to 2024-01-31: closed']);
});
