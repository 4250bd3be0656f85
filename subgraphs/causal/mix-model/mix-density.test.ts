import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { MixDensity } from './mix-density.pure.ts';
import { startOf } from './mix-layout.pure.ts';
import { defaultMixSettings, type MixSettings } from './mix-settings.pure.ts';
import { prepareMix } from './prepare-mix.pure.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';

const three = ['a', 'b', 'c'].map((name) => ({ name, decay: 0.4, rate: 2, strength: 30 }));
const half = { kind: 'logNormal', meanLog: -0.7, sdLog: 0.7 } as const;
const shape = { kind: 'logNormal', meanLog: 0.3, sdLog: 0.5 } as const;
const settings: MixSettings = {
  ...defaultMixSettings,
  trend: { kind: 'piecewise', knots: 2 },
  channels: {
    a: {
      carryOver: { kind: 'weibullPdf', window: 6, shape, scale: shape },
      saturation: { kind: 'hill', half, slope: shape },
      effect: { kind: 'roi', prior: { kind: 'logNormal', meanLog: 0.2, sdLog: 0.9 } },
    },
    b: {
      carryOver: { kind: 'weibullCdf', window: 6, shape, scale: shape },
      saturation: { kind: 'michaelisMenten', half },
    },
  },
  lift: [
    { channel: 'a', spend: 80, spendChange: 40, kpiChange: 5, standardError: 2 },
    { channel: 'c', spend: 100, spendChange: -50, kpiChange: -4, standardError: 3 },
  ],
};

/** The largest difference between the gradient and central differences, relative to its length. */
function gradientError(density: MixDensity, seed: number): number {
  const random = stream(seed);
  const position = startOf(density.layout).map((value) => value + 0.6 * random.normal());
  const [gradient, spare] = [new Float64Array(density.dimension), new Float64Array(density.dimension)];
  density.evaluate(position, gradient);
  const length = Math.max(1, Math.hypot(...gradient));
  return Math.max(
    ...gradient.map((slope, index) => {
      const at = (step: number): number =>
        density.evaluate(
          position.map((value, other) => (other === index ? value + step : value)),
          spare,
        );
      return Math.abs((at(1e-5) - at(-1e-5)) / 2e-5 - slope) / length;
    }),
  );
}

describe('MixDensity', () => {
  it.each([1, 2, 3, 4])('has the gradient of its value, with every curve and lift rows (start %i)', (seed) => {
    const { data } = simulateMix(seed, 60, three);
    expect(gradientError(new MixDensity(prepareMix(data, settings)), seed)).toBeLessThan(1e-6);
  });

  it.each([1, 2])('has the gradient of its value with regions of different size (start %i)', (seed) => {
    const { data } = simulateMix(seed, 40, three, { geos: 3 });
    const regions: MixSettings = { ...settings, lift: [...settings.lift, { ...settings.lift[0]!, geo: 'region 2' }] };
    const mix = prepareMix({ ...data, populations: Float64Array.of(1, 2, 5) }, regions);
    expect(gradientError(new MixDensity(mix), seed)).toBeLessThan(1e-6);
  });

  it('does not see periods held out', () => {
    const { data } = simulateMix(5, 60, three);
    const changed = { ...data, kpi: data.kpi.map((value, row) => (row < 50 ? value : 2 * value)) };
    const [first, second] = [data, changed].map((each) => new MixDensity(prepareMix(each, settings, 50)));
    const position = startOf(first!.layout);
    const gradient = new Float64Array(first!.dimension);
    expect(first!.evaluate(position, gradient)).toBe(second!.evaluate(position, gradient));
  });
});
