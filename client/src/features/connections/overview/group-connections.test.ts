import { expect, test } from 'vitest';
import { type Row, daysBehind, filterRows, groupByTier, needsAttention } from './group-connections.ts';

const row = (id: string, tier: number | null, change: Partial<Row> = {}): Row => ({
  id,
  name: `Connection ${id}`,
  mode: 'LIVE',
  lastResult: 'SUCCEEDED',
  activity: 'IDLE',
  lastSyncAt: null,
  schedule: '0 4 * * *',
  nextRuns: [],
  authState: 'OK',
  authMessage: null,
  timeZone: 'UTC',
  health: { level: 'HEALTHY', score: 100, problems: [] },
  platform: { id: `platform${tier}`, name: `Platform ${tier}`, tier },
  coverage: null,
  ...change,
});

test('platforms stand by tier, what has none comes last', () => {
  const groups = groupByTier([row('a', null), row('b', 2), row('c', 0)], [], true);
  expect(groups.map(({ tier }) => tier)).toEqual([0, 2, null]);
});

test('a platform that nobody connected is shown only when asked for', () => {
  const platforms = [{ id: 'x', name: 'X', tier: 1 }];
  expect(groupByTier([], platforms, true)[0]!.platforms[0]).toMatchObject({ id: 'x', rows: [] });
  expect(groupByTier([], platforms, false)).toEqual([]);
});

test('refused access needs attention even after a sync that succeeded', () => {
  const broken = row('a', 0, { authState: 'BROKEN' });
  expect(needsAttention(broken)).toBe(true);
  expect(filterRows([broken, row('b', 0)], ['healthy'], '').map(({ id }) => id)).toEqual(['b']);
});

test('every word of a search must occur', () => {
  expect(filterRows([row('a', 0), row('b', 1)], [], 'platform 1').map(({ id }) => id)).toEqual(['b']);
});

test('data of today is no day behind', () => {
  expect(daysBehind('2026-11-21', '2026-11-21')).toBe(0);
  expect(daysBehind('2026-11-18', '2026-11-21')).toBe(3);
  expect(daysBehind(null, '2026-11-21')).toBeNull();
});
