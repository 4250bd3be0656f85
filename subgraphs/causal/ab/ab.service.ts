import { badInput } from '@liftos/core/errors.ts';
import type { AbDesignInput, EvaluateAbTestInput } from '../schema.generated.ts';
import { momentsOfArm } from './arm-sums.pure.ts';
import { designArms, type ArmsPlan } from './design-arms.pure.ts';
import { evaluateArms } from './evaluate-arms.pure.ts';
import { inField } from './in-field.ts';
import { showComparison, type ShownComparison } from './show-comparison.pure.ts';

const mostArms = 20;

/** Every statistic of a test whose arms are given. Throws BAD_USER_INPUT naming the field. */
export function evaluateAbTest(input: EvaluateAbTestInput) {
  if (input.arms.length > mostArms) throw badInput('input.arms', `A test has at most ${mostArms} arms.`);
  if (!(input.tuning! > 0)) throw badInput('input.tuning', 'The number of units to tune for is above 0.');
  if (!(input.alpha! > 0 && input.alpha! < 1)) throw badInput('input.alpha', 'alpha lies between 0 and 1.');
  const metric = input.metric ?? 'MEAN';
  const arms = input.arms.map((arm, index) => ({
    name: arm.name,
    moments: inField(`input.arms.${index}`, () => momentsOfArm(metric, arm)),
    share: requireShare(arm.share ?? 1, index),
  }));
  const evaluation = inField('input.arms', () =>
    evaluateArms({
      metric,
      name: input.name ?? 'the metric',
      arms,
      scale: input.scale ?? 'RELATIVE',
      alternative: input.alternative ?? 'TWO_SIDED',
      alpha: input.alpha ?? 0.05,
      correction: input.correction ?? 'HOLM',
      tuning: input.tuning ?? 5000,
      prior: input.prior ? { mean: 0, scale: 'RELATIVE', ...input.prior } : null,
    }),
  );
  const comparisons: ShownComparison[] = evaluation.comparisons.map(showComparison);
  return { ...evaluation, comparisons, conclusion: comparisons.map(({ conclusion }) => conclusion).join(' ') };
}

function requireShare(share: number, index: number): number {
  if (share > 0 && share < Infinity) return share;
  throw badInput(`input.arms.${index}.share`, 'A planned share is above 0.');
}

/** Those of the schema. */
const designDefaults = {
  metric: 'SHARE',
  scale: 'RELATIVE',
  alpha: 0.05,
  power: 0.8,
  twoSided: true,
  shares: [1, 1],
  sequential: true,
  correlation: 0,
} as const;

/** Size, duration and power of a test. Throws BAD_USER_INPUT naming the field below `prefix`. */
export function designAbTest(input: AbDesignInput, prefix = 'input'): ArmsPlan {
  const given = { ...designDefaults, ...withoutNulls(input) };
  const { alpha, power, metric, sd = null, baseline, sequential, twoSided } = given;
  const inside = (value: number, low: number): boolean => value > low && value < 1;
  const checks: [holds: boolean, field: string, reason: string][] = [
    [inside(alpha, 0), 'alpha', 'alpha lies between 0 and 1.'],
    [inside(power, alpha), 'power', 'The power lies between alpha and 1.'],
    [metric === 'SHARE' || (sd !== null && sd > 0), 'sd', 'The standard deviation of a mean is above 0.'],
    [
      metric === 'MEAN' || inside(baseline, 0),
      'baseline',
      'A share lies between 0 and 1; without any success there is nothing to plan by.',
    ],
    [!sequential || twoSided, 'twoSided', 'A test that is looked at all the time is two-sided.'],
  ];
  const wrong = checks.find(([holds]) => !holds);
  if (wrong) throw badInput(`${prefix}.${wrong[1]}`, wrong[2]);
  const { unitsPerDay = null, costPerUnit = null, unitsPerArm = null } = given;
  return inField(`${prefix}.effect`, () =>
    designArms({ ...given, sd, unitsPerDay, costPerUnit, unitsPerArm, sides: twoSided ? 2 : 1 }),
  );
}

type WithoutNulls<T> = { [Key in keyof T]: Exclude<T[Key], null> };

/** What is null is as good as absent. */
function withoutNulls<T extends object>(given: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as WithoutNulls<T>;
}
