import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { expectClose, expectNear } from '../numerics/testing/expect-near.ts';
import { readExpected, readTable } from '../numerics/testing/read-table.ts';
import { aggregateEffects, type Aggregation } from './aggregate.pure.ts';
import { eventStudy, twoWayFixedEffects } from './event-study.pure.ts';
import { simultaneousBands } from './multiplier-bands.pure.ts';
import { buildPanel, type Panel, type PanelRows } from './panel.pure.ts';
import { clusteredCovariance } from './covariance.pure.ts';
import { regress } from './regression.pure.ts';
import { staggeredEffects } from './staggered.pure.ts';

const counties = readTable('causal/mpdta/mpdta.csv.gz');
interface Published {
  att_gt: Record<string, number>;
  att_gt_se_analytic_no_bootstrap: Record<string, number>;
  event_study: Record<string, number>;
  event_study_overall: number;
  event_study_overall_se_readme: number;
  group: Record<string, number>;
  group_overall: number;
  group_overall_se_readme: number;
  calendar: Record<string, number>;
  calendar_overall: number;
  simple: number;
  twfe: number;
  tolerance: number;
}
const published = readExpected<Published>('causal/mpdta/expected.json');

function countyPanel(): Panel {
  const { countyreal, year, lemp, 'first.treat': start } = counties!;
  return buildPanel({ unit: countyreal!, period: year!, outcome: lemp!, firstTreated: start! });
}

describe.skipIf(!counties)('teen employment by county (skipped without golden data)', () => {
  const panel = counties ? countyPanel() : null!;
  const expected = published!;

  it('has the published effects by group and period and their standard errors', () => {
    const { effects, warnings } = staggeredEffects(panel);
    const actual = new Map(effects.map((effect) => [`${effect.group},${effect.period}`, effect]));
    const keys = Object.keys(expected.att_gt);
    expect([...actual.keys()].sort()).toEqual(keys.sort());
    expectNear(
      keys.map((key) => actual.get(key)!.estimate),
      keys.map((key) => expected.att_gt[key]!),
      expected.tolerance,
    );
    for (const [key, error] of Object.entries(expected.att_gt_se_analytic_no_bootstrap)) {
      expectNear([actual.get(key)!.standardError], [error], 6e-5);
    }
    expect(warnings).toEqual([]);
  });

  it('has the published averages', () => {
    const result = staggeredEffects(panel);
    for (const [by, values, overall] of [
      ['EVENT', expected.event_study, expected.event_study_overall],
      ['GROUP', expected.group, expected.group_overall],
      ['CALENDAR', expected.calendar, expected.calendar_overall],
    ] as const) {
      const aggregate = aggregateEffects(result, by);
      const found = Object.fromEntries(aggregate.effects.map(({ key, estimate }) => [key, estimate]));
      const keys = Object.keys(values);
      expect(Object.keys(found).sort()).toEqual(keys.sort());
      expectNear(
        keys.map((key) => found[key]!),
        keys.map((key) => values[key]!),
        expected.tolerance,
      );
      expectNear([aggregate.overall.estimate], [overall], expected.tolerance);
    }
    expectNear([aggregateEffects(result, 'SIMPLE').overall.estimate], [expected.simple], 1e-7);
    const errors = (['EVENT', 'GROUP'] as const).map((by) => aggregateEffects(result, by).overall.standardError);
    expectClose(errors, [expected.event_study_overall_se_readme, expected.group_overall_se_readme], 0.12);
  });

  it('has the published two-way fixed-effects estimate, which differs', () => {
    expectNear([twoWayFixedEffects(panel).estimate], [expected.twfe], 1e-7);
  });

  it('does not refute parallel trends', () => {
    const test = staggeredEffects(panel).parallelTrends!;
    expect(test.effects).toBe(5);
    expect(test.pValue).toBeGreaterThan(0.1);
    expect(test.pValue).toBeLessThan(0.25);
  });

  it('has bands around all effects that are wider than intervals around one', () => {
    const { effects } = aggregateEffects(staggeredEffects(panel), 'EVENT');
    const bands = simultaneousBands(effects, stream(1), { replications: 4000 });
    expectClose(
      bands.standardErrors,
      effects.map(({ standardError }) => standardError),
      0.12,
    );
    expect(bands.criticalValue).toBeGreaterThan(2.3);
    expect(bands.criticalValue).toBeLessThan(2.9);
  });

  it('is much the same against counties not yet treated', () => {
    const { effects } = staggeredEffects(panel, { controls: 'NOT_YET_TREATED' });
    const last = effects.find(({ group, period }) => group === 2004 && period === 2007)!;
    expectNear([last.estimate], [expected.att_gt['2004,2007']!], expected.tolerance);
    expect(effects.find(({ group, period }) => group === 2004 && period === 2004)!.estimate).not.toBeCloseTo(
      -0.0105,
      4,
    );
  });
});

