import { describe, expect, it } from 'vitest';
import { zeros } from '../numerics/linear/matrix.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { readExpected } from '../numerics/testing/read-table.ts';
import { evaluateLift } from '../synthetic-control/evaluate-synthetic-control.pure.ts';
import { conformalTest } from '../synthetic-control/conformal.pure.ts';
import { fitSyntheticControl } from '../synthetic-control/fit-weights.pure.ts';
import { studyOf, type Panel } from '../synthetic-control/panel.pure.ts';
import { readPanel } from '../synthetic-control/testing/read-panel.ts';
import { candidateMarkets } from './candidate-markets.pure.ts';
import { evaluateGeoTest } from './evaluate-geo-test.pure.ts';
import { disjointDesigns, selectMarkets } from './select-markets.pure.ts';
import { simulateSet, windowOf } from './simulate-design.pure.ts';

interface Row {
  locations: string[];
  duration: number;
  effect: number;
  att: number;
  estimated_lift: number;
  scaled_l2: number;
  investment: number;
  share_of_total: number;
  lift_at_zero_effect: number;
  l2?: number;
}
interface Expected {
  market_selection: { rows: Row[]; tolerance: Record<string, number> };
}
const expected = readExpected<Expected>('causal/geolift/expected.json');
const columns = { unit: 'location', period: 'date', value: 'Y' };
const history = readPanel('causal/geolift/GeoLift_PreTest.csv.gz', columns);
const tested = readPanel('causal/geolift/GeoLift_Test.csv.gz', columns);
const kind = (name: string): unknown => expect.objectContaining({ kind: name });

/** Markets of one country with their own size, share in a common season and noise. */
function makeHistory({ markets = 16, days = 120, seed = 1, noise = 0.03 } = {}): Panel {
  const random = stream(seed);
  const outcomes = zeros(days, markets);
  let level = 0;
  const common = Array.from(
    { length: days },
    (_, day) => (level += 0.01 * random.normal()) + 0.1 * Math.sin(day / 1.114),
  );
  for (let market = 0; market < markets; market++) {
    const [size, response] = [100 * Math.exp(random.normal()), 0.5 + random.uniform()];
    for (let day = 0; day < days; day++) {
      outcomes.data[market * days + day] = size * Math.exp(response * common[day]! + noise * random.normal());
    }
  }
  return {
    units: Array.from({ length: markets }, (_, market) => `m${market}`),
    periods: Array.from({ length: days }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)),
    outcomes,
  };
}

describe.skipIf(!expected || !history || !tested)(
  'market selection in forty cities (skipped without golden data)',
  () => {
    it('has the published five rows', () => {
      const { rows, tolerance } = expected!.market_selection;
      const near = (actual: number, value: number, name: string): void =>
        expect(Math.abs(actual - value), `${name} ${actual} against ${value}`).toBeLessThanOrEqual(
          tolerance[name] ?? 0.01,
        );
      for (const row of rows) {
        const options = { durations: [row.duration], effects: [row.effect], windows: 1, costPerIncremental: 7.5 };
        const design = selectMarkets(history!, [row.locations], options)[0]!;
        const [found] = design.effects;
        near(found!.estimate, row.att, 'att');
        near(found!.lift, row.estimated_lift, 'estimated_lift');
        near(found!.investment, row.investment, 'investment');
        near(design.scaledL2, row.scaled_l2, 'scaled_l2');
        near(design.share, row.share_of_total, 'share_of_total');
        near(design.liftAtZero, row.lift_at_zero_effect, 'lift_at_zero_effect');
        if (row.l2 !== undefined) near(design.l2, row.l2, 'l2');
      }
    });

    it('offers the published sets as candidates, each once', () => {
      const sets = candidateMarkets(history!, { sizes: [2, 3, 4] });
      const names = sets.map((set) =>
        set
          .map((unit) => history!.units[unit]!)
          .toSorted()
          .join(),
      );
      expect(new Set(names).size).toBe(names.length);
      for (const { locations } of expected!.market_selection.rows) expect(names).toContain(locations.toSorted().join());
    });

    it('finds in the test what evaluation by synthetic control finds', () => {
      const test = {
        start: tested!.periods[90]!,
        cells: [{ name: 'a', markets: ['chicago', 'portland'], spend: 50_000 }],
      };
      const [result] = evaluateGeoTest(tested!, test, { method: 'PLAIN' });
      expect(result!.lift.incremental).toBeCloseTo(4666.67, 1);
      expect(result!.incremental!.estimate).toBe(result!.lift.incremental);
      expect(result!.perSpend!.estimate).toBeCloseTo(4666.67 / 50_000, 4);
      expect(result!.standardError).toBeGreaterThan(0);
      expect(result!.conclusion).toMatch(/Per unit of spend that is 0\.0933/);
    });
  },
);

