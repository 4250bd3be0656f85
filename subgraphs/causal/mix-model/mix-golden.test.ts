import { describe, expect, it } from 'vitest';
import { readExpected, readTable } from '../numerics/testing/read-table.ts';
import { defaultMixSampler, fitMixModel } from './fit-mix-model.pure.ts';
import { intervalOf, type Interval } from './interval.pure.ts';
import type { MixData } from './mix-data.pure.ts';
import { defaultMixSettings } from './mix-settings.pure.ts';
import { prepareMix } from './prepare-mix.pure.ts';
import { summariseMix } from './summarise-mix.pure.ts';

const table = readTable('causal/pymc_mmm_example/mmm_example.csv');
interface Expected {
  truth: { alpha: Record<string, number> };
  true_share_of_y: Record<string, number>;
  true_return_per_unit_spend: Record<string, number>;
  tolerance_for_an_implementation: {
    share_of_y_abs: number;
    alpha_abs: number;
    return_per_unit_rel: number;
    r2_min: number;
  };
}
const expected = readExpected<Expected>('causal/pymc_mmm_example/expected.json');

function exampleData(columns: Record<string, Float64Array>): MixData {
  const named = (name: string) => ({ name, values: columns[name]! });
  const dates = Array.from(columns.y!, (_, week) =>
    new Date(Date.UTC(2018, 3, 2 + 7 * week)).toISOString().slice(0, 10),
  );
  return {
    dates,
    geos: ['national'],
    kpi: columns.y!,
    channels: ['x1', 'x2'].map((name) => ({ name, spend: columns[name]! })),
    controls: [],
    events: [named('event_1'), named('event_2')],
  };
}

describe.skipIf(!table || !expected)('mix model on the PyMC-Marketing example (golden)', () => {
  const fitExample = () => {
    const settings = { ...defaultMixSettings, trend: { kind: 'piecewise', knots: 2 } } as const;
    return fitMixModel(prepareMix(exampleData(table!), settings), { ...defaultMixSampler, warmup: 500, draws: 500 });
  };

  it('recovers shares, returns and carry-over within the tolerance of the reference, with truth in the intervals', () => {
    const fit = fitExample();
    const summary = summariseMix(fit);
    const tolerance = expected!.tolerance_for_an_implementation;
    summary.channels.forEach(({ name, shareOfKpi, roi }, index) => {
      const share = expected!.true_share_of_y[name]!;
      expect(Math.abs(shareOfKpi.mean - share)).toBeLessThan(tolerance.share_of_y_abs);
      expectInside(shareOfKpi, share);
      const returned = expected!.true_return_per_unit_spend[name]!;
      expect(Math.abs(roi.mean / returned - 1)).toBeLessThan(tolerance.return_per_unit_rel);
      const place = fit.layout.channels[index]!.carryOver;
      const rates = Float64Array.from(
        { length: fit.draws },
        (_, draw) => fit.values[draw * fit.layout.dimension + place]!,
      );
      const rate = expected!.truth.alpha[name]!;
      expect(Math.abs(intervalOf(rates).mean - rate)).toBeLessThan(tolerance.alpha_abs);
      expectInside(intervalOf(rates), rate);
    });
    expect(Math.max(...fit.convergence.map(({ rHat }) => rHat))).toBeLessThan(1.01);
    expect(fit.sampler.divergences).toBe(0);
    expect(summary.negativeBaseline).toBe(0);
    const y = table!.y!;
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    const predicted = y.map((_, week) => summary.series.reduce((sum, series) => sum + series.mean[week]!, 0));
    const left = y.reduce((sum, value, week) => sum + (value - predicted[week]!) ** 2, 0);
    expect(1 - left / y.reduce((sum, value) => sum + (value - mean) ** 2, 0)).toBeGreaterThan(tolerance.r2_min);
  }, 30_000);
});

function expectInside({ low, high }: Interval, truth: number): void {
  expect(low).toBeLessThan(truth);
  expect(high).toBeGreaterThan(truth);
}