/** Units with trends in common and an effect of 1 that grows by 0.5 a period. */
function rowsOf(seed: number, { units = 60, periods = 6, noise = 0.3, starts = [0, 3, 4] }): PanelRows {
  const random = stream(seed);
  const rows = { unit: [] as string[], period: [] as number[], outcome: [] as number[], firstTreated: [] as number[] };
  for (let u = 0; u < units; u++) {
    const level = random.normal();
    const start = starts[u % starts.length]!;
    for (let t = 1; t <= periods; t++) {
      const effect = start > 0 && t >= start ? 1 + 0.5 * (t - start) : 0;
      rows.unit.push(`unit ${u}`);
      rows.period.push(t);
      rows.outcome.push(level + 0.3 * t + effect + noise * random.normal());
      rows.firstTreated.push(start);
    }
  }
  return rows;
}

describe('staggered adoption', () => {
  it('finds the truth, with intervals that hold it as often as they say', () => {
    const held: Record<Aggregation, number> = { SIMPLE: 0, EVENT: 0, GROUP: 0, CALENDAR: 0 };
    // Weighted by cells of each kind; both groups are equally large.
    const truth = { SIMPLE: 13 / 7, EVENT: 1.75, GROUP: 1.75 / 2 + 1.5 / 2, CALENDAR: (1 + 1.25 + 1.75 + 2.25) / 4 };
    truth.SIMPLE = (1 + 1.5 + 2 + 2.5 + 1 + 1.5 + 2) / 7;
    const trials = 250;
    for (let trial = 0; trial < trials; trial++) {
      const result = staggeredEffects(buildPanel(rowsOf(trial, {})));
      for (const by of Object.keys(held) as Aggregation[]) {
        const { low, high } = aggregateEffects(result, by).overall;
        if (low <= truth[by] && truth[by] <= high) held[by]++;
      }
    }
    for (const by of Object.keys(held) as Aggregation[]) {
      expect(held[by] / trials, by).toBeGreaterThan(0.9);
      expect(held[by] / trials, by).toBeLessThan(0.985);
    }
  });

  it('has the same effects from one base period as from varying ones after the start', () => {
    const panel = buildPanel(rowsOf(1, {}));
    const after = (base: 'VARYING' | 'UNIVERSAL'): number[] =>
      staggeredEffects(panel, { base }).effects.flatMap((effect) =>
        effect.period >= effect.group ? [effect.estimate] : [],
      );
    expect(after('UNIVERSAL')).toEqual(after('VARYING'));
  });

  it('warns of groups too early or too small, and of units with gaps', () => {
    const rows = rowsOf(2, { units: 20, starts: [0, 0, 0, 0, 1, 0, 0, 0, 0, 4] });
    const gap = (values: ArrayLike<never>): never[] => Array.from(values).slice(1);
    const panel = buildPanel({
      unit: gap(rows.unit as never),
      period: gap(rows.period as never),
      outcome: gap(rows.outcome as never),
      firstTreated: gap(rows.firstTreated as never),
    });
    expect(panel.dropped).toBe(1);
    const { warnings } = staggeredEffects(panel);
    expect(warnings).toHaveLength(3);
    expect(warnings[2]).toMatch(/Fewer than 5 units start in 4/);
  });

  it('refuses panels that cannot answer', () => {
    const build = (starts: number[]): Panel => buildPanel(rowsOf(3, { units: 12, starts }));
    expect(() => staggeredEffects(build([3, 4]))).toThrow(/0 units are never treated/);
    expect(() => staggeredEffects(build([0]))).toThrow(expect.objectContaining({ kind: 'NO_OVERLAP' }));
    expect(() => staggeredEffects(build([0, 99]))).toThrow(/No unit starts/);
    expect(() => eventStudy(build([3]))).toThrow(/Every unit is treated/);
    expect(() => eventStudy(build([0, 1]))).toThrow(/no period before/);
    const alone = build([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (const method of [staggeredEffects, eventStudy, twoWayFixedEffects]) {
      expect(() => method(alone)).toThrow(expect.objectContaining({ kind: 'TOO_FEW_CLUSTERS' }));
    }
    expect(() => eventStudy(build([0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]))).toThrow(/one unit is untreated/);
    const few = buildPanel(rowsOf(3, { units: 4, periods: 9, starts: [0, 8] }));
    expect(eventStudy(few).parallelTrends).toBeNull();
    const rows = rowsOf(3, { units: 4 });
    expect(() => buildPanel({ ...rows, period: Array.from(rows.period, () => 1) })).toThrow(/two rows in period 1/);
    expect(() => buildPanel({ ...rows, firstTreated: Array.from(rows.unit, (_, row) => row) })).toThrow(
      /different starts/,
    );
    expect(() => staggeredEffects(buildPanel(rowsOf(4, { units: 9, noise: 0 })))).toThrow(/changed alike|no spread/);
  });
});

describe('an event study', () => {
  it('is the regression with a dummy for every unit, period and event', () => {
    const rows = rowsOf(5, { units: 10, periods: 5, starts: [0, 3] });
    const panel = buildPanel(rows);
    const { effects, staggered } = eventStudy(panel);
    expect(staggered).toBe(false);
    const [units, periods] = [panel.units, panel.periods.length];
    const dummy = (name: string, holds: (u: number, t: number) => boolean): { name: string; values: Float64Array } => ({
      name,
      values: Float64Array.from({ length: units * periods }, (_, at) =>
        holds(at % units, Math.floor(at / units)) ? 1 : 0,
      ),
    });
    const events = [-2, 0, 1, 2];
    const fit = regress(panel.outcome, [
      ...events.map((event) => dummy(`event ${event}`, (u, t) => event === panel.periods[t]! - panel.firstTreated[u]!)),
      ...Array.from({ length: units }, (_, unit) => dummy(`u${unit}`, (u) => u === unit)),
      ...Array.from({ length: periods - 1 }, (_, period) => dummy(`t${period}`, (_u, t) => t === period)),
    ]);
    expect(effects.map(({ event }) => event)).toEqual(events);
    expectNear(
      effects.map(({ estimate }) => estimate),
      fit.coefficients.subarray(0, 4),
      1e-12,
    );
    const codes = Int32Array.from(panel.outcome, (_, row) => row % units);
    const { matrix } = clusteredCovariance(fit, [{ codes, count: units }], 'ADJUSTED');
    const [n, k] = [units * periods, events.length + periods];
    const errors = events.map((_, index) => Math.sqrt((matrix.data[index * matrix.rows + index]! * (n - 1)) / (n - k)));
    expectNear(
      effects.map(({ standardError }) => standardError),
      errors,
      1e-12,
    );
  });

  it('refutes parallel trends where they are not, and hardly ever where they are', () => {
    let refuted = 0;
    for (let seed = 0; seed < 200; seed++) {
      if (eventStudy(buildPanel(rowsOf(seed, { starts: [0, 4] }))).parallelTrends!.pValue < 0.05) refuted++;
    }
    expect(refuted).toBeLessThan(20);
    const rows = rowsOf(6, { starts: [0, 4] });
    const drift = Array.from(
      rows.outcome,
      (value, row) => value + (rows.firstTreated[row]! > 0 ? 0.4 * rows.period[row]! : 0),
    );
    expect(eventStudy(buildPanel({ ...rows, outcome: drift })).parallelTrends!.pValue).toBeLessThan(0.001);
    expect(() => eventStudy(buildPanel(rowsOf(4, { noise: 0, starts: [0, 4] })))).toThrow(/without error/);
  });
});
