import { momentsOfArm, type ArmSums, type SumMetric } from '../ab/arm-sums.pure.ts';
import { compareArms } from '../ab/effect.pure.ts';
import { welchTest } from '../ab/frequentist.pure.ts';
import { confidenceSequence, relativeSequence } from '../ab/sequential.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream, type RandomStream } from '../numerics/random/stream.pure.ts';

/** What is measured of units in experiments whose arms do not differ. */
export interface NullWorld {
  readonly name: string;
  readonly metric: SumMetric;
  /** Outcome and second variable of one unit. */
  readonly draw: (random: RandomStream) => readonly [number, number];
}

/** Worlds from easy to hard: rare and heavy-tailed outcomes are where approximations give way. */
export const nullWorlds: readonly NullWorld[] = [
  { name: 'share of 10 %', metric: 'MEAN', draw: (random) => [random.uniform() < 0.1 ? 1 : 0, 0] },
  { name: 'share of 1 %', metric: 'MEAN', draw: (random) => [random.uniform() < 0.01 ? 1 : 0, 0] },
  { name: 'revenue, log-normal', metric: 'MEAN', draw: (random) => [Math.exp(random.normal()), 0] },
  {
    name: 'mean with CUPED',
    metric: 'MEAN_ADJUSTED',
    draw: (random) => {
      const taste = random.normal();
      return [5 + taste + random.normal(), 5 + taste];
    },
  },
  {
    name: 'ratio of sums',
    metric: 'RATIO',
    draw: (random) => {
      const visits = 1 + random.integer(5);
      return [visits * (2 + random.normal()), visits];
    },
  },
];

export interface PeekPlan {
  readonly experiments: number;
  /** Looks one after the other at each experiment. */
  readonly looks: number;
  /** Units of each arm between two looks. */
  readonly step: number;
  readonly alpha: number;
  readonly seed: number;
}

/** How many of the experiments, in which nothing happened, ever claimed an effect. */
export interface PeekCounts {
  readonly experiments: number;
  /** The always-valid interval for relative effects that the product shows, at any look. */
  readonly sequence: number;
  /** The always-valid interval of the difference. */
  readonly difference: number;
  /** The sequence by the delta method that other products show. */
  readonly plain: number;
  /** Welch's test at any look, and at the last look alone. */
  readonly peeked: number;
  readonly atTheEnd: number;
}

/**
 * Simulates experiments without any effect and looks at each again and again. Looks at which nothing can be said yet,
 * such as before the first success, claim nothing. Each experiment is a stream of its own.
 */
export function peekAtNothing(world: NullWorld, plan: PeekPlan, from = 0, to = plan.experiments): PeekCounts {
  const counts = { experiments: to - from, sequence: 0, difference: 0, plain: 0, peeked: 0, atTheEnd: 0 };
  for (let experiment = from; experiment < to; experiment++) {
    const found = peekAtOne(world, plan, stream(plan.seed, experiment));
    for (const name of Object.keys(found) as (keyof typeof found)[]) if (found[name]) counts[name]++;
  }
  return counts;
}

function peekAtOne({ metric, draw }: NullWorld, { looks, step, alpha }: PeekPlan, random: RandomStream) {
  const found = { sequence: false, difference: false, plain: false, peeked: false, atTheEnd: false };
  const arms = [emptyArm(), emptyArm()];
  const tuning = 2 * looks * step;
  for (let look = 1; look <= looks; look++) {
    for (const arm of arms) for (let unit = 0; unit < step; unit++) add(arm, draw(random));
    const effects = effectsOf(metric, arms);
    if (!effects) continue;
    const { absolute, relative } = effects;
    const fixed = welchTest(absolute, alpha).pValue < alpha;
    found.difference ||= leavesZero(confidenceSequence(absolute, alpha, tuning));
    found.sequence ||= leavesZero(relativeSequence(relative, alpha, tuning));
    found.plain ||= leavesZero(confidenceSequence(relative, alpha, tuning));
    found.peeked ||= fixed;
    if (look === looks) found.atTheEnd = fixed;
  }
  return found;
}

function effectsOf(metric: SumMetric, arms: readonly ArmSums[]) {
  try {
    const [a, b] = arms.map((arm) => momentsOfArm(metric, arm));
    return { absolute: compareArms(metric, a!, b!), relative: compareArms(metric, a!, b!, 'RELATIVE') };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function leavesZero({ low, high }: { low: number; high: number }): boolean {
  return low > 0 || high < 0;
}

type Sums = { -readonly [Key in keyof Required<ArmSums>]: number };
type Arm = Omit<Sums, 'successes' | 'mean' | 'sd'>;

function emptyArm(): Arm {
  return { n: 0, sum: 0, sumSquares: 0, secondSum: 0, secondSumSquares: 0, sumProducts: 0 };
}

function add(arm: Arm, [outcome, second]: readonly [number, number]): void {
  arm.n++;
  arm.sum += outcome;
  arm.sumSquares += outcome * outcome;
  arm.secondSum += second;
  arm.secondSumSquares += second * second;
  arm.sumProducts += outcome * second;
}
