import { describe, expect, it } from 'vitest';
import { nullWorlds, peekAtNothing } from './peek-at-nothing.pure.ts';

const plan = { experiments: 1000, looks: 60, step: 20, alpha: 0.05, seed: 9 };

describe('experiments without an effect that are looked at every day', () => {
  it.each(nullWorlds)('claim one in at most alpha of them by the always-valid interval: $name', (world) => {
    const { sequence, difference, peeked } = peekAtNothing(world, plan);
    // Two standard errors of a binomial share over alpha.
    const most = plan.experiments * (plan.alpha + 2 * Math.sqrt((plan.alpha * (1 - plan.alpha)) / plan.experiments));
    expect(sequence).toBeLessThanOrEqual(most);
    expect(difference).toBeLessThanOrEqual(most);
    expect(peeked).toBeGreaterThan(3 * plan.alpha * plan.experiments);
  });

  it('give the same counts however they are cut into parts', () => {
    const [world] = nullWorlds;
    const small = { ...plan, experiments: 40, looks: 10 };
    const [first, second] = [peekAtNothing(world!, small, 0, 15), peekAtNothing(world!, small, 15, 40)];
    expect(first.peeked + second.peeked).toBe(peekAtNothing(world!, small).peeked);
  });
});
