import { noncentralTSurvival } from '../numerics/noncentral-t.pure.ts';
import { normalQuantile, normalSurvival, tQuantile } from '../numerics/distributions.pure.ts';
import { findRoot } from '../numerics/optimise/find-root.pure.ts';
import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import { sequenceReach } from '../ab/sequential.pure.ts';

/**
 * What an experiment compares. MEAN: a difference `effect` between units that vary by `sd`. SHARE: a share `base`
 * against `base + effect`. Both have equal arms.
 */
export type Design =
  | { readonly kind: 'MEAN'; readonly sd: number; readonly effect: number }
  | { readonly kind: 'SHARE'; readonly base: number; readonly effect: number };

/** FIXED: one look at the end. SEQUENTIAL: looked at all the time, tuned for `tuning` units of both arms. */
export type Looks = { readonly kind: 'FIXED' } | { readonly kind: 'SEQUENTIAL'; readonly tuning: number };

export interface TestPlan {
  readonly alpha: number;
  readonly sides: 1 | 2;
  readonly looks: Looks;
}

export const twoSided: TestPlan = { alpha: 0.05, sides: 2, looks: { kind: 'FIXED' } };

const largestArm = 1e12;

/**
 * Probability of finding the effect with `n` units in each arm. Means go by the noncentral t, shares by the normal with
 * the pooled variance under "no effect" (as R's power.t.test and power.prop.test: the chance of a significant effect
 * in the wrong direction does not count). A sequential plan has the power at its last look.
 */
export function powerOf(design: Design, n: number, plan: TestPlan = twoSided): number {
  requireDesign(design);
  requireBetween(plan.alpha, 0, 1, 'alpha');
  if (!(n >= 2)) throw new Problem('TOO_FEW', 'Each arm needs at least 2 units.', { n });
  if (plan.looks.kind === 'SEQUENTIAL') return sequentialPower(design, n, plan, plan.looks.tuning);
  const tail = plan.alpha / plan.sides;
  const size = Math.abs(design.effect);
  if (design.kind === 'MEAN') {
    const df = 2 * (n - 1);
    return noncentralTSurvival(-tQuantile(tail, df), df, (size / design.sd) * Math.sqrt(n / 2));
  }
  const { pooled, apart } = spreads(design);
  return normalSurvival((-normalQuantile(tail) * pooled - Math.sqrt(n) * size) / apart);
}

/** Units per arm, not rounded, for a power. Throws OUT_OF_RANGE when no number of units reaches it. */
export function sampleSizeFor(design: Design, power: number, plan: TestPlan = twoSided): number {
  requireBetween(power, plan.alpha / plan.sides, 1, 'power');
  if (design.effect === 0)
    throw new Problem('OUT_OF_RANGE', 'An effect of zero cannot be found by any number of units.');
  const missing = (n: number): number => powerOf(design, n, plan) - power;
  if (missing(2) >= 0) return 2;
  let high = 4;
  while (missing(high) < 0) {
    if (high > largestArm) throw new Problem('OUT_OF_RANGE', 'The effect is too small to be found by any experiment.');
    high *= 2;
  }
  return findRoot(missing, high / 2, high, 1e-10);
}

/**
 * The smallest increase that `n` units per arm find with the given power. Throws OUT_OF_RANGE when even the largest
 * possible increase of a share would not be found.
 */
export function smallestEffect(design: Design, n: number, power: number, plan: TestPlan = twoSided): number {
  requireBetween(power, plan.alpha / plan.sides, 1, 'power');
  const missing = (effect: number): number => powerOf({ ...design, effect }, n, plan) - power;
  if (design.kind === 'SHARE') return findRoot(missing, 1e-12, (1 - design.base) * (1 - 1e-9), 1e-10);
  let high = design.sd;
  while (missing(high) < 0) high *= 2;
  return findRoot(missing, 0, high, 1e-10);
}

function sequentialPower(design: Design, n: number, plan: TestPlan, tuning: number): number {
  if (plan.sides === 1) throw new Problem('OUT_OF_RANGE', 'A sequential plan is two-sided.');
  const apart = design.kind === 'MEAN' ? Math.SQRT2 * design.sd : spreads(design).apart;
  const z = (Math.abs(design.effect) * Math.sqrt(n)) / apart;
  return normalSurvival(sequenceReach(2 * n, plan.alpha, tuning) - z);
}

/** Standard deviations of the difference of two units, under "no effect" and as designed. */
function spreads({ base, effect }: { base: number; effect: number }): { pooled: number; apart: number } {
  const other = base + effect;
  const mean = (base + other) / 2;
  return { pooled: Math.sqrt(2 * mean * (1 - mean)), apart: Math.sqrt(base * (1 - base) + other * (1 - other)) };
}

function requireDesign(design: Design): void {
  if (!Number.isFinite(design.effect)) throw new Problem('NOT_FINITE', 'The effect is not a number.');
  if (design.kind === 'MEAN') {
    if (!(design.sd > 0)) throw new Problem('ZERO_VARIANCE', 'The standard deviation must be positive.');
    return;
  }
  requireBetween(design.base, 0, 1, 'The share of the control');
  requireBetween(design.base + design.effect, 0, 1, 'The share with the effect');
}
