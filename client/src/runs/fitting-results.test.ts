import { describe, expect, it } from 'vitest';
import { type CalibratedModel, fittingResults } from './fitting-results.ts';

type Result = Parameters<typeof fittingResults>[0][number];

const result: Result = { id: 'own', region: null, kpi: 'REVENUE', basis: 'BOOKED', conclusion: '', sourceKinds: [] };
const all: Result[] = [
  result,
  { ...result, id: 'orders', kpi: 'CONVERSIONS' },
  { ...result, id: 'claimed', basis: 'CLAIMED' },
  { ...result, id: 'north', region: 'north' },
  { ...result, id: 'generated', sourceKinds: ['mock'] },
];
const model: CalibratedModel = { kpi: 'REVENUE', basis: 'BOOKED', regional: false, mock: false };

function offered(changed: Partial<CalibratedModel> = {}, chosen: string[] = []): string[] {
  return fittingResults(all, { ...model, ...changed }, chosen).map(({ id }) => id);
}

describe('results of experiments for a model', () => {
  it('are those of its KPI, basis and kind of data; those of one region go to models of regions', () => {
    expect(offered()).toEqual(['own']);
    expect(offered({ regional: true })).toEqual(['own', 'north']);
    expect(offered({ kpi: 'CONVERSIONS' })).toEqual(['orders']);
    expect(offered({ mock: true })).toEqual(['generated']);
  });

  it('stay in sight once chosen, so that they can be let go', () => {
    expect(offered({ basis: 'PAID' }, ['claimed'])).toEqual(['claimed']);
  });
});
