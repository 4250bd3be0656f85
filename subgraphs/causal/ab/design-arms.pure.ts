import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import { powerOf, sampleSizeFor, smallestEffect, type Design, type TestPlan } from '../power/sample-size.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';

export interface ArmsDesign {
  readonly metric: 'SHARE' | 'MEAN';
  /** Of the control: a share between 0 and 1, or a mean. */
  readonly baseline: number;
  /** Of units; means only. */
  readonly sd: number | null;
  /** The smallest effect worth finding, on its scale. */
  readonly effect: number;
  readonly scale: 'ABSOLUTE' | 'RELATIVE';
  readonly alpha: number;
  readonly power: number;
  readonly sides: 1 | 2;
  /** Planned shares; the first is the control's. */
  readonly shares: readonly number[];
  /** Looked at all the time. */
  readonly sequential: boolean;
  /** Between the outcome and the same before the experiment: CUPED takes its square off the variance. 0 without. */
  readonly correlation: number;
  /** Units of all arms together; null when unknown. */
  readonly unitsPerDay: number | null;
  readonly costPerUnit: number | null;
  /** Units of each of two equal arms, when their number is what is given. */
  readonly unitsPerArm: number | null;
}

export interface ArmsPlan {
  /** Units of each of two equal arms that reach the power, not rounded. */
  readonly unitsPerArm: number;
  /** Units by arm, whole, in the order of the shares. */
  readonly units: readonly number[];
  readonly total: number;
  readonly power: number;
  /** What these units find with the power asked for, on the scale asked for. */
  readonly smallestEffect: number;
  /** Null without a daily number of units. */
  readonly days: number | null;
  readonly cost: number | null;
  readonly curve: readonly { readonly effect: number; readonly power: number; readonly units: number }[];
  readonly byDay: readonly { readonly day: number; readonly power: number; readonly smallestEffect: number | null }[];
  readonly conclusion: string;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

const curvePoints = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const mostDayPoints = 30;
const longDays = 56;
const week = 7;

/**
 * Sample size, duration, cost and power of an A/B test. Arms of other sizes need the units at which the worst pair has
 * the error of equal arms; several treatments share alpha (Bonferroni). Throws OUT_OF_RANGE and ZERO_VARIANCE for what
 * cannot be designed.
 */
export function designArms(design: ArmsDesign): ArmsPlan {
  requireDesign(design);
  const effect = absolute(design, design.effect);
  const unitsPerArm = design.unitsPerArm ?? neededUnits(design, effect);
  // A pair with shares a and b of N units has the error of equal arms of 2 / (1/(aN) + 1/(bN)).
  const total = sumOf(design.shares);
  const shares = design.shares.map((share) => share / total);
  const smallest = Math.min(...shares.slice(1));
  const needed = (unitsPerArm / 2) * (1 / shares[0]! + 1 / smallest);
  const units = shares.map((share) => Math.ceil(share * needed - 1e-9));
  const all = sumOf(units);
  const days = design.unitsPerDay === null ? null : Math.ceil(all / design.unitsPerDay);
  const found = {
    unitsPerArm,
    units,
    total: all,
    power: powerOf(asDesign(design, effect), unitsPerArm, planOf(design, unitsPerArm)),
    smallestEffect: detectable(design, unitsPerArm) ?? design.effect,
    days,
    cost: design.costPerUnit === null ? null : design.costPerUnit * all,
  };
  return {
    ...found,
    curve: curveOf(design, unitsPerArm),
    byDay: byDayOf(design, unitsPerArm, days),
    conclusion: conclude(design, found),
    assumptions: assumptionsOf(design),
    warnings: warningsOf(days),
  };
}

function requireDesign({ shares, correlation, unitsPerDay, effect, baseline, scale, unitsPerArm }: ArmsDesign): void {
  if (shares.length < 2) throw new Problem('TOO_FEW', 'A test needs at least two arms: a control and a treatment.');
  if (!shares.every((share) => share > 0 && share < Infinity)) {
    throw new Problem('OUT_OF_RANGE', 'Every arm needs a share above 0.');
  }
  if (!(correlation >= 0 && correlation < 1)) {
    throw new Problem('OUT_OF_RANGE', 'The correlation with the outcome before is at least 0 and below 1.');
  }
  if (unitsPerDay !== null && !(unitsPerDay > 0)) throw new Problem('OUT_OF_RANGE', 'Units per day are above 0.');
  if (unitsPerArm !== null && !(unitsPerArm >= 2)) throw new Problem('TOO_FEW', 'Each arm needs at least 2 units.');
  if (!(effect !== 0)) throw new Problem('OUT_OF_RANGE', 'An effect of zero cannot be found by any number of units.');
  if (scale === 'RELATIVE' && baseline === 0) {
    throw new Problem('OUT_OF_RANGE', 'A baseline of zero cannot grow by a percentage. Give the difference.');
  }
}

function neededUnits(design: ArmsDesign, effect: number): number {
  requireBetween(design.power, design.alpha, 1, 'power');
  let units = sampleSizeFor(asDesign(design, effect), design.power, planOf({ ...design, sequential: false }, 2));
  if (!design.sequential) return units;
  // The sequence is tuned for the size it leads to; a handful of rounds settle it.
  for (let round = 0; round < 12; round++) {
    units = sampleSizeFor(asDesign(design, effect), design.power, planOf(design, units));
  }
  return units;
}

function planOf({ alpha, sides, shares, sequential }: ArmsDesign, unitsPerArm: number): TestPlan {
  const each = alpha / (shares.length - 1);
  return {
    alpha: each,
    sides,
    looks: sequential ? { kind: 'SEQUENTIAL', tuning: 2 * unitsPerArm } : { kind: 'FIXED' },
  };
}

function absolute({ scale, baseline }: ArmsDesign, effect: number): number {
  return scale === 'RELATIVE' ? effect * Math.abs(baseline) : effect;
}

function asDesign({ metric, baseline, sd, correlation }: ArmsDesign, effect: number): Design {
  const left = Math.sqrt(1 - correlation * correlation);
  if (metric === 'MEAN') return { kind: 'MEAN', sd: (sd ?? 0) * left, effect };
  if (correlation === 0) return { kind: 'SHARE', base: baseline, effect };
  requireBetween(baseline, 0, 1, 'The share of the control');
  requireBetween(baseline + effect, 0, 1, 'The share with the effect');
  return { kind: 'MEAN', sd: Math.sqrt(baseline * (1 - baseline)) * left, effect };
}

/** Null when no effect could be found, or only one that a share cannot have. */
function detectable(design: ArmsDesign, units: number): number | null {
  try {
    const found = smallestEffect(asDesign(design, absolute(design, 1e-9)), units, design.power, planOf(design, units));
    return design.scale === 'RELATIVE' ? found / Math.abs(design.baseline) : found;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function curveOf(design: ArmsDesign, units: number): ArmsPlan['curve'] {
  return curvePoints.flatMap((factor) => {
    const effect = factor * design.effect;
    try {
      const shape = asDesign(design, absolute(design, effect));
      const power = powerOf(shape, units, planOf(design, units));
      return [{ effect, power, units: neededUnits(design, absolute(design, effect)) }];
    } catch (error) {
      // A share cannot grow beyond all units.
      if (error instanceof Problem) return [];
      throw error;
    }
  });
}

function byDayOf(design: ArmsDesign, units: number, days: number | null): ArmsPlan['byDay'] {
  if (days === null) return [];
  const step = Math.max(1, Math.ceil((1.5 * days) / mostDayPoints));
  const points = Array.from({ length: Math.ceil((1.5 * days) / step) }, (_, index) => step * (index + 1));
  const shape = asDesign(design, absolute(design, design.effect));
  return points.flatMap((day) => {
    const there = (units * day) / days;
    if (there < 2) return [];
    const plan = planOf(design, units);
    return [{ day, power: powerOf(shape, there, plan), smallestEffect: detectable(design, there) }];
  });
}

function conclude(
  design: ArmsDesign,
  { total, days, power, cost }: { total: number; days: number | null; power: number; cost: number | null },
): string {
  const size = design.scale === 'RELATIVE' ? `${round(100 * design.effect)} %` : String(round(design.effect));
  const long = days === null ? '' : ` in ${days} ${days === 1 ? 'day' : 'days'}`;
  const price = cost === null ? '' : ` at a cost of ${round(cost)}`;
  const looks = design.sequential ? ', looked at all the time' : ', read once at the end';
  return `${total.toLocaleString('en')} units${long}${price} find an effect of ${size} with a probability of ${round(100 * power)} %${looks}.`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function assumptionsOf({ shares, correlation, sequential, metric }: ArmsDesign): string[] {
  return [
    metric === 'SHARE' ? 'The share of the control stays what it is.' : 'Mean and spread of units stay what they are.',
    ...(shares.length > 2 ? [`${shares.length - 1} comparisons share alpha (Bonferroni).`] : []),
    ...(correlation > 0 ? ['The outcome before the experiment goes with the outcome as much as stated (CUPED).'] : []),
    ...(sequential ? ['Power is that of the last look; earlier looks can only end it sooner.'] : []),
  ];
}

function warningsOf(days: number | null): string[] {
  if (days === null) return [];
  if (days > longDays) {
    return [
      `${days} days are long: units come back under other cookies and the world changes. Look for a larger effect.`,
    ];
  }
  return days % week === 0
    ? []
    : [`Run whole weeks (${Math.ceil(days / week) * week} days), as days of the week differ.`];
}
