import { expect, test } from 'vitest';
import { recommendationsOf, stateOf, type ReportedCheck } from './report.pure.ts';

function check(change: Partial<ReportedCheck>): ReportedCheck {
  return {
    connection_name: 'Shop',
    part: 'CONNECTION',
    name: 'authentication',
    state: 'PASSED',
    message: 'Let in.',
    hint: null,
    ...change,
  };
}

test('the worst check decides', () => {
  expect(stateOf([])).toBe('PASSED');
  expect(stateOf([check({}), check({ state: 'SKIPPED' })])).toBe('PASSED');
  expect(stateOf([check({ state: 'WARNING' })])).toBe('WARNING');
  expect(stateOf([check({ state: 'WARNING' }), check({ state: 'FAILED' })])).toBe('FAILED');
});

test('one cause is one recommendation, failures first', () => {
  const hint = 'Connect it again.';
  const checks = [
    check({ state: 'WARNING', message: 'Two days behind.' }),
    check({ state: 'FAILED', connection_name: 'Ads', hint }),
    check({ state: 'FAILED', connection_name: 'Mail', hint }),
  ];
  expect(recommendationsOf(checks)).toEqual(['Ads, Mail: Connect it again.', 'Shop: Two days behind.']);
});
