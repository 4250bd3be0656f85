import { afterAll, describe, expect, it } from 'vitest';
import { closePools } from '@liftos/core/worker-pool.ts';
import { planBudget } from '../budget/plan-budget.pure.ts';
import { planChannels } from '../budget/plan-channels.pure.ts';
import { concludeMix } from './conclude-mix.pure.ts';
import { fitMixModel } from './fit-mix-model.pure.ts';
import { defaultMixSettings } from './mix-settings.pure.ts';
import type { MixTask } from './mix-model.worker.ts';
import { prepareMix } from './prepare-mix.pure.ts';
import { simulateMix } from './testing/simulate-mix.pure.ts';
import { trainInPool } from './train-in-pool.ts';

const { data } = simulateMix(6, 80, [
  { name: 'search', decay: 0.3, rate: 3, strength: 40 },
  { name: 'social', decay: 0.5, rate: 3, strength: 20 },
]);
const sampler = { seed: 5, chains: 2, warmup: 300, draws: 600, targetAcceptance: 0.9 };
const task: MixTask = { data, settings: defaultMixSettings, sampler, trained: 70 };
const never = new AbortController().signal;
afterAll(closePools);

describe('trainInPool', () => {
  it('gives to the last digit what one thread gives, and a plan can be made of it', async () => {
    const result = await trainInPool(task, never);
    expect(result).toEqual(concludeMix(fitMixModel(prepareMix(data, defaultMixSettings, 70), sampler)));
    expect(result.diagnosis.refusals).toEqual([]);
    expect(result.parameters.map(({ name }) => name)).toContain('search: carry-over rate');
    const channels = planChannels(result.summary!.channels, { share: 13 / 80, periods: 13, within: false }, () => ({
      lower: 0.7,
      upper: 1.3,
    }));
    const total = channels.reduce((sum, { current }) => sum + current, 0);
    const plan = planBudget(channels, { kind: 'BUDGET', total });
    expect(plan.spend).toBeCloseTo(total, 6);
    expect(plan.gain.mean).toBeGreaterThanOrEqual(0);
    expect(plan.channels.map(({ extrapolated }) => extrapolated)).toEqual([false, false]);
  });

  it('keeps contributions back when chains are too short to agree', async () => {
    const short = { ...sampler, warmup: 20, draws: 20 };
    const { summary, diagnosis } = await trainInPool({ ...task, sampler: short }, never);
    expect(summary).toBeNull();
    expect(diagnosis.refusals.length).toBeGreaterThan(0);
  });

  it('tells how far it is, and ends within a second when aborted', async () => {
    const controller = new AbortController();
    const long = { ...sampler, warmup: 100_000 };
    const begun = Promise.withResolvers<void>();
    const training = trainInPool({ ...task, sampler: long }, controller.signal, (fraction) => {
      if (fraction > 0) begun.resolve();
    });
    await begun.promise;
    const aborted = performance.now();
    controller.abort();
    await expect(training).rejects.toThrow();
    expect(performance.now() - aborted).toBeLessThan(1000);
  });

  it('refuses data before a thread is started', async () => {
    await expect(trainInPool({ ...task, trained: 10 }, never)).rejects.toMatchObject({ kind: 'TOO_FEW' });
  });
});
