import { describe, expect, test } from 'vitest';
import css from '../styles.css?raw';
import { contrast } from './contrast.ts';

test('black on white is 21, a colour on itself 1 (WCAG 2.2)', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
  expect(contrast('#1f5fd6', '#1f5fd6')).toBe(1);
});

/** The tokens of a theme as they stand in the style sheet. */
function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const block = css.match(new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*--bg[^}]*)\\}`))![1]!;
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

const surfaces = ['bg', 'panel', 'raised', 'sunken', 'hover'];
const soft = ['ok', 'info', 'warn', 'error', 'accent'];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const colours = tokens(theme);
  const between = (one: string, two: string) => contrast(colours.get(one)!, colours.get(two)!);

  test.each(['ink', 'ink-2'])('%s is readable on every surface (4.5:1)', (ink) => {
    for (const surface of surfaces) expect(between(ink, surface), surface).toBeGreaterThanOrEqual(4.5);
  });

  test.each(soft)('%s is readable on its own tint and on panels (4.5:1)', (tone) => {
    expect(between(tone, `${tone}-soft`)).toBeGreaterThanOrEqual(4.5);
    expect(between(tone, 'panel')).toBeGreaterThanOrEqual(4.5);
  });

  test('text on the accent is readable (4.5:1)', () => {
    expect(between('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
    expect(between('on-accent', 'accent-hover')).toBeGreaterThanOrEqual(4.5);
  });

  test('every series stands out from a panel (3:1)', () => {
    for (let slot = 1; slot <= 8; slot++)
      expect(between(`series-${slot}`, 'panel'), `series-${slot}`).toBeGreaterThanOrEqual(3);
  });
});
