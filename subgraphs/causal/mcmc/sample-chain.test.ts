import { describe, expect, it } from 'vitest';
import { stream } from '../numerics/random/stream.pure.ts';
import { convergenceOf, coordinateOf, reportSampler } from './diagnose-chains.pure.ts';
import type { LogDensity } from './log-density.pure.ts';
import { sampleChain, type Chain, type SamplerSettings } from './sample-chain.pure.ts';

const settings: SamplerSettings = { seed: 1, warmup: 1000, draws: 1000 };

function sampleFour(density: LogDensity, changed: Partial<SamplerSettings> = {}): Chain[] {
  return [0, 1, 2, 3].map((chain) => sampleChain(density, { ...settings, ...changed }, chain));
}

function momentsOf(chains: Float64Array[]): { mean: number; sd: number } {
  const all = chains.flatMap((chain) => [...chain]);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { mean, sd: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) };
}

/** Independent normals with these means and standard deviations. */
function normals(means: number[], sds: number[]): LogDensity {
  return {
    dimension: means.length,
    evaluate(position, gradient) {
      let log = 0;
      means.forEach((mean, i) => {
        const z = (position[i]! - mean) / sds[i]!;
        log -= 0.5 * z * z;
        gradient[i] = -z / sds[i]!;
      });
      return log;
    },
  };
}

function correlated(rho: number): LogDensity {
  const scale = 1 / (1 - rho * rho);
  return {
    dimension: 2,
    evaluate(position, gradient) {
      const [x, y] = [position[0]!, position[1]!];
      gradient[0] = -scale * (x - rho * y);
      gradient[1] = -scale * (y - rho * x);
      return -0.5 * scale * (x * x - 2 * rho * x * y + y * y);
    },
  };
}

/** Neal's funnel: v is normal with sd 3, and nine others normal with sd e^(v/2). */
const funnel: LogDensity = {
  dimension: 10,
  evaluate(position, gradient) {
    const v = position[0]!;
    const precision = Math.exp(-v);
    let squares = 0;
    for (let i = 1; i < 10; i++) {
      squares += position[i]! ** 2;
      gradient[i] = -position[i]! * precision;
    }
    gradient[0] = -v / 9 - 4.5 + 0.5 * squares * precision;
    return (-v * v) / 18 - 4.5 * v - 0.5 * squares * precision;
  },
};

const effects = [28, 8, -3, 7, -1, 1, 18, 12];
const errors = [15, 10, 16, 11, 9, 11, 10, 18];

/** Rubin's eight schools, non-centred: mu ~ N(0, 5), tau ~ half-Cauchy(0, 5), on [mu, ln tau, eta 1..8]. */
const eightSchools: LogDensity = {
  dimension: 10,
  evaluate(position, gradient) {
    const [mu, logTau] = [position[0]!, position[1]!];
    const tau = Math.exp(logTau);
    const cauchy = 1 + (tau / 5) ** 2;
    let log = -0.5 * (mu / 5) ** 2 - Math.log(cauchy) + logTau;
    gradient[0] = -mu / 25;
    gradient[1] = 1 - (2 * (tau / 5) ** 2) / cauchy;
    effects.forEach((effect, school) => {
      const eta = position[2 + school]!;
      const z = (effect - mu - tau * eta) / errors[school]!;
      log -= 0.5 * z * z + 0.5 * eta * eta;
      gradient[0] = gradient[0]! + z / errors[school]!;
      gradient[1] = gradient[1]! + (z / errors[school]!) * tau * eta;
      gradient[2 + school] = (z / errors[school]!) * tau - eta;
    });
    return log;
  },
};

