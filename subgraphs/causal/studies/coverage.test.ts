import { describe, expect, it } from 'vitest';
import { defaultMixSampler } from '../mix-model/fit-mix-model.pure.ts';
import { defaultMixSettings } from '../mix-model/mix-settings.pure.ts';
import { simulateMix } from '../mix-model/testing/simulate-mix.pure.ts';
import { coverWorld, type CoveredWorld } from './cover-world.pure.ts';
import { summariseCoverage } from './summarise-coverage.pure.ts';

describe('coverWorld', () => {
  it('puts the return of every channel beside its truth', { timeout: 20_000 }, () => {
    const { data, contributions } = simulateMix(4, 60, [{ name: 'search', decay: 0.3, rate: 3, strength: 40 }]);
    const spend = data.channels[0]!.spend.reduce((sum, value) => sum + value, 0);
    const world = { name: 'one', data, truths: [contributions[0]! / spend] };
    const sampler = { ...defaultMixSampler, chains: 2, warmup: 200, draws: 300 };
    const { channels } = coverWorld(world, defaultMixSettings, sampler);
    expect(channels).toMatchObject([{ channel: 'search', truth: world.truths[0] }]);
    expect(channels[0]!.low).toBeLessThan(channels[0]!.high);
  });
});

describe('summariseCoverage', () => {
  it('counts intervals that hold the truth, and leaves out worlds without results', () => {
    const channel = (truth: number) => ({ channel: 'a', truth, mean: 2, low: 1, high: 3 });
    const worlds: CoveredWorld[] = [
      { name: 'x', channels: [channel(2), channel(0.5)], refusals: [], worstRHat: 1.01 },
      { name: 'y', channels: [channel(4), channel(1)], refusals: [], worstRHat: 1.02 },
      { name: 'z', channels: [], refusals: ['The chains do not agree.'], worstRHat: 2 },
    ];
    const found = summariseCoverage(worlds);
    expect(found).toMatchObject({ worlds: 2, refused: 1, intervals: 4, share: 0.5, below: 0.25, above: 0.25 });
    expect(found.worstRHat).toBe(1.02);
    // Wilson's interval of 2 in 4.
    expect(found.low).toBeCloseTo(0.15, 2);
    expect(found.high).toBeCloseTo(0.85, 2);
  });
});
