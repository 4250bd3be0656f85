import { describe, expect, it } from 'vitest';
import { selectTouches } from './select-touches.pure.ts';
import { buildJourneys } from './testing/build-journeys.pure.ts';

function namesOf(path: readonly string[], ages: readonly number[], windowDays: number | null): string[] {
  const { journeys } = selectTouches(buildJourneys([{ path, ages }]), windowDays);
  return [...journeys.touches].map((unit) => journeys.units[unit]!);
}

describe('selectTouches', () => {
  it('keeps a touch exactly as old as the window and drops an older one', () => {
    expect(namesOf(['a', 'b', 'c'], [7.001, 7, 0], 7)).toEqual(['b', 'c']);
  });

  it('puts touches in order of time and keeps the order of equal times', () => {
    expect(namesOf(['a', 'b', 'c', 'd'], [1, 3, 3, 0], null)).toEqual(['b', 'c', 'a', 'd']);
  });

  it('drops touches after the conversion', () => {
    expect(namesOf(['a', 'b'], [1, -0.5], null)).toEqual(['a']);
  });

  it('keeps journeys without times only when there is no window', () => {
    const journeys = buildJourneys([{ path: ['a', 'b'] }, { path: ['a'], ages: [2] }]);
    expect(selectTouches(journeys, null).journeys.touches).toHaveLength(3);
    const windowed = selectTouches(journeys, 7);
    expect(windowed.journeys.touches).toHaveLength(1);
    expect(windowed).toMatchObject({ untimedJourneys: 1, unattributedConversions: 1 });
  });
});
