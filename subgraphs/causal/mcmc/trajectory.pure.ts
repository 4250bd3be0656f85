import type { RandomStream } from '../numerics/random/stream.pure.ts';
import type { LogDensity } from './log-density.pure.ts';

/** A point of phase space with what is known of it. */
export interface PhasePoint {
  readonly position: Float64Array;
  readonly momentum: Float64Array;
  readonly gradient: Float64Array;
  logDensity: number;
}

/** What one transition did. */
export interface Transition {
  readonly divergent: boolean;
  readonly depth: number;
  readonly leapfrogs: number;
  /** Mean acceptance probability over the trajectory. */
  readonly acceptance: number;
  /** Total energy of the point drawn. */
  readonly energy: number;
}

/** The energy error beyond which a trajectory counts as divergent, as in Stan. */
const divergence = 1000;

/** One end of a stretch of trajectory: its momentum, and the momentum times the inverse mass. */
interface End {
  readonly momentum: Float64Array;
  readonly sharp: Float64Array;
}

/** Room for a stretch of 2^depth steps. */
interface Branch {
  readonly proposal: PhasePoint;
  /** Sums of momenta: of the whole stretch, of its first and of its second half. */
  readonly rho: Float64Array;
  readonly rhoFirst: Float64Array;
  readonly rhoSecond: Float64Array;
  readonly firstEnd: End;
  readonly secondBegin: End;
}

/**
 * The no-U-turn sampler with multinomial choice along the trajectory (Betancourt 2017, "A conceptual introduction to
 * Hamiltonian Monte Carlo", appendix A) and the checks between halves that Stan makes since 2.21. `inverseMass` holds
 * variances, one per coordinate; it may be changed between transitions.
 */
export class Trajectories {
  private readonly density: LogDensity;
  private readonly inverseMass: Float64Array;
  private readonly random: RandomStream;
  private readonly maxDepth: number;
  private readonly branches: readonly Branch[];
  private readonly forward: PhasePoint;
  private readonly backward: PhasePoint;
  private readonly proposal: PhasePoint;
  private readonly forwardEnd: End;
  private readonly backwardEnd: End;
  /** Where the two halves of the trajectory meet, on either side. */
  private readonly forwardBegin: End;
  private readonly backwardBegin: End;
  private readonly rho: Float64Array;
  private readonly rhoForward: Float64Array;
  private readonly rhoBackward: Float64Array;
  private energyBefore = 0;
  private sumAcceptance = 0;
  private leapfrogs = 0;
  private logWeight = 0;
  private step = 0;
  private divergent = false;

  constructor(density: LogDensity, inverseMass: Float64Array, random: RandomStream, maxDepth: number) {
    this.density = density;
    this.inverseMass = inverseMass;
    this.random = random;
    this.maxDepth = maxDepth;
    const size = density.dimension;
    this.branches = Array.from({ length: maxDepth + 1 }, () => branchOf(size));
    [this.forward, this.backward, this.proposal] = [phasePoint(size), phasePoint(size), phasePoint(size)];
    [this.forwardEnd, this.backwardEnd, this.forwardBegin, this.backwardBegin] = [
      endOf(size),
      endOf(size),
      endOf(size),
      endOf(size),
    ];
    this.rho = new Float64Array(size);
    this.rhoForward = new Float64Array(size);
    this.rhoBackward = new Float64Array(size);
  }

  /** One transition from `point`, in place. */
  transition(point: PhasePoint, stepSize: number): Transition {
    this.step = stepSize;
    this.begin(point);
    let [total, depth] = [0, 0];
    while (depth < this.maxDepth) {
      if (!this.grow(depth, this.random.uniform() > 0.5)) break;
      if (this.accepts(this.logWeight - total)) copyPoint(this.branches[depth]!.proposal, this.proposal);
      depth++;
      total = logSum(total, this.logWeight);
      if (!this.goesOn()) break;
    }
    copyPoint(this.proposal, point);
    const { divergent, leapfrogs } = this;
    return { divergent, depth, leapfrogs, acceptance: this.sumAcceptance / leapfrogs, energy: this.energyOf(point) };
  }

