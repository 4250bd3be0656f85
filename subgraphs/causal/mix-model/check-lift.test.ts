import { describe, expect, it } from 'vitest';
import { checkCurrencies, liftWarnings } from './check-lift.pure.ts';
import type { MixData } from './mix-data.pure.ts';
import type { LiftRow } from './mix-settings.pure.ts';

const row: LiftRow = { channel: 'search', spend: 100, spendChange: -100, kpiChange: -2, standardError: 1 };
const twoRegions: MixData = {
  dates: ['2023-01-02', '2023-01-09', '2023-01-16', '2023-01-23'],
  geos: ['north', 'south'],
  kpi: new Float64Array(8),
  // The last period is not learned from; in the second nothing was spent.
  channels: [{ name: 'search', spend: Float64Array.of(80, 0, 120, 900, 40, 0, 60, 900) }],
  controls: [],
  events: [],
};

function warnings(changed: Partial<LiftRow>): string[] {
  return liftWarnings([{ ...row, ...changed }], { data: twoRegions, currency: 'EUR' }, 3, 'WEEK');
}

describe('results of experiments', () => {
  it('are refused in another currency than the records, and taken where none is said', () => {
    expect(() => checkCurrencies([row, { ...row, currency: 'EUR' }], 'EUR')).not.toThrow();
    expect(() => checkCurrencies([{ ...row, currency: 'USD', method: 'geo test' }], 'EUR')).toThrow(
      /^The experiment on search \(geo test\) is in USD, the records of this model are in EUR\./,
    );
  });

  it('are taken without a word within the spend that was seen, a fifth more or less', () => {
    for (const spend of [120, 180, 215, 101]) expect(warnings({ spend })).toEqual([]);
    expect(warnings({ geo: 'south', spend: 70 })).toEqual([]);
  });

  it('are warned of above the highest spend that was learned from', () => {
    expect(warnings({ spend: 200, spendChange: 1100 })).toEqual([
      'The experiment on search was measured at up to 1,300 EUR a week; the model has seen 180 EUR a week at most. How it bears on lower spend is a guess of the curve.',
    ]);
    expect(warnings({ geo: 'south', spend: 100 })[0]).toMatch(/^The experiment on search in south .* seen 60 EUR/);
  });

  it('are warned of below the least spend, which those of a few regions are that were not scaled up', () => {
    expect(warnings({ spend: 30, spendChange: -30 })).toEqual([
      'The experiment on search was measured at 30 EUR a week at most; the model has seen 120 EUR a week or more wherever there was any. If it is about some of the people only, scale spend, changes and error up to all of them.',
    ]);
  });

  it('of channels that are not there are left to the check of the data', () => {
    expect(warnings({ channel: 'tv' })).toEqual([]);
  });
});
