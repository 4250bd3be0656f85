import { Problem } from '../numerics/problem.pure.ts';
import { stream, type RandomStream } from '../numerics/random/stream.pure.ts';
import type { LogDensity } from './log-density.pure.ts';
import { estimateVariance, planWarmup } from './mass-windows.pure.ts';
import { adaptStepSize } from './step-size.pure.ts';
import { phasePoint, Trajectories, type PhasePoint } from './trajectory.pure.ts';

export interface SamplerSettings {
  readonly seed: number;
  readonly warmup: number;
  readonly draws: number;
  /** Wanted mean acceptance probability; nearer 1 means smaller steps and fewer divergences. 0.8 when absent. */
  readonly targetAcceptance?: number;
  /** A trajectory has at most 2^maxDepth - 1 steps. 10 when absent. */
  readonly maxDepth?: number;
  /** Chains begin uniformly within `radius` of `start` in every coordinate; the origin and 2 when absent. */
  readonly start?: Float64Array;
  readonly radius?: number;
}

/** What one chain drew after its warm-up. */
export interface Chain {
  /** draws x dimension, row after row. */
  readonly positions: Float64Array;
  readonly energies: Float64Array;
  readonly divergent: Uint8Array;
  readonly depths: Uint8Array;
  /** Mean acceptance probability of the draws. */
  readonly acceptance: number;
  readonly stepSize: number;
  /** Evaluations of the density, warm-up included. */
  readonly evaluations: number;
}

/**
 * Draws one chain with NUTS: step size by dual averaging, a diagonal mass matrix learned in windows. It depends on the
 * seed and the number of the chain alone, so chains may be drawn in any order by any number of workers.
 * `onIteration` hears how many iterations are done, warm-up included, and may throw to stop. Throws NOT_FINITE when no
 * place with a finite density is found to begin at.
 */
export function sampleChain(
  density: LogDensity,
  settings: SamplerSettings,
  chain: number,
  onIteration: (done: number) => void = () => undefined,
): Chain {
  const random = stream(settings.seed, chain);
  const point = beginAt(density, settings, random);
  const inverseMass = new Float64Array(density.dimension).fill(1);
  const trajectories = new Trajectories(density, inverseMass, random, settings.maxDepth ?? 10);
  const warm = warmUp(trajectories, point, inverseMass, settings, onIteration);
  const result = emptyChain(density.dimension, settings.draws);
  let [acceptance, evaluations] = [0, warm.evaluations];
  for (let draw = 0; draw < settings.draws; draw++) {
    const done = trajectories.transition(point, warm.step);
    result.positions.set(point.position, draw * density.dimension);
    result.energies[draw] = done.energy;
    result.divergent[draw] = done.divergent ? 1 : 0;
    result.depths[draw] = done.depth;
    acceptance += done.acceptance / settings.draws;
    evaluations += done.leapfrogs;
    onIteration(settings.warmup + draw + 1);
  }
  return { ...result, acceptance, stepSize: warm.step, evaluations };
}

function emptyChain(dimension: number, draws: number) {
  return {
    positions: new Float64Array(draws * dimension),
    energies: new Float64Array(draws),
    divergent: new Uint8Array(draws),
    depths: new Uint8Array(draws),
  };
}

function beginAt(density: LogDensity, settings: SamplerSettings, random: RandomStream): PhasePoint {
  const point = phasePoint(density.dimension);
  const radius = settings.radius ?? 2;
  for (let attempt = 0; attempt < 100; attempt++) {
    for (let i = 0; i < density.dimension; i++) {
      point.position[i] = (settings.start?.[i] ?? 0) + radius * (2 * random.uniform() - 1);
    }
    point.logDensity = density.evaluate(point.position, point.gradient);
    if (Number.isFinite(point.logDensity) && point.gradient.every(Number.isFinite)) return point;
  }
  throw new Problem('NOT_FINITE', 'The model has no finite density near its starting point.');
}

function warmUp(
  trajectories: Trajectories,
  point: PhasePoint,
  inverseMass: Float64Array,
  { warmup, targetAcceptance = 0.8 }: SamplerSettings,
  onIteration: (done: number) => void,
): { step: number; evaluations: number } {
  const plan = planWarmup(warmup);
  const closes = new Set(plan.closes);
  const end = plan.closes.at(-1) ?? -1;
  const variances = estimateVariance(inverseMass.length);
  const steps = adaptStepSize(trajectories.reasonableStep(point, 1, targetAcceptance), targetAcceptance);
  let evaluations = 0;
  for (let iteration = 0; iteration < warmup; iteration++) {
    const done = trajectories.transition(point, steps.step);
    steps.learn(done.acceptance);
    evaluations += done.leapfrogs;
    if (iteration >= plan.begin && iteration <= end) variances.add(point.position);
    if (closes.has(iteration)) {
      variances.take(inverseMass);
      steps.restart(trajectories.reasonableStep(point, steps.settled(), targetAcceptance));
    }
    onIteration(iteration + 1);
  }
  return { step: steps.settled(), evaluations };
}
