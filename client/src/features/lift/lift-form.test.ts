import { describe, expect, it } from 'vitest';
import { initialMethod, readRecords, toMethod, toRecords, writeRecords } from './lift-form.ts';

const extent = { firstDate: '2025-01-01', lastDate: '2026-06-30', hasRegions: true, onlyMock: false };

describe('the form of an evaluation of records', () => {
  it('begins with the last four weeks of the data against half a year', () => {
    expect(readRecords(() => undefined, extent)).toMatchObject({
      kpi: 'REVENUE',
      unit: 'REGION',
      from: '2026-01-02',
      to: '2026-06-30',
      start: '2026-06-03',
      treated: [],
      mock: false,
    });
    expect(readRecords(() => undefined, { ...extent, hasRegions: false }).unit).toBe('CHANNEL');
  });

  it('takes generated records where there are no others, unless the address says otherwise', () => {
    const generated = { ...extent, onlyMock: true };
    expect(readRecords(() => undefined, generated).mock).toBe(true);
    const address = writeRecords({ mock: false });
    expect(readRecords((name) => address[name] ?? undefined, generated).mock).toBe(false);
  });

  it('is what the address says', () => {
    const address = writeRecords({ kpi: 'CONVERSIONS', treated: ['DE-BY', 'a|b'], mock: true, end: '' });
    expect(address).toEqual({ kpi: 'conversions', treated: 'DE-BY|a|b', source: 'mock', end: null });
    const form = readRecords((name) => address[name] ?? undefined, extent);
    expect(form).toMatchObject({ kpi: 'CONVERSIONS', mock: true });
    expect(toRecords(form)).toMatchObject({ controls: null, end: null, currency: null, mock: true });
  });

  it('sends only the settings of the chosen method', () => {
    expect(toMethod({ ...initialMethod, spendChange: '-12.5' })).toEqual({
      method: 'SYNTHETIC_CONTROL',
      level: 0.9,
      name: null,
      spendChange: -12.5,
      syntheticControl: { variant: 'RIDGE', fixedEffects: true, permutations: 'SHIFTS' },
    });
    expect(toMethod({ ...initialMethod, method: 'CAUSAL_IMPACT' })).not.toHaveProperty('syntheticControl');
    expect(toMethod({ ...initialMethod, method: 'DIFFERENCE_IN_DIFFERENCES', notYetTreated: true })).toMatchObject({
      differences: { aggregation: 'GROUP', controlGroup: 'NOT_YET_TREATED' },
    });
  });
});
