import { describe, expect, it } from 'vitest';
import { calibrationInput } from './calibration-form.ts';

const typed = {
  channel: ' Search ',
  region: '',
  method: 'conversion lift',
  currency: 'eur',
  from: '2026-05-04',
  to: '2026-05-31',
  kpi: 'CONVERSIONS',
  basis: 'BOOKED',
  spend: '900',
  spendChange: '-450',
  kpiChange: '-7.5',
  standardError: '2',
};

function fields(changed: Partial<typeof typed> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...typed, ...changed })) data.set(name, value);
  return data;
}

describe('the form of a calibration', () => {
  it('says whose figures were counted, in which currency, and by how much they moved', () => {
    expect(calibrationInput(fields())).toEqual({
      ...typed,
      channel: 'Search',
      region: null,
      currency: 'EUR',
      spend: 900,
      spendChange: -450,
      kpiChange: -7.5,
      standardError: 2,
    });
  });

  it('names the region where there is one', () => {
    expect(calibrationInput(fields({ region: ' Bavaria ' })).region).toBe('Bavaria');
  });
});