describe('simulation of designs', () => {
  it('is the estimate and test of the evaluation, effect by effect', () => {
    const panel = makeHistory();
    const [treated, effect, days] = [[2, 5], 0.08, 100];
    const controls = panel.units.map((_, unit) => unit).filter((unit) => !treated.includes(unit));
    const rules = { statistic: 'AVERAGE', scheme: { kind: 'SHIFTS' } } as const;
    const setting = simulateSet(windowOf(panel.outcomes, days, 14), { treated, controls }, [0, effect], rules);
    const data = panel.outcomes.data.slice();
    for (const unit of treated) for (let day = days - 14; day < days; day++) data[unit * 120 + day]! *= 1 + effect;
    const study = studyOf(
      { ...panel, outcomes: { ...panel.outcomes, data } },
      {
        units: treated.map((unit) => panel.units[unit]!),
        start: panel.periods[days - 14]!,
        end: panel.periods[days - 1]!,
      },
    );
    const fit = fitSyntheticControl(study, { fixedEffects: true });
    const mean = fit.gaps.subarray(study.pre).reduce((sum, gap) => sum + gap, 0) / 14;
    expect(setting.trials[1]!.effect).toBeCloseTo(mean, 6);
    const estimate = (own: typeof study): typeof fit => fitSyntheticControl(own, { fixedEffects: true });
    const { pValue } = conformalTest(study, estimate, 0, rules);
    expect(setting.trials[1]!.pValue).toBeCloseTo(pValue, 9);
  });

  it('keeps its promise at zero effect over many windows, and gains power with the effect', () => {
    const designs = [1, 2, 3].flatMap((seed) =>
      selectMarkets(
        makeHistory({ seed }),
        { sizes: [3] },
        { durations: [14], effects: [0.01, 0.03, 0.2], windows: 30 },
      ),
    );
    const rate = designs.reduce((sum, own) => sum + own.falsePositiveRate, 0) / designs.length;
    expect(rate).toBeLessThan(0.17);
    for (const { effects, falsePositiveError } of designs) {
      expect(effects[2]!.power).toBeGreaterThanOrEqual(effects[0]!.power);
      expect(falsePositiveError).toBeGreaterThan(0);
    }
    expect(designs.filter(({ detectable }) => detectable !== null).length).toBeGreaterThan(designs.length / 2);
  });

  it('plans holdouts by negative effects, in the limits of share and budget', () => {
    const panel = makeHistory();
    const options = { durations: [14], effects: [-0.2, -0.1], windows: 10, costPerIncremental: 2 };
    const all = selectMarkets(panel, { sizes: [1, 2] }, options);
    expect(all[0]!.effects.map(({ effect }) => effect)).toEqual([-0.1, -0.2]);
    expect(all[0]!.effects[0]!.investment).toBeLessThan(0);
    const few = selectMarkets(panel, { sizes: [1, 2] }, { ...options, share: { from: 0, to: 0.1 }, budget: 200 });
    expect(few.length).toBeLessThan(all.length);
    for (const { share, investment } of few) {
      expect(share).toBeLessThanOrEqual(0.1);
      expect(Math.abs(investment ?? 0)).toBeLessThanOrEqual(200);
    }
  });

  it('picks cells that share no market, and evaluates each without the others', () => {
    const panel = makeHistory();
    const designs = selectMarkets(panel, { sizes: [2] }, { durations: [14], effects: [0.2], windows: 10 });
    const cells = disjointDesigns(designs, 2);
    const markets = cells.map((cell) => cell.markets);
    expect(new Set(markets.flat()).size).toBe(4);
    const start = panel.periods[106]!;
    const data = panel.outcomes.data.slice();
    for (const market of markets[0]!) {
      for (let day = 106; day < 120; day++) data[panel.units.indexOf(market) * 120 + day]! *= 1.4;
    }
    const results = evaluateGeoTest(
      { ...panel, outcomes: { ...panel.outcomes, data } },
      { start, cells: markets.map((own, index) => ({ name: `cell ${index + 1}`, markets: own, spend: 0 })) },
    );
    for (const [index, { lift, perSpend, adjustedPValue }] of results.entries()) {
      expect(lift.study.controls).not.toContain(markets[1 - index]![0]);
      expect(perSpend).toBeNull();
      expect(adjustedPValue).toBeGreaterThanOrEqual(lift.averageEffect.pValue);
    }
    expect(results[0]!.lift.relative).toBeGreaterThan(0.3);
    expect(results[1]!.lift.relative).toBeLessThan(0.1);
    expect(() => disjointDesigns(designs.slice(0, 1), 2)).toThrow(kind('TOO_FEW'));
  });

  it('says how far it is, and stops when told', () => {
    const seen: number[] = [];
    const options = { durations: [14, 21], effects: [0.1], windows: 2 };
    const sets = [['m1', 'm2'], ['m3']];
    selectMarkets(makeHistory(), sets, { ...options, progress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
    const stop = (): never => {
      throw new Error('cancelled');
    };
    expect(() => selectMarkets(makeHistory(), sets, { ...options, progress: stop })).toThrow('cancelled');
  });

  it('repeats itself', () => {
    const run = (): unknown =>
      selectMarkets(makeHistory(), { sizes: [2] }, { durations: [14], effects: [0.1], windows: 5 });
    expect(run()).toEqual(run());
  });

  it('refuses what history cannot answer', () => {
    const panel = makeHistory({ markets: 6, days: 60 });
    const rules = { sizes: [2] };
    expect(() => selectMarkets(panel, rules, { durations: [21] })).toThrow(/needs 82 periods of history; there are 60/);
    expect(() => selectMarkets(panel, rules, { durations: [10], effects: [0.1, -0.1] })).toThrow(kind('OUT_OF_RANGE'));
    expect(() => selectMarkets(panel, { sizes: [5] }, { durations: [10] })).toThrow(/two must stay as controls/);
    expect(() => selectMarkets(panel, [['m1', 'nowhere']], { durations: [10] })).toThrow(/nowhere is not in the data/);
    expect(() => selectMarkets(panel, rules, { durations: [10], share: { from: 0.99, to: 1 } })).toThrow(
      /keeps the rules/,
    );
    expect(() => candidateMarkets(panel, { sizes: [2], include: ['m1'], exclude: ['m1'] })).toThrow(/both included/);
    const twice = [
      { name: 'a', markets: ['m1'], spend: 1 },
      { name: 'b', markets: ['m1'], spend: 1 },
    ];
    expect(() => evaluateGeoTest(panel, { start: panel.periods[40]!, cells: twice })).toThrow(/m1 is in two cells/);
    expect(() => evaluateLift(panel, { units: ['m1'], start: '2030-01-01' })).toThrow(/lies outside the data/);
  });
});
