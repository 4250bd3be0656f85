import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import { adjustPValues, type Correction } from './adjust-p-values.pure.ts';
import { bayesianTest, type BayesianResult, type EffectPrior } from './bayesian.pure.ts';
import { describeComparison } from './describe-comparison.pure.ts';
import { compareArms, type Effect, type EffectScale, type MetricKind } from './effect.pure.ts';
import { welchTest, type Alternative, type TestResult } from './frequentist.pure.ts';
import type { Moments } from './moments.pure.ts';
import { checkSampleRatio, type SampleRatio } from './sample-ratio.pure.ts';
import { confidenceSequence, relativeSequence, sequenceRho } from './sequential.pure.ts';

export interface Arm {
  readonly name: string;
  readonly moments: Moments;
  /** Planned share of units, not necessarily adding up to 1. */
  readonly share: number;
}

export interface ArmsQuestion {
  readonly metric: MetricKind;
  /** What is measured, as people call it. */
  readonly name: string;
  /** The first is the control. */
  readonly arms: readonly Arm[];
  readonly scale: EffectScale;
  readonly alternative: Alternative;
  /** Of all comparisons together when correction is HOLM. */
  readonly alpha: number;
  readonly correction: Correction;
  /** Units of both arms at which the sequence is tightest. */
  readonly tuning: number;
  readonly prior: EffectPrior | null;
}

export type Judged = TestResult & { readonly adjustedPValue: number };

export interface ArmComparison {
  readonly control: string;
  readonly arm: string;
  readonly effect: Effect;
  /** Valid at one look planned beforehand. */
  readonly fixed: Judged;
  /** Valid at all looks together. */
  readonly sequential: Judged & { readonly rho: number };
  /** The sequence of GrowthBook for this scale. For relative effects of rare events it errs when looked at early. */
  readonly plainSequence: TestResult;
  readonly bayesian: BayesianResult;
  readonly conclusion: string;
}

export interface ArmsEvaluation {
  readonly comparisons: readonly ArmComparison[];
  /** Null when there are too few units to check. */
  readonly sampleRatio: SampleRatio | null;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

/** Fewer units than this with the rarer outcome make the normal approximation rough. */
const fewest = 10;

/**
 * Compare every arm with the first. p-values are adjusted for the number of arms; with HOLM, intervals hold all true
 * effects together with probability 1 - alpha (Bonferroni). Throws TOO_FEW for one arm, SHAPE for two of one name, and
 * what compareArms throws.
 */
export function evaluateArms(question: ArmsQuestion): ArmsEvaluation {
  const { arms, correction, alpha } = question;
  requireBetween(alpha, 0, 1, 'alpha');
  if (arms.length < 2) throw new Problem('TOO_FEW', 'A comparison needs at least two arms: a control and a treatment.');
  if (new Set(arms.map(({ name }) => name)).size < arms.length) throw new Problem('SHAPE', 'Two arms have one name.');
  const [control, ...treatments] = arms;
  const level = correction === 'HOLM' ? alpha / treatments.length : alpha;
  const tested = treatments.map((arm) => testArm(question, control!, arm, level));
  const fixed = adjustPValues(
    tested.map((test) => test.fixed.pValue),
    correction,
  );
  const sequential = adjustPValues(
    tested.map((test) => test.sequential.pValue),
    correction,
  );
  const comparisons = tested.map((test, index) => {
    const judged = {
      ...test,
      fixed: { ...test.fixed, adjustedPValue: fixed[index]! },
      sequential: { ...test.sequential, adjustedPValue: sequential[index]! },
    };
    return { ...judged, conclusion: describeComparison(question.name, judged, alpha) };
  });
  const sampleRatio = sampleRatioOf(arms);
  return {
    comparisons,
    sampleRatio,
    assumptions: assumptionsOf(question),
    warnings: warningsOf(question, sampleRatio),
  };
}

function testArm(question: ArmsQuestion, control: Arm, arm: Arm, level: number) {
  const { metric, scale, alternative, tuning, prior } = question;
  const effect = compareArms(metric, control.moments, arm.moments, scale);
  const plainSequence = confidenceSequence(effect, level, tuning);
  return {
    control: control.name,
    arm: arm.name,
    effect,
    fixed: welchTest(effect, level, alternative),
    sequential: {
      ...(scale === 'RELATIVE' ? relativeSequence(effect, level, tuning) : plainSequence),
      rho: sequenceRho(level, tuning),
    },
    plainSequence,
    bayesian: bayesianTest(effect, prior, level),
  };
}

function sampleRatioOf(arms: readonly Arm[]): SampleRatio | null {
  try {
    return checkSampleRatio(
      arms.map(({ moments }) => moments.n),
      arms.map(({ share }) => share),
    );
  } catch (error) {
    if (error instanceof Problem && error.kind === 'TOO_FEW') return null;
    throw error;
  }
}

function assumptionsOf({ metric, alternative, arms, correction, prior }: ArmsQuestion): string[] {
  const assumptions = [
    'Units were put into arms at random, each is in one arm only, and no unit is touched by the arm of another.',
    'The fixed-horizon result holds if it is read once, at the end planned beforehand; the always-valid one at any time.',
  ];
  if (metric.startsWith('RATIO')) assumptions.push('The error of the ratio goes by the delta method.');
  if (metric.endsWith('ADJUSTED')) {
    assumptions.push('The outcome before the experiment was not touched by the arms (CUPED takes its share away).');
  }
  if (alternative !== 'TWO_SIDED') assumptions.push('Only one direction was asked for; the sequence stays two-sided.');
  if (arms.length > 2) {
    const kept =
      correction === 'HOLM'
        ? 'the chance of any false finding (Holm)'
        : 'the share of false findings (Benjamini-Hochberg)';
    assumptions.push(`p-values of ${arms.length - 1} comparisons are adjusted to keep ${kept}.`);
  }
  assumptions.push(
    prior ? 'The Bayesian result starts from the prior given.' : 'The Bayesian result starts from a flat prior.',
  );
  return assumptions;
}

function warningsOf({ arms, metric, scale }: ArmsQuestion, ratio: SampleRatio | null): string[] {
  const warnings: string[] = [];
  if (ratio?.mismatch) {
    const text = `Arms are not filled as planned (p = ${ratio.pValue.toExponential(1)}): something loses or adds units. Find the cause before reading any result.`;
    warnings.push(text);
  }
  if (!ratio) warnings.push('There are too few units to check whether arms are filled as planned.');
  for (const { name, moments } of arms) {
    if (metric === 'MEAN' && isShare(moments) && rarer(moments) < fewest) {
      warnings.push(`${name} has fewer than ${fewest} units of the rarer outcome; wait for more.`);
    }
  }
  const { moments } = arms[0]!;
  const known = Math.abs(moments.means[0]!) / Math.sqrt(moments.covariance.data[0]! / moments.n);
  if (scale === 'RELATIVE' && metric === 'MEAN' && known < 4) {
    warnings.push('The control is hardly known itself, so relative effects are rough; read the difference instead.');
  }
  return warnings;
}

function isShare({ means, covariance }: Moments): boolean {
  const share = means[0]!;
  return share >= 0 && share <= 1 && Math.abs(covariance.data[0]! - share * (1 - share)) < 1e-12;
}

function rarer({ n, means }: Moments): number {
  return n * Math.min(means[0]!, 1 - means[0]!);
}