describe('sampleChain', () => {
  it('draws normals of very different scale with the right means and spreads', () => {
    const chains = sampleFour(normals([3, -1, 0], [0.01, 1, 200]));
    const expected = [
      [3, 0.01],
      [-1, 1],
      [0, 200],
    ];
    expected.forEach(([mean, sd], coordinate) => {
      const values = coordinateOf(chains, 3, coordinate);
      const moments = momentsOf(values);
      const { rHat, bulkEss, tailEss } = convergenceOf(values);
      expect(Math.abs(moments.mean - mean!) / sd!).toBeLessThan(0.08);
      expect(Math.abs(moments.sd / sd! - 1)).toBeLessThan(0.06);
      expect(rHat).toBeLessThan(1.01);
      expect(Math.min(bulkEss, tailEss)).toBeGreaterThan(1000);
    });
    expect(reportSampler(chains)).toMatchObject({ divergences: 0, atMaxDepth: 0 });
    expect(reportSampler(chains).lowestEnergyFraction).toBeGreaterThan(0.7);
  });

  it('draws two normals with a correlation of 0.95', () => {
    const chains = sampleFour(correlated(0.95));
    const [x, y] = [coordinateOf(chains, 2, 0), coordinateOf(chains, 2, 1)];
    const product = x.map((chain, index) => chain.map((value, draw) => value * y[index]![draw]!));
    expect(Math.abs(momentsOf(product).mean - 0.95)).toBeLessThan(0.1);
    expect(Math.abs(momentsOf(x).sd - 1)).toBeLessThan(0.08);
    expect(convergenceOf(x).rHat).toBeLessThan(1.01);
  });

  it('reports divergences in a funnel it cannot explore', () => {
    expect(reportSampler(sampleFour(funnel)).divergences).toBeGreaterThan(5);
  });

  it('finds the published posterior of eight schools', () => {
    // Reference draws of posteriordb, eight_schools_noncentered: mu 4.4 (3.3), tau 3.6 (3.2), theta 1 6.2 (5.6).
    const chains = sampleFour(eightSchools, { targetAcceptance: 0.95, draws: 2000 });
    const mu = coordinateOf(chains, 10, 0);
    const tau = coordinateOf(chains, 10, 1).map((chain) => chain.map(Math.exp));
    const eta = coordinateOf(chains, 10, 2);
    const theta = mu.map((chain, c) => chain.map((value, draw) => value + tau[c]![draw]! * eta[c]![draw]!));
    const near = (actual: number, expected: number, tolerance: number): void =>
      expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThan(tolerance);
    near(momentsOf(mu).mean, 4.4, 0.25);
    near(momentsOf(mu).sd, 3.3, 0.2);
    near(momentsOf(tau).mean, 3.6, 0.25);
    near(momentsOf(tau).sd, 3.2, 0.35);
    near(momentsOf(theta).mean, 6.2, 0.4);
    near(momentsOf(theta).sd, 5.6, 0.5);
    expect(Math.max(...[mu, tau, theta].map((values) => convergenceOf(values).rHat))).toBeLessThan(1.01);
  });

  it('gives the same draws for the same seed and chain, whatever was drawn before', () => {
    const density = correlated(0.5);
    const first = sampleChain(density, settings, 2);
    sampleChain(density, settings, 0);
    expect(sampleChain(density, settings, 2).positions).toEqual(first.positions);
    expect(sampleChain(density, settings, 3).positions).not.toEqual(first.positions);
  });

  it('refuses a density that is finite nowhere', () => {
    const nowhere: LogDensity = { dimension: 1, evaluate: () => NaN };
    expect(() => sampleChain(nowhere, settings, 0)).toThrow(expect.objectContaining({ kind: 'NOT_FINITE' }));
  });
});

describe('convergenceOf', () => {
  const independent = (chain: number, shift = 0): Float64Array => {
    const random = stream(5, chain);
    return Float64Array.from({ length: 1000 }, () => random.normal() + shift);
  };

  it('finds independent draws converged, with about as many effective draws as draws', () => {
    const { rHat, bulkEss, tailEss } = convergenceOf([0, 1, 2, 3].map((chain) => independent(chain)));
    expect(rHat).toBeLessThan(1.005);
    expect(bulkEss).toBeGreaterThan(3400);
    expect(bulkEss).toBeLessThan(4700);
    expect(tailEss).toBeGreaterThan(3300);
  });

  it('sees a chain that lies elsewhere, one that is wider and one that drifts', () => {
    expect(convergenceOf([independent(0), independent(1), independent(2, 0.5)]).rHat).toBeGreaterThan(1.02);
    expect(convergenceOf([independent(0), independent(1).map((value) => 2 * value)]).rHat).toBeGreaterThan(1.05);
    expect(convergenceOf([independent(0).map((value, draw) => value + draw / 500)]).rHat).toBeGreaterThan(1.1);
  });

  it('counts an autoregressive chain by its autocorrelation', () => {
    const chains = [0, 1, 2, 3].map((chain) => {
      let last = 0;
      return independent(chain).map((value) => (last = 0.9 * last + Math.sqrt(1 - 0.81) * value));
    });
    // Draws times (1 - r) / (1 + r) = 211.
    const { bulkEss } = convergenceOf(chains);
    expect(bulkEss).toBeGreaterThan(140);
    expect(bulkEss).toBeLessThan(300);
  });
});
