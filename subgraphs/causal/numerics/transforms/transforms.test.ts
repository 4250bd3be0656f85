import { describe, expect, it } from 'vitest';
import { expectClose, expectNear } from '../testing/expect-near.ts';
import { readExpected } from '../testing/read-table.ts';
import { carryOver, carryOverWeights, halfLife, robynWeibull, type CarryOver } from './carry-over.pure.ts';
import { marginalResponse, saturate, type Saturation } from './saturation.pure.ts';

type Vectors = Record<string, number[]> & { tolerance_rel: number };
interface Published {
  input: number[];
  robyn: Vectors & { geometric_inflation: number; hill_inflexion: number };
  meridian: {
    raw_decay_weights_lag4_to_0: Record<string, number[]>;
    window5_media: number[][];
    alpha: number[];
    last_output_geometric: number[];
    last_output_binomial: number[];
    tolerance_rel: number;
  };
  definitions: Vectors;
}
const published = readExpected<Published>('causal/transforms/expected.json');

describe.skipIf(!published)('published transforms (skipped without golden data)', () => {
  const { robyn, meridian, definitions, input } = published ?? ({ input: [] as number[] } as Published);
  const x = Float64Array.from(input);
  const shares = x.map((value) => value / Math.max(...x));

  it('of Robyn: recursive, and Weibull in both forms', () => {
    const tolerance = robyn.tolerance_rel;
    const recursive = carryOver(x, { kind: 'RECURSIVE', decay: 0.4 });
    expectClose(recursive, robyn['geometric_theta_0.4']!, tolerance);
    const sums = [recursive, x].map((values) => values.reduce((sum, value) => sum + value, 0));
    expectClose([sums[0]! / sums[1]!], [robyn.geometric_inflation], tolerance);
    for (const [name, kind, shape, place] of [
      ['weibull_cdf_shape2_scale0.25', 'WEIBULL_CDF', 2, 0.25],
      ['weibull_pdf_shape2_scale0.25', 'WEIBULL_PDF', 2, 0.25],
      ['weibull_cdf_shape0.5_scale0.1', 'WEIBULL_CDF', 0.5, 0.1],
    ] as const) {
      expectClose(carryOver(x, robynWeibull(kind, { shape, place, periods: 20 })), robyn[name]!, tolerance);
    }
    for (const form of ['cdf', 'pdf'] as const) {
      const kind = form === 'cdf' ? 'WEIBULL_CDF' : 'WEIBULL_PDF';
      const weights = carryOverWeights(robynWeibull(kind, { shape: 2, place: 0.25, periods: 20 }), 20);
      expectClose(weights, robyn[`weibull_${form}_weights`]!, tolerance);
    }
  });

  it('of Robyn: Hill on top of carry-over', () => {
    const exposure = carryOver(x, { kind: 'RECURSIVE', decay: 0.4 });
    const most = Math.max(...exposure);
    expectClose([0.5 * most], [robyn.hill_inflexion], robyn.tolerance_rel);
    const first = saturate(exposure, { kind: 'HILL', slope: 2, half: 0.5 * most });
    expectClose(first, robyn['hill_of_geometric_alpha2_gamma0.5']!, robyn.tolerance_rel);
    const second = saturate(exposure, { kind: 'HILL', slope: 0.8, half: 0.3 * most });
    expectClose(second, robyn['hill_of_geometric_alpha0.8_gamma0.3']!, robyn.tolerance_rel);
  });

  it('of Meridian: raw weights and the last output of a window', () => {
    for (const [name, weights] of Object.entries(meridian.raw_decay_weights_lag4_to_0)) {
      const [form, value] = name.split('_') as [string, string];
      const decay = value === '2over3' ? 2 / 3 : Number(value);
      const kind = form === 'binomial' ? 'BINOMIAL' : 'GEOMETRIC';
      const actual = carryOverWeights({ kind, decay, window: 5, normalised: false }, 5);
      expectNear(actual.toReversed(), weights, 1e-12);
    }
    for (const kind of ['GEOMETRIC', 'BINOMIAL'] as const) {
      const outputs = meridian.alpha.map((decay, channel) => {
        const media = Float64Array.from(meridian.window5_media, (row) => row[channel]!);
        return carryOver(media, { kind, decay, window: 5, normalised: true }).at(-1)!;
      });
      const expected = kind === 'GEOMETRIC' ? meridian.last_output_geometric : meridian.last_output_binomial;
      expectClose(outputs, expected, meridian.tolerance_rel);
    }
  });

  it('by definition', () => {
    const tolerance = definitions.tolerance_rel;
    const geometric: CarryOver = { kind: 'GEOMETRIC', decay: 0.4, window: 9, normalised: true };
    const carried = carryOver(x, geometric);
    expectClose(carried, definitions['geometric_normalised_alpha0.4_window9']!, tolerance);
    expectClose(
      carryOver(x, { kind: 'BINOMIAL', decay: 0.4, window: 9, normalised: true }),
      definitions['binomial_normalised_alpha0.4_window9']!,
      tolerance,
    );
    expectClose(
      carryOver(x, { kind: 'DELAYED', decay: 0.5, peak: 2, window: 12, normalised: true }),
      definitions['delayed_normalised_alpha0.5_theta2_lmax12']!,
      tolerance,
    );
    const most = Math.max(...carried);
    const scaled = carried.map((value) => value / most);
    const curves: [string, Float64Array, Saturation][] = [
      ['hill_ec0.8_slope1_on_adstock_over_max', scaled, { kind: 'HILL', slope: 1, half: 0.8 }],
      ['logistic_lam3_on_x_over_max', shares, { kind: 'LOGISTIC', rate: 3 }],
      ['tanh_b1_c0.5_on_x_over_max', shares, { kind: 'TANH', top: 1, cost: 0.5 }],
      ['michaelis_menten_alpha1_lam0.3', shares, { kind: 'MICHAELIS_MENTEN', top: 1, half: 0.3 }],
    ];
    for (const [name, exposure, form] of curves) expectClose(saturate(exposure, form), definitions[name]!, tolerance);
  });
});

