import { describe, expect, it } from 'vitest';
import { newId } from '@liftos/core/ids.ts';
import { testPrincipal } from '@liftos/core/testing/runtime.ts';
import { bearerOfLink, linkHolds, signLink } from './export-link.ts';

const now = new Date('2026-11-21T12:00:00Z');
const target = { exportId: newId(), file: 'records.csv', key: 'key of the export' };
const principal = testPrincipal(newId());
const token = signLink(target, principal, now);
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('a link', () => {
  it('opens its file for ten minutes, in the name of who made it and with no more than reading', () => {
    expect(linkHolds(token, target, after(9.99))).toBe(true);
    expect(linkHolds(token, target, after(10))).toBe(false);
    const { organizationId, id, name, kind } = principal;
    expect(bearerOfLink(token)).toEqual({ organizationId, id, name, kind, scopes: ['data:read'] });
  });

  it.each([
    ['another file', { ...target, file: 'journeys.csv' }],
    ['another export', { ...target, exportId: newId() }],
    ['another key', { ...target, key: 'key of another' }],
  ])('does not open %s', (_, other) => {
    expect(linkHolds(token, other, now)).toBe(false);
  });

  it('cannot be changed', () => {
    const claims = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as object;
    const later = Buffer.from(JSON.stringify({ ...claims, expires: 9e15 })).toString('base64url');
    expect(linkHolds(`${later}.${token.split('.')[1]}`, target, now)).toBe(false);
    for (const text of ['', '.', 'null', 'bnVsbA.x', `${token}.x`, token.slice(0, -1), `${token}x`]) {
      expect(linkHolds(text, target, now)).toBe(false);
    }
    for (const text of ['', '.', '{}', 'bnVsbA.', 'e30.x']) expect(bearerOfLink(text)).toBeUndefined();
  });
});