  /** A step whose first leapfrog is accepted with probability about `target`, by doubling and halving. */
  reasonableStep(point: PhasePoint, from: number, target: number): number {
    let [candidate, direction] = [from, 0];
    for (let attempt = 0; attempt < 60; attempt++) {
      copyPoint(point, this.proposal);
      this.drawMomentum(this.proposal);
      const before = this.energyOf(this.proposal);
      this.leapfrog(this.proposal, candidate);
      const wanted = before - this.energyOf(this.proposal) > Math.log(target) ? 1 : -1;
      if (direction !== 0 && wanted !== direction) break;
      direction = wanted;
      candidate *= direction > 0 ? 2 : 0.5;
    }
    return candidate;
  }

  private begin(point: PhasePoint): void {
    this.drawMomentum(point);
    this.energyBefore = this.energyOf(point);
    for (const copy of [this.forward, this.backward, this.proposal]) copyPoint(point, copy);
    this.writeEnd(point.momentum, this.forwardEnd);
    copyEnd(this.forwardEnd, this.backwardEnd);
    this.rho.set(point.momentum);
    [this.sumAcceptance, this.leapfrogs, this.divergent] = [0, 0, false];
  }

  /** Doubles the trajectory at one of its ends; what was there becomes the other half. */
  private grow(depth: number, goForward: boolean): boolean {
    const branch = this.branches[depth]!;
    if (goForward) {
      this.rhoBackward.set(this.rho);
      copyEnd(this.forwardEnd, this.backwardBegin);
      if (!this.extend(depth, this.forward, 1, this.forwardBegin, this.forwardEnd)) return false;
      this.rhoForward.set(branch.rho);
      return true;
    }
    this.rhoForward.set(this.rho);
    copyEnd(this.backwardEnd, this.forwardBegin);
    if (!this.extend(depth, this.backward, -1, this.backwardBegin, this.backwardEnd)) return false;
    this.rhoBackward.set(branch.rho);
    return true;
  }

  /** Whether the trajectory moves apart as a whole and across the place where its halves meet. */
  private goesOn(): boolean {
    const { rho, rhoForward, rhoBackward, forwardEnd, backwardEnd, forwardBegin, backwardBegin } = this;
    for (let i = 0; i < rho.length; i++) rho[i] = rhoForward[i]! + rhoBackward[i]!;
    return (
      movesApart(backwardEnd, forwardEnd, rhoForward, rhoBackward) &&
      movesApart(backwardEnd, forwardBegin, rhoBackward, forwardBegin.momentum) &&
      movesApart(backwardBegin, forwardEnd, rhoForward, backwardBegin.momentum)
    );
  }

  /**
   * Goes 2^depth steps on from `point`. Leaves the sum of momenta and the proposal in `branches[depth]`, and the
   * logarithm of the weight in `logWeight`. False when the stretch turned or diverged.
   */
  private extend(depth: number, point: PhasePoint, direction: number, begin: End, end: End): boolean {
    const branch = this.branches[depth]!;
    if (depth === 0) return this.leaf(point, direction, branch, begin, end);
    const half = this.branches[depth - 1]!;
    if (!this.extend(depth - 1, point, direction, begin, branch.firstEnd)) return false;
    const firstWeight = this.logWeight;
    copyPoint(half.proposal, branch.proposal);
    branch.rhoFirst.set(half.rho);
    if (!this.extend(depth - 1, point, direction, branch.secondBegin, end)) return false;
    const secondWeight = this.logWeight;
    branch.rhoSecond.set(half.rho);
    this.logWeight = logSum(firstWeight, secondWeight);
    if (this.accepts(secondWeight - this.logWeight)) copyPoint(half.proposal, branch.proposal);
    const { rho, rhoFirst, rhoSecond, firstEnd, secondBegin } = branch;
    for (let i = 0; i < rho.length; i++) rho[i] = rhoFirst[i]! + rhoSecond[i]!;
    return (
      movesApart(begin, end, rhoFirst, rhoSecond) &&
      movesApart(begin, secondBegin, rhoFirst, secondBegin.momentum) &&
      movesApart(firstEnd, end, rhoSecond, firstEnd.momentum)
    );
  }

