import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { drawPrior, invalidPrior, logPrior, logPriorSlope, supportOf, type Prior } from './priors.pure.ts';
import { constrain, logJacobian, logJacobianSlope, slopeOf, unconstrain } from './transforms.pure.ts';

const priors: { prior: Prior; mean: number; sd: number }[] = [
  { prior: { kind: 'normal', mean: 2, sd: 3 }, mean: 2, sd: 3 },
  { prior: { kind: 'halfNormal', sd: 2 }, mean: 2 * Math.sqrt(2 / Math.PI), sd: 2 * Math.sqrt(1 - 2 / Math.PI) },
  { prior: { kind: 'logNormal', meanLog: 0.2, sdLog: 0.5 }, mean: Math.exp(0.325), sd: 0.7376 },
  { prior: { kind: 'gamma', shape: 3, rate: 2 }, mean: 1.5, sd: Math.sqrt(3) / 2 },
  { prior: { kind: 'gamma', shape: 0.5, rate: 1 }, mean: 0.5, sd: Math.sqrt(0.5) },
  { prior: { kind: 'beta', a: 1, b: 3 }, mean: 0.25, sd: Math.sqrt(3 / 80) },
];

describe.each(priors)('prior $prior', ({ prior, mean, sd }) => {
  const support = supportOf(prior);
  const logAt = (u: number): number => logPrior(prior, constrain(support, u)) + logJacobian(support, u);

  it('integrates to 1 over positions', () => {
    let sum = 0;
    for (let u = -60; u < 60; u += 0.005) sum += 0.005 * Math.exp(logAt(u));
    expect(sum).toBeCloseTo(1, 6);
  });

  it.each([-1.3, 0.2, 1.7])('has the slope of its logarithm at %f', (u) => {
    const value = constrain(support, u);
    const slope = logPriorSlope(prior, value) * slopeOf(support, value) + logJacobianSlope(support, value);
    expect(slope).toBeCloseTo((logAt(u + 1e-5) - logAt(u - 1e-5)) / 2e-5, 5);
    expect(unconstrain(support, value)).toBeCloseTo(u, 12);
  });

  it('draws values with its mean and spread', () => {
    const random = stream(3);
    const draws = Array.from({ length: 20_000 }, () => drawPrior(prior, random));
    const found = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, value) => sum + (value - found) ** 2, 0) / draws.length);
    expect(Math.abs(found - mean) / sd).toBeLessThan(0.03);
    expect(Math.abs(spread / sd - 1)).toBeLessThan(0.04);
  });
});

describe('invalidPrior', () => {
  it('says why a prior cannot be used', () => {
    expect(priors.map(({ prior }) => invalidPrior(prior))).toEqual(priors.map(() => null));
    expect(invalidPrior({ kind: 'logNormal', meanLog: 0, sdLog: 0 })).toMatch(/above 0/);
    expect(invalidPrior({ kind: 'normal', mean: NaN, sd: 1 })).toMatch(/finite/);
    expect(invalidPrior({ kind: 'beta', a: 1, b: -1 })).toMatch(/above 0/);
  });
});