describe('carry-over', () => {
  it('adds up to one when normalised and keeps no effect of nothing', () => {
    const forms: CarryOver[] = [
      { kind: 'WEIBULL_CDF', shape: 2, scale: 3, window: 13, normalised: true },
      { kind: 'WEIBULL_PDF', shape: 2, scale: 3, window: 12, normalised: true },
      { kind: 'DELAYED', decay: 0.7, peak: 3, window: 12, normalised: true },
    ];
    for (const form of forms) {
      expectClose([carryOverWeights(form, 50).reduce((sum, weight) => sum + weight, 0)], [1], 1e-12);
      expect(carryOver(new Float64Array(5), form)).toEqual(new Float64Array(5));
    }
    expect(carryOver(Float64Array.of(3, 1), { kind: 'NONE' })).toEqual(Float64Array.of(3, 1));
  });

  it('has come to one half after its half-life', () => {
    expect(halfLife(carryOverWeights({ kind: 'RECURSIVE', decay: 0.5 }, 60))).toBeCloseTo(1, 9);
    expect(halfLife(Float64Array.of(1, 1, 1, 1))).toBe(2);
    expect(halfLife(Float64Array.of(1))).toBe(0.5);
  });

  it('refuses parameters outside their range', () => {
    const x = Float64Array.of(1, 2);
    expect(() => carryOver(x, { kind: 'RECURSIVE', decay: 1 })).toThrow(/decay cannot be 1/);
    expect(() => carryOver(x, { kind: 'GEOMETRIC', decay: 0.5, window: 0, normalised: true })).toThrow(/window/);
    expect(() => carryOver(x, { kind: 'WEIBULL_PDF', shape: -1, scale: 1, window: 3, normalised: true })).toThrow(
      /shape/,
    );
    expect(() => robynWeibull('WEIBULL_CDF', { shape: 1, place: 2, periods: 9 })).toThrow(/place/);
    expect(robynWeibull('WEIBULL_CDF', { shape: 0, place: 0.1, periods: 9 })).toEqual({ kind: 'NONE' });
  });
});

describe('saturation', () => {
  const forms: Saturation[] = [
    { kind: 'HILL', slope: 1.7, half: 0.4 },
    { kind: 'HILL', slope: 1, half: 0.4 },
    { kind: 'LOGISTIC', rate: 2 },
    { kind: 'TANH', top: 2, cost: 0.3 },
    { kind: 'MICHAELIS_MENTEN', top: 3, half: 0.7 },
    { kind: 'ROOT', power: 0.6 },
  ];

  it('has the marginal response of its slope', () => {
    for (const form of forms) {
      for (const x of [0.01, 0.4, 3]) {
        const step = 1e-6 * x;
        const [low, high] = saturate(Float64Array.of(x - step, x + step), form);
        expectClose([marginalResponse(x, form)], [(high! - low!) / (2 * step)], 1e-6);
      }
    }
    expect(marginalResponse(0, forms[0]!)).toBe(0);
    expect(marginalResponse(0, forms[1]!)).toBe(2.5);
    expect(marginalResponse(0, { kind: 'HILL', slope: 0.5, half: 1 })).toBe(Infinity);
  });

  it('begins at nothing, works in place and holds for the largest numbers', () => {
    for (const form of forms) {
      const x = Float64Array.of(0, 1);
      expect(saturate(x, form, x)[0]).toBe(0);
    }
    expect(saturate(Float64Array.of(1e300), forms[0]!)[0]).toBe(1);
  });

  it('refuses negative exposure and parameters', () => {
    expect(() => saturate(Float64Array.of(1, -1), forms[0]!)).toThrow(/row 2 is -1/);
    expect(() => saturate(Float64Array.of(NaN), forms[0]!)).toThrow(expect.objectContaining({ kind: 'OUT_OF_RANGE' }));
    expect(() => saturate(Float64Array.of(1), { kind: 'ROOT', power: 0 })).toThrow(/power of a ROOT curve/);
  });
});
