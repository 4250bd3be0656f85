import { describe, expect, it } from 'vitest';
import { attributeJourneys, type Attribution } from './attribute-journeys.pure.ts';
import type { Journeys } from './journey-frame.pure.ts';
import { completeSettings, type AttributionInput, type AttributionSettings } from './settings.pure.ts';
import { buildJourneys } from './testing/build-journeys.pure.ts';
import { generateJourneys } from './testing/generate-journeys.pure.ts';
import { readPathData } from './testing/read-golden.ts';

function attribute(journeys: Journeys, input: AttributionInput = {}): Extract<Attribution, { kind: 'computed' }> {
  const outcome = attributeJourneys(journeys, completeSettings(input) as AttributionSettings);
  if (outcome.kind === 'unavailable') throw new Error(outcome.reason);
  return outcome;
}

function reasonOf(journeys: Journeys, input: AttributionInput = {}): string {
  const outcome = attributeJourneys(journeys, completeSettings(input) as AttributionSettings);
  return outcome.kind === 'unavailable' ? outcome.reason : '';
}

describe('attributeJourneys', () => {
  const journeys = generateJourneys(5000);

  it('runs all seven models and shares out what is attributed', () => {
    const { results, summary } = attribute(journeys, { windowDays: 1 });
    expect(results).toHaveLength(7);
    for (const result of results) {
      expect(result.conversions).toBeCloseTo(summary.conversions - summary.unattributed, 8);
      expect(result.credits.reduce((sum, credit) => sum + credit.share, 0)).toBeCloseTo(1, 10);
      expect(result.assumptions.length).toBeGreaterThan(1);
    }
  });

  it('lists credits with the largest first, and removal effects for Markov only', () => {
    const { results } = attribute(journeys, { models: ['MARKOV', 'LINEAR'] });
    expect(results.map(({ model }) => model)).toEqual(['LINEAR', 'MARKOV']);
    for (const { model, credits } of results) {
      expect(
        credits.every((credit, index) => index === 0 || credit.conversions <= credits[index - 1]!.conversions),
      ).toBe(true);
      expect(credits.every(({ removalEffect }) => (removalEffect !== null) === (model === 'MARKOV'))).toBe(true);
    }
  });

  it('compares every pair of models once', () => {
    const { agreement } = attribute(journeys);
    expect(agreement).toHaveLength(21);
    expect(new Set(agreement.map(({ a, b }) => `${a} ${b}`)).size).toBe(21);
  });

  it('reports progress that grows to 1', () => {
    const fractions: number[] = [];
    attributeJourneys(journeys, completeSettings({}) as AttributionSettings, (fraction) => fractions.push(fraction));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('says why a window cannot be applied to journeys without times', () => {
    expect(reasonOf(buildJourneys([{ path: ['a', 'b'] }]), { windowDays: 7 })).toMatch(/no times/);
  });

  it('says why journeys without conversions, and no journeys, have no answer', () => {
    expect(reasonOf(buildJourneys([{ path: ['a'], conversions: 0, nulls: 3 }]))).toMatch(/converted/);
    expect(reasonOf(buildJourneys([]))).toMatch(/no journeys/);
    expect(reasonOf(buildJourneys([{ path: [] }]))).toMatch(/touch/);
  });

  it('counts distinct paths after repeats are dropped', () => {
    const { summary } = attribute(buildJourneys([{ path: ['a', 'a', 'b'] }, { path: ['a', 'b'] }, { path: ['b'] }]));
    expect(summary.paths).toBe(2);
  });

  it('warns of a single channel, few conversions and missing journeys without conversion', () => {
    const { warnings } = attribute(buildJourneys([{ path: ['a'], ages: [1] }]));
    expect(warnings).toHaveLength(3);
  });

  it.skipIf(!readPathData())('runs all seven models on paths without times and says what time decay assumes', () => {
    const { results, warnings } = attribute(readPathData()!);
    expect(results).toHaveLength(7);
    expect(results.find(({ model }) => model === 'TIME_DECAY')!.assumptions.join(' ')).toMatch(/one day per touch/);
    expect(warnings.join(' ')).toMatch(/no times/);
  });
});

describe('completeSettings', () => {
  it.each<[string, AttributionInput]>([
    ['models', { models: [] }],
    ['windowDays', { windowDays: 8 }],
    ['markovOrder', { markovOrder: 4 }],
    ['halfLifeDays', { halfLifeDays: 0 }],
    ['halfLifeDays', { halfLifeDays: Number.NaN }],
    ['to', { from: '2026-02-01', to: '2026-01-31' }],
    ['connectionIds', { connectionIds: [] }],
  ])('names %s when it cannot be used', (field, input) => {
    expect(completeSettings(input)).toMatchObject({ field });
  });

  it('treats null like absence', () => {
    expect(completeSettings({ markovOrder: null, mock: null })).toEqual(completeSettings({}));
  });
});
