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

/** Size, duration and power of a test. Throws BAD_USER_INPUT naming the field. */
export function designAbTest(input: AbDesignInput, prefix = 'input'): ArmsPlan {
  const { alpha, power } = { alpha: input.alpha ?? 0.05, power: input.power ?? 0.8 };
  if (!(alpha > 0 && alpha < 1)) throw badInput(`${prefix}.alpha`, 'alpha lies between 0 and 1.');
  if (!(power > alpha && power < 1)) throw badInput(`${prefix}.power`, 'The power lies between alpha and 1.');
  const metric = input.metric ?? 'SHARE';
  if (metric === 'MEAN' && !(input.sd! > 0)) throw badInput(`${prefix}.sd`, 'The standard deviation is above 0.');
  if (metric === 'SHARE' && !(input.baseline > 0 && input.baseline < 1)) {
    throw badInput(
      `${prefix}.baseline`,
      'A share lies between 0 and 1; without any success there is nothing to plan by.',
    );
  }
  if (input.sequential && input.twoSided === false) {
    throw badInput(`${prefix}.twoSided`, 'A test that is looked at all the time is two-sided.');
  }
  const optional = { unitsPerDay: input.unitsPerDay ?? null, costPerUnit: input.costPerUnit ?? null };
  return inField(`${prefix}.effect`, () =>
    designArms({
      ...optional,
      metric,
      baseline: input.baseline,
      sd: input.sd ?? null,
      effect: input.effect,
      scale: input.scale ?? 'RELATIVE',
      alpha,
      power,
      sides: input.twoSided === false ? 1 : 2,
      shares: input.shares ?? [1, 1],
      sequential: input.sequential ?? true,
      correlation: input.correlation ?? 0,
      unitsPerArm: input.unitsPerArm ?? null,
    }),
  );
}
