import { describe, expect, it } from 'vitest';
import { leastSquares } from '../numerics/linear/least-squares.pure.ts';
import { columnOf, fromColumns } from '../numerics/linear/matrix.pure.ts';
import { expectClose } from '../numerics/testing/expect-near.ts';
import { defaultRanges, drawCandidate, exploreMixes, fitCandidate, prepareExploration } from './explore-mixes.pure.ts';
import { defaultMixSettings } from './mix-settings.pure.ts';
import { paretoFront } from './pareto-front.pure.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';

const { data, contributions } = simulateMix(2, 156, [
  { name: 'search', decay: 0.3, rate: 3, strength: 60 },
  { name: 'social', decay: 0.6, rate: 3, strength: 40 },
  { name: 'useless', decay: 0, rate: 1, strength: 0 },
]);

describe('fitCandidate', () => {
  it('is ridge regression on the columns, up to rounding', () => {
    const exploration = prepareExploration(data, defaultMixSettings, false);
    const candidate = { ...drawCandidate(3, defaultRanges, 1, 0), penalty: 0.01 };
    const { error } = fitCandidate(exploration, candidate);
    // Ridge as least squares with a row of its own per column.
    const { columns, kpi, kpiRange } = exploration;
    const count = columns.columns;
    const stretched = Array.from({ length: count }, (_, column) => {
      const tail = new Float64Array(count);
      tail[column] = Math.sqrt(0.01 * kpi.length);
      return Float64Array.of(...columnOf(columns, column), ...tail);
    });
    const { coefficients } = leastSquares(fromColumns(stretched), Float64Array.of(...kpi, ...new Float64Array(count)));
    const squares = kpi.reduce((sum, value, row) => {
      let rest = value;
      for (let column = 0; column < count; column++) rest -= coefficients[column]! * columnOf(columns, column)[row]!;
      return sum + rest * rest;
    }, 0);
    expectClose([error], [Math.sqrt(squares / kpi.length) / kpiRange], 1e-10);
  });

  it('lets no channel take away when it must not', () => {
    const fits = (nonNegative: boolean) =>
      exploreMixes(prepareExploration(data, defaultMixSettings, nonNegative), defaultRanges, {
        seed: 1,
        from: 0,
        to: 200,
      });
    const negative = ({ contributions }: { contributions: Float64Array }): boolean =>
      contributions.some((one) => one < 0);
    expect(fits(false).some(negative)).toBe(true);
    expect(fits(true).some(negative)).toBe(false);
  });

  it('gives the same fits however the numbers are shared out', () => {
    const explore = (from: number, to: number) =>
      exploreMixes(prepareExploration(data, defaultMixSettings), defaultRanges, { seed: 3, from, to });
    expect([...explore(0, 7), ...explore(7, 30)]).toEqual(explore(0, 30));
  });
});

describe('paretoFront', () => {
  const lift = [{ channel: 'search', spend: 100, spendChange: 40, kpiChange: 4, standardError: 1 }];
  const exploration = prepareExploration(data, { ...defaultMixSettings, lift });
  const fits = exploreMixes(exploration, { ...defaultRanges, logPenalty: [-5, -1] }, { seed: 1, from: 0, to: 2000 });
  const front = paretoFront(fits);

  it('holds exactly the candidates that no other beats', () => {
    const beats = (a: (typeof fits)[number], b: (typeof fits)[number]): boolean =>
      a.error <= b.error &&
      a.distance <= b.distance &&
      a.liftError <= b.liftError &&
      (a.error < b.error || a.distance < b.distance || a.liftError < b.liftError);
    const expected = fits.filter((candidate) => !fits.some((other) => beats(other, candidate)));
    expect(new Set(front)).toEqual(new Set(expected));
    expect(front.length).toBeGreaterThan(3);
  });

  it('begins with the best fit, near the truth of the simulation', () => {
    const [best] = front;
    expect(best!.error).toBe(Math.min(...fits.map(({ error }) => error)));
    expect(Math.abs(best!.contributions[0]! / contributions[0]! - 1)).toBeLessThan(0.35);
    expect(best!.contributions[2]!).toBeLessThan(0.2 * best!.contributions[0]!);
  });
});