  private leaf(point: PhasePoint, direction: number, branch: Branch, begin: End, end: End): boolean {
    this.leapfrog(point, direction * this.step);
    this.leapfrogs++;
    const gain = this.energyBefore - this.energyOf(point);
    // NaN counts as divergent too.
    if (!(gain >= -divergence)) this.divergent = true;
    this.logWeight = Number.isNaN(gain) ? -Infinity : gain;
    this.sumAcceptance += Math.min(1, Math.exp(this.logWeight));
    copyPoint(point, branch.proposal);
    this.writeEnd(point.momentum, begin);
    copyEnd(begin, end);
    branch.rho.set(point.momentum);
    return !this.divergent;
  }

  private accepts(logProbability: number): boolean {
    return Math.log(1 - this.random.uniform()) < logProbability;
  }

  private energyOf(point: PhasePoint): number {
    const { momentum, logDensity } = point;
    let kinetic = 0;
    for (let i = 0; i < momentum.length; i++) kinetic += momentum[i]! * momentum[i]! * this.inverseMass[i]!;
    return 0.5 * kinetic - logDensity;
  }

  private leapfrog(point: PhasePoint, signedStep: number): void {
    const { position, momentum, gradient } = point;
    const half = 0.5 * signedStep;
    for (let i = 0; i < position.length; i++) {
      momentum[i] = momentum[i]! + half * gradient[i]!;
      position[i] = position[i]! + signedStep * this.inverseMass[i]! * momentum[i]!;
    }
    point.logDensity = this.density.evaluate(position, gradient);
    for (let i = 0; i < position.length; i++) momentum[i] = momentum[i]! + half * gradient[i]!;
  }

  private drawMomentum(point: PhasePoint): void {
    const { momentum } = point;
    for (let i = 0; i < momentum.length; i++) momentum[i] = this.random.normal() / Math.sqrt(this.inverseMass[i]!);
  }

  private writeEnd(momentum: Float64Array, end: End): void {
    end.momentum.set(momentum);
    for (let i = 0; i < momentum.length; i++) end.sharp[i] = this.inverseMass[i]! * momentum[i]!;
  }
}

/** The generalised no-U-turn criterion at both ends, for the sum of momenta a + b. */
function movesApart(begin: End, end: End, a: Float64Array, b: Float64Array): boolean {
  let [first, last] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    const total = a[i]! + b[i]!;
    first += begin.sharp[i]! * total;
    last += end.sharp[i]! * total;
  }
  return first > 0 && last > 0;
}

export function phasePoint(size: number): PhasePoint {
  return {
    position: new Float64Array(size),
    momentum: new Float64Array(size),
    gradient: new Float64Array(size),
    logDensity: 0,
  };
}

function endOf(size: number): End {
  return { momentum: new Float64Array(size), sharp: new Float64Array(size) };
}

function branchOf(size: number): Branch {
  return {
    proposal: phasePoint(size),
    rho: new Float64Array(size),
    rhoFirst: new Float64Array(size),
    rhoSecond: new Float64Array(size),
    firstEnd: endOf(size),
    secondBegin: endOf(size),
  };
}

function copyPoint(from: PhasePoint, to: PhasePoint): void {
  to.position.set(from.position);
  to.momentum.set(from.momentum);
  to.gradient.set(from.gradient);
  to.logDensity = from.logDensity;
}

function copyEnd(from: End, to: End): void {
  to.momentum.set(from.momentum);
  to.sharp.set(from.sharp);
}

function logSum(a: number, b: number): number {
  if (a === -Infinity) return b;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
