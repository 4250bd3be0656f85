import { cholesky, choleskyLogDeterminant, choleskySolve, type Cholesky } from '../numerics/linear/cholesky.pure.ts';
import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, dot, fromColumns, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { solveUpper } from '../numerics/linear/triangular.pure.ts';
import { drawGamma } from '../numerics/random/draw.pure.ts';
import { permutation } from '../numerics/random/resample.pure.ts';
import type { RandomStream } from '../numerics/random/stream.pure.ts';

/** Priors of the regression, on standardised data (bsts; Scott & Varian 2014). */
export interface RegressionPrior {
  /** Controls expected to matter; each enters with this over their number, at most 1. */
  readonly expectedSize: number;
  readonly expectedR2: number;
  /** Weight of expectedR2, in observations. */
  readonly degreesOfFreedom: number;
  /** Weight of the slab, in observations. */
  readonly information: number;
  /** Share of the slab's precision that ignores correlation between controls. */
  readonly diagonalShare: number;
  /** The noise has at most this spread. */
  readonly largestNoise: number;
}

export const defaultRegressionPrior: RegressionPrior = {
  expectedSize: 3,
  expectedR2: 0.8,
  degreesOfFreedom: 50,
  information: 0.01,
  diagonalShare: 0.5,
  largestNoise: 1.2,
};

export interface RegressionDraw {
  /** One per control; 0 where it is left out. */
  readonly coefficients: Float64Array;
  readonly noise: number;
}

/** Draws coefficients and the noise variance given the response less the states; keeps which controls are in. */
export type RegressionSampler = (rest: Float64Array, random: RandomStream) => RegressionDraw;

interface Chosen {
  readonly places: readonly number[];
  readonly factor: Cholesky | null;
  /** Half of ln det of the prior's less that of the posterior's precision. */
  readonly logRatio: number;
}

/** Sets of controls whose factors are kept; a chain stays among a few. */
const keptSets = 512;

/** `controls` are of the periods before the treatment, standardised. */
export function regressionSampler(controls: readonly Float64Array[], prior: RegressionPrior): RegressionSampler {
  const columns = fromColumns(controls);
  const [count, periods] = [controls.length, controls[0]?.length ?? 0];
  const products = count > 0 ? gram(columns) : zeros(0, 0);
  const slab = slabOf(products, periods, prior);
  const inclusion = Math.min(1, prior.expectedSize / Math.max(1, count));
  const logOdds = inclusion < 1 ? Math.log(inclusion / (1 - inclusion)) : Infinity;
  const included = Uint8Array.from({ length: count }, () => 1);
  const sets = new Map<string, Chosen>();
  const setOf = (): Chosen => {
    const key = included.join('');
    const known = sets.get(key);
    if (known) return known;
    if (sets.size >= keptSets) sets.clear();
    const made = choose(products, slab, included);
    sets.set(key, made);
    return made;
  };
  const priorSquares = prior.degreesOfFreedom * (1 - prior.expectedR2);
  return (rest, random) => {
    const n = rest.length;
    const target = Float64Array.from({ length: count }, (_, index) => dot(columnOf(columns, index), rest));
    const total = priorSquares + dot(rest, rest);
    const shape = (prior.degreesOfFreedom + n) / 2;
    const evidence = (set: Chosen): number => set.logRatio - shape * Math.log(squaresLeft(set, target, total));
    if (inclusion < 1) flip({ included, logOdds, setOf, evidence, random });
    const set = setOf();
    const noise = drawNoise(random, shape, squaresLeft(set, target, total) / 2, prior.largestNoise);
    return { noise, coefficients: drawCoefficients({ set, target, noise, random, count }) };
  };
}

function slabOf(products: Matrix, periods: number, { information, diagonalShare }: RegressionPrior): Matrix {
  const { rows } = products;
  const data = products.data.map(
    (value, at) => (information / periods) * (at % (rows + 1) === 0 ? value : value * (1 - diagonalShare)),
  );
  return { data, rows, columns: rows };
}

function choose(products: Matrix, slab: Matrix, included: Uint8Array): Chosen {
  const places = Array.from(included.keys()).filter((place) => included[place] === 1);
  if (places.length === 0) return { places, factor: null, logRatio: 0 };
  const part = ({ data, rows }: Matrix): Matrix => {
    const result = zeros(places.length, places.length);
    places.forEach((column, j) =>
      places.forEach((row, i) => (result.data[j * result.rows + i] = data[column * rows + row]!)),
    );
    return result;
  };
  const own = part(slab);
  const both = { ...own, data: part(products).data.map((value, at) => value + own.data[at]!) };
  const factor = cholesky(both, 1e-8);
  const prior = choleskyLogDeterminant(cholesky(own, 1e-8));
  return { places, factor, logRatio: (prior - choleskyLogDeterminant(factor)) / 2 };
}

function meanOf({ places, factor }: Chosen, target: Float64Array): Float64Array {
  const mean = Float64Array.from(places, (place) => target[place]!);
  if (factor) choleskySolve(factor, mean);
  return mean;
}

function squaresLeft(set: Chosen, target: Float64Array, total: number): number {
  const mean = meanOf(set, target);
  return set.places.reduce((left, place, index) => left - mean[index]! * target[place]!, total);
}

interface Flips {
  readonly included: Uint8Array;
  readonly logOdds: number;
  readonly setOf: () => Chosen;
  readonly evidence: (set: Chosen) => number;
  readonly random: RandomStream;
}

/** One Gibbs sweep over which controls are in, coefficients and noise integrated out (George & McCulloch 1997). */
function flip({ included, logOdds, setOf, evidence, random }: Flips): void {
  let current = evidence(setOf());
  for (const place of permutation(random, included.length)) {
    const before = included[place]!;
    included[place] = 1 - before;
    const other = evidence(setOf());
    const gain = other - current + (before === 0 ? logOdds : -logOdds);
    if (random.uniform() < 1 / (1 + Math.exp(-gain))) current = other;
    else included[place] = before;
  }
}

interface CoefficientDraw {
  readonly set: Chosen;
  readonly target: Float64Array;
  readonly noise: number;
  readonly random: RandomStream;
  readonly count: number;
}

function drawCoefficients({ set, target, noise, random, count }: CoefficientDraw): Float64Array {
  const coefficients = new Float64Array(count);
  if (!set.factor) return coefficients;
  const mean = meanOf(set, target);
  const shocks = mean.map(() => Math.sqrt(noise) * random.normal());
  solveUpper(set.factor.upper, shocks);
  set.places.forEach((place, index) => (coefficients[place] = mean[index]! + shocks[index]!));
  return coefficients;
}

const draws = 200;

/** An inverse gamma variance whose root is at most `largest`; at that bound when it would almost never be below. */
export function drawNoise(random: RandomStream, shape: number, rate: number, largest: number): number {
  for (let draw = 0; draw < draws; draw++) {
    const variance = 1 / drawGamma(random, shape, rate);
    if (variance <= largest ** 2) return variance;
  }
  return largest ** 2;
}
