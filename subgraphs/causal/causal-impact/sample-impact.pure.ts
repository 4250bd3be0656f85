import { stream, type RandomStream } from '../numerics/random/stream.pure.ts';
import type { StandardData } from './impact-data.pure.ts';
import { defaultRegressionPrior, drawNoise, regressionSampler, type RegressionPrior } from './spike-slab.pure.ts';
import { stateSampler, type StateSampler, type StateVariances } from './structural-states.pure.ts';

export interface ImpactOptions {
  readonly trend: boolean;
  /** Seasons in a cycle, 1 for none, and periods in a season. */
  readonly seasons: number;
  readonly duration: number;
  /** Of a step of the level (and slope), relative to the response, as far as is known beforehand. */
  readonly levelSpread: number;
  readonly prior: RegressionPrior;
  readonly draws: number;
  /** Share of the draws that is dropped. */
  readonly burnIn: number;
  readonly seed: number;
}

/** The priors of bsts as CausalImpact sets them. */
export const defaultImpactOptions: ImpactOptions = {
  trend: false,
  seasons: 1,
  duration: 1,
  levelSpread: 0.01,
  prior: defaultRegressionPrior,
  draws: 1000,
  burnIn: 0.1,
  seed: 1,
};

export interface ImpactDraws {
  readonly kept: number;
  readonly periods: number;
  /** Draw after draw, all periods: the response without treatment, with and without noise, standardised. */
  readonly predicted: Float64Array;
  readonly expected: Float64Array;
  /** Draw after draw, per control. */
  readonly coefficients: Float64Array;
  /** Spread of the noise and of a step of the level, per draw. */
  readonly noise: Float64Array;
  readonly level: Float64Array;
}

/** Weight of levelSpread and of the season's spread, in observations. */
const levelWeight = 32;
const seasonWeight = 0.01;

/**
 * Gibbs sampler of a structural time series with spike-and-slab regression (Brodersen et al. 2015; Scott & Varian 2014):
 * states given everything, coefficients and noise given the states, variances given the states; after every draw the
 * states run on through the treated periods. Deterministic by seed. Memory: 16 bytes x kept draws x periods.
 */
export function sampleImpact(data: StandardData, options: ImpactOptions): ImpactDraws {
  const random = stream(options.seed);
  const kept = options.draws - Math.floor(options.burnIn * options.draws);
  const chain = startChain(data, options);
  const periods = data.response.length;
  const result = {
    kept,
    periods,
    predicted: new Float64Array(kept * periods),
    expected: new Float64Array(kept * periods),
    coefficients: new Float64Array(kept * data.controls.length),
    noise: new Float64Array(kept),
    level: new Float64Array(kept),
  };
  for (let draw = kept - options.draws; draw < kept; draw++) {
    step(chain, random);
    if (draw >= 0) keep(chain, result, draw, random);
  }
  return result;
}

interface Chain {
  readonly data: StandardData;
  readonly options: ImpactOptions;
  readonly states: StateSampler;
  readonly regress: ReturnType<typeof regressionSampler>;
  readonly variances: StateVariances;
  readonly target: Float64Array;
  path: Float64Array;
  coefficients: Float64Array;
}

function startChain(data: StandardData, options: ImpactOptions): Chain {
  const { pre, controls, response } = data;
  // Without controls there is no share they are expected to explain.
  const weak = { ...options.prior, degreesOfFreedom: 0.01, expectedR2: 0 };
  const before = controls.map(({ values }) => values.subarray(0, pre));
  const start = options.levelSpread ** 2;
  return {
    data,
    options,
    states: stateSampler(options, pre, response[0]!),
    regress: regressionSampler(before, controls.length > 0 ? options.prior : weak),
    variances: {
      level: start,
      slope: start,
      season: start,
      noise: controls.length > 0 ? 1 - options.prior.expectedR2 : 0.5,
    },
    target: new Float64Array(pre),
    path: new Float64Array(0),
    coefficients: new Float64Array(controls.length),
  };
}

function step(chain: Chain, random: RandomStream): void {
  const { data, options, states, variances, target } = chain;
  for (let t = 0; t < data.pre; t++) target[t] = data.response[t]! - explained(chain, t);
  chain.path = states.sample(target, variances, random);
  for (let t = 0; t < data.pre; t++) target[t] = data.response[t]! - states.signal(chain.path, t);
  const drawn = chain.regress(target, random);
  chain.coefficients = drawn.coefficients;
  variances.noise = drawn.noise;
  const steps = states.steps(chain.path);
  const of = (squares: number, count: number, weight: number): number => {
    const guess = weight * options.levelSpread ** 2;
    return drawNoise(random, (weight + count) / 2, (guess + squares) / 2, 1);
  };
  variances.level = of(steps.level, data.pre - 1, levelWeight);
  if (options.trend) variances.slope = of(steps.slope, data.pre - 1, levelWeight);
  if (options.seasons > 1) variances.season = of(steps.season, steps.turns, seasonWeight);
}

/** What the controls explain in period t. */
function explained({ data, coefficients }: Chain, t: number): number {
  let sum = 0;
  for (let index = 0; index < coefficients.length; index++) {
    if (coefficients[index] !== 0) sum += coefficients[index]! * data.controls[index]!.values[t]!;
  }
  return sum;
}

interface Kept {
  readonly periods: number;
  readonly predicted: Float64Array;
  readonly expected: Float64Array;
  readonly coefficients: Float64Array;
  readonly noise: Float64Array;
  readonly level: Float64Array;
}

function keep(chain: Chain, into: Kept, draw: number, random: RandomStream): void {
  const { data, states, variances, path } = chain;
  const [noise, size] = [Math.sqrt(variances.noise), states.size];
  const state = path.slice((data.pre - 1) * size, data.pre * size);
  for (let t = 0; t < into.periods; t++) {
    if (t >= data.pre) states.advance(state, t - 1, variances, random);
    const signal = t < data.pre ? states.signal(path, t) : states.signal(state, 0);
    const expected = signal + explained(chain, t);
    into.expected[draw * into.periods + t] = expected;
    into.predicted[draw * into.periods + t] = expected + noise * random.normal();
  }
  into.coefficients.set(chain.coefficients, draw * chain.coefficients.length);
  into.noise[draw] = noise;
  into.level[draw] = Math.sqrt(variances.level);
}
