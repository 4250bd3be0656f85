import { describe, expect, it } from 'vitest';
import {
  chiSquareSurvival,
  fSurvival,
  normalQuantile,
  normalSurvival,
  tQuantile,
  tSurvival,
  tTwoSided,
} from './distributions.pure.ts';
import { noncentralTSurvival } from './noncentral-t.pure.ts';
import { stream } from './random/stream.pure.ts';
import { expectClose } from './testing/expect-near.ts';

describe('distributions', () => {
  it('keep their tails', () => {
    expectClose([normalSurvival(10)], [7.61985302416053e-24], 1e-12);
    expectClose([tTwoSided(2.0859634472658364, 20), tSurvival(-40, 3)], [0.05, 0.9999829], 1e-6);
    expectClose([chiSquareSurvival(3.841458820694124, 1), chiSquareSurvival(200, 2)], [0.05, Math.exp(-100)], 1e-11);
    // F(1, v) is the square of t(v); F(2, v) has the tail (1 + 2x/v)^(-v/2).
    expectClose([fSurvival(9, 1, 7), fSurvival(30, 2, 12)], [tTwoSided(3, 7), (1 + 60 / 12) ** -6], 1e-11);
    expect(fSurvival(0, 2, 5)).toBe(1);
  });

  it('reach the normal with many degrees of freedom', () => {
    expectClose([tSurvival(3, 1e9), tSurvival(3, 9e7)], [normalSurvival(3), normalSurvival(3)], 1e-6);
    expectClose([tQuantile(0.975, Infinity), tQuantile(0.975, 1e6)], [normalQuantile(0.975), 1.959966], 1e-6);
    expectClose([fSurvival(2, 3, Infinity)], [chiSquareSurvival(6, 3)], 1e-12);
  });

  it('invert', () => {
    for (const p of [1e-8, 0.025, 0.3, 0.9]) {
      expectClose([normalSurvival(-normalQuantile(p)), tSurvival(-tQuantile(p, 5), 5)], [p, p], 1e-9);
    }
  });
});

describe('the noncentral t', () => {
  it('is the central one without noncentrality, and continuous there', () => {
    for (const x of [-2, 0.3, 5]) expectClose([noncentralTSurvival(x, 9, 1e-9)], [tSurvival(x, 9)], 1e-6);
  });

  it('has the mass of the normal at 0', () => {
    expectClose(
      [noncentralTSurvival(0, 12, 1.5), noncentralTSurvival(1e-9, 12, 1.5)],
      [normalSurvival(-1.5), normalSurvival(-1.5)],
      1e-8,
    );
  });

  it('agrees with simulation', () => {
    const random = stream(3);
    const [draws, df, shift] = [200_000, 6, 2.5];
    let above = 0;
    for (let draw = 0; draw < draws; draw++) {
      let squares = 0;
      for (let index = 0; index < df; index++) squares += random.normal() ** 2;
      if ((random.normal() + shift) / Math.sqrt(squares / df) > 2) above++;
    }
    expect(Math.abs(above / draws - noncentralTSurvival(2, df, shift))).toBeLessThan(0.004);
  });

  it('is continuous where the series gives way to the normal', () => {
    const [series, normal] = [noncentralTSurvival(38, 500, 36.999), noncentralTSurvival(38, 500, 37.001)];
    expect(Math.abs(series - normal)).toBeLessThan(0.002);
  });
});
