import { expect, test } from 'vitest';
import { appRows } from './app-rows.ts';

test('only platforms that are logged in at need an application', () => {
  const method = (kind: 'OAUTH2' | 'KEY', ready: boolean) => ({ id: kind, kind, redirectUrl: 'https://x/cb', ready });
  const rows = appRows({
    oauthApps: [{ platform: 'b', clientId: '7', updatedAt: '2026-11-21T00:00:00Z' }],
    platforms: [
      { id: 'a', name: 'A', live: { methods: [method('KEY', true)] } },
      { id: 'b', name: 'B', live: { methods: [method('KEY', true), method('OAUTH2', false)] } },
      { id: 'c', name: 'C', live: null },
    ],
  });
  expect(rows.map(({ id, ready, app }) => [id, ready, app?.clientId])).toEqual([['b', false, '7']]);
});
