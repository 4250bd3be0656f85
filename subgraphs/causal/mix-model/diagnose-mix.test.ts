import { describe, expect, it } from 'vitest';
import { diagnoseMix } from './diagnose-mix.pure.ts';
import { defaultMixSampler, fitMixModel, type MixFit } from './fit-mix-model.pure.ts';
import { defaultMixSettings, type MixSettings } from './mix-settings.pure.ts';
import { prepareMix } from './prepare-mix.pure.ts';
import { summariseMix } from './summarise-mix.pure.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';

const { data, contributions } = simulateMix(1, 104, [
  { name: 'search', decay: 0.3, rate: 3, strength: 40 },
  { name: 'social', decay: 0.5, rate: 3, strength: 30 },
]);
const quick = { ...defaultMixSampler, chains: 2, warmup: 300, draws: 300 };

function fitWith(settings: Partial<MixSettings> = {}, changed = data, trained = 104, draws = 300): MixFit {
  return fitMixModel(prepareMix(changed, { ...defaultMixSettings, ...settings }, trained), { ...quick, draws });
}

describe('diagnoseMix', () => {
  it('has little to say of a model that is right, and predicts periods held out', () => {
    const fit = fitWith({}, data, 84, 700);
    const diagnosis = diagnoseMix(fit, summariseMix(fit));
    expect(diagnosis.refusals).toEqual([]);
    expect(diagnosis.inSample.rSquared).toBeGreaterThan(0.6);
    expect(diagnosis.outOfSample).toMatchObject({ periods: 20 });
    expect(diagnosis.outOfSample!.weightedError).toBeLessThan(0.07);
    expect(diagnosis.inSample.coverage).toBeGreaterThan(0.82);
    expect(diagnosis.outOfSample!.coverage).toBeGreaterThan(0.7);
    expect(diagnosis.durbinWatson).toBeGreaterThan(1.5);
    expect(diagnosis.durbinWatson).toBeLessThan(2.5);
    expect(diagnosis.channels[0]!.varianceInflation).toBeLessThan(3);
    expect(diagnosis.channels[0]!.learned).toBeGreaterThan(0.5);
  });

  it('refuses contributions of chains that do not agree', () => {
    const fit = fitWith();
    const apart = { ...fit, convergence: [{ rHat: 1.2, bulkEss: 900, tailEss: 900 }] };
    expect(diagnoseMix(apart, summariseMix(fit)).refusals[0]).toMatch(/R-hat 1.200/);
    const stuck = { ...fit, convergence: [{ rHat: NaN, bulkEss: NaN, tailEss: NaN }] };
    expect(diagnoseMix(stuck, summariseMix(fit)).refusals).toHaveLength(2);
    expect(diagnoseMix(fit, { ...summariseMix(fit), negativeBaseline: 0.9 }).refusals[0]).toMatch(/negative/);
  });

  it('warns of channels that move together, hardly vary or say nothing', () => {
    const [search, social] = [data.channels[0]!, data.channels[1]!];
    const like = { name: 'display', spend: search.spend.map((value, week) => value + 0.08 * social.spend[week]!) };
    const flat = { name: 'tv', spend: social.spend.map((value, week) => 1000 + (week % 7) + 0.001 * value) };
    const effect = { kind: 'roi', prior: { kind: 'logNormal', meanLog: -9, sdLog: 0.2 } } as const;
    const fit = fitWith({ channels: { tv: { effect } } }, { ...data, channels: [search, like, flat] });
    const { warnings, conditionNumber } = diagnoseMix(fit, summariseMix(fit));
    expect(warnings).toContainEqual(expect.stringMatching(/^display moves like the rest of the model.*search/));
    expect(warnings).toContainEqual(expect.stringMatching(/^tv varies by 0.\d %/));
    expect(warnings).toContainEqual(expect.stringMatching(/^The data says hardly anything of tv/));
    expect(conditionNumber).toBeGreaterThan(15);
  });

  it('warns of what is left when it is correlated over time', () => {
    const wavy = { ...data, kpi: data.kpi.map((value, week) => value + 12 * Math.sin(week / 3)) };
    const fit = fitWith({}, wavy);
    const { ljungBox, durbinWatson, warnings } = diagnoseMix(fit, summariseMix(fit));
    expect(ljungBox.p).toBeLessThan(1e-6);
    expect(durbinWatson).toBeLessThan(1.2);
    expect(warnings).toContainEqual(expect.stringMatching(/correlated over time/));
  });

  it('draws an effect to the result of an experiment, and narrows its interval', () => {
    const social = data.channels[1]!;
    const mean = social.spend.reduce((sum, value) => sum + value, 0) / 104;
    const lift = [
      { channel: 'social', spend: 0, spendChange: mean, kpiChange: contributions[1]! / 104, standardError: 0.3 },
    ];
    const [before, after] = [fitWith(), fitWith({ lift })].map((fit) => summariseMix(fit).channels[1]!.contribution);
    expect(after!.high - after!.low).toBeLessThan(0.6 * (before!.high - before!.low));
    expect(Math.abs(after!.mean / contributions[1]! - 1)).toBeLessThan(0.15);
  });

  it('draws the return to a prior that is sure of it', () => {
    const effect = { kind: 'roi', prior: { kind: 'logNormal', meanLog: Math.log(0.02), sdLog: 0.02 } } as const;
    const fit = fitWith({ channels: { search: { effect } } });
    expect(summariseMix(fit).channels[0]!.roi.mean).toBeCloseTo(0.02, 2);
  });
});
