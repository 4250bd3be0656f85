import { cholesky, choleskySolve } from '../numerics/linear/cholesky.pure.ts';
import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, dot, multiplyTransposed, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { nonNegativeFromGram } from '../numerics/optimise/non-negative.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { carryOver } from '../numerics/transforms/carry-over.pure.ts';
import { saturate } from '../numerics/transforms/saturation.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import { linearTerms } from './linear-terms.pure.ts';
import type { MixData } from './mix-data.pure.ts';
import type { LiftRow, MixSettings } from './mix-settings.pure.ts';

/** From lowest to highest. */
export type Range = readonly [low: number, high: number];

/** Where candidates are drawn from, for every channel unless named. Defaults as in facebookexperimental/Robyn. */
export interface ExploreRanges {
  readonly decay: Range;
  readonly slope: Range;
  /** Half-saturation over the highest carried-over media. */
  readonly half: Range;
  /** Base 10 logarithm of the ridge penalty per row. */
  readonly logPenalty: Range;
}

export const defaultRanges: ExploreRanges = { decay: [0, 0.8], slope: [0.5, 3], half: [0.3, 1], logPenalty: [-4, 2] };

/** One guess at all shapes; three numbers per channel: decay, slope, half. */
export interface Candidate {
  readonly shapes: Float64Array;
  readonly penalty: number;
}

/** What a candidate comes to. All three measures are better when lower. */
export interface CandidateFit extends Candidate {
  /** Root mean squared error over the range of the KPI. */
  readonly error: number;
  /** Distance between shares of effect and shares of spend, larger when channels have no effect (Robyn's RSSD). */
  readonly distance: number;
  /** Mean relative distance from the results of experiments; 0 without experiments. */
  readonly liftError: number;
  /** What each channel contributes over all rows. */
  readonly contributions: Float64Array;
}

/** Everything that does not change from candidate to candidate. */
export interface Exploration {
  readonly data: MixData;
  readonly lift: readonly LiftRow[];
  readonly kpi: Float64Array;
  readonly kpiMean: number;
  readonly kpiRange: number;
  /** All columns, standardised: first the linear terms, filled once, then one place per channel. */
  readonly columns: Matrix;
  readonly fixed: number;
  readonly spendShares: Float64Array;
  readonly nonNegative: boolean;
}

/**
 * Prepares a search over carry-over and saturation with ridge regression inside. National data only; linear terms as
 * the settings have them. With `nonNegative` channels that would take away are set to 0 and the rest fitted again.
 */
export function prepareExploration(data: MixData, settings: MixSettings, nonNegative = true): Exploration {
  const terms = linearTerms(data, settings, data.dates.length)
    .filter(({ group }) => group !== 'intercept')
    .map(({ values }) => values);
  const rows = data.kpi.length;
  const columns = zeros(rows, terms.length + data.channels.length);
  terms.forEach((values, index) => {
    columnOf(columns, index).set(values);
    standardise(columnOf(columns, index));
  });
  const kpiMean = sumOf(data.kpi) / rows;
  const kpi = data.kpi.map((value) => value - kpiMean);
  const spends = Float64Array.from(data.channels, ({ spend }) => sumOf(spend));
  const total = sumOf(spends);
  return {
    data,
    lift: settings.lift,
    kpi,
    kpiMean,
    kpiRange: kpi.reduce((most, value) => Math.max(most, value)) - kpi.reduce((least, value) => Math.min(least, value)),
    columns,
    fixed: terms.length,
    spendShares: spends.map((spend) => spend / total),
    nonNegative,
  };
}

/** Candidate number `index` of a seed; the same however the numbers are shared out among workers. */
export function drawCandidate(channels: number, ranges: ExploreRanges, seed: number, index: number): Candidate {
  const random = stream(seed, index);
  const within = ([low, high]: Range): number => low + (high - low) * random.uniform();
  const shapes = new Float64Array(3 * channels);
  for (let channel = 0; channel < channels; channel++) {
    shapes.set([within(ranges.decay), within(ranges.slope), within(ranges.half)], 3 * channel);
  }
  return { shapes, penalty: 10 ** within(ranges.logPenalty) };
}

/** Fits one candidate. Overwrites the columns of the media in `exploration`. */
export function fitCandidate(exploration: Exploration, candidate: Candidate): CandidateFit {
  const { columns, fixed, kpi, data } = exploration;
  const scales = data.channels.map((channel, index) =>
    writeMedia(columnOf(columns, fixed + index), channel.media ?? channel.spend, candidate.shapes.subarray(3 * index)),
  );
  const products = gram(columns);
  const target = multiplyTransposed(columns, kpi);
  const penalty = candidate.penalty * kpi.length;
  for (let column = 0; column < columns.columns; column++) products.data[column * (columns.columns + 1)]! += penalty;
  const coefficients = solve(exploration, products, target);
  const squares = squaredError(exploration, products, target, coefficients, penalty);
  const effects = scales.map(({ deviation }, index) => coefficients[fixed + index]! / deviation);
  const contributions = Float64Array.from(scales, ({ total }, index) => effects[index]! * total);
  return {
    ...candidate,
    error: Math.sqrt(Math.max(0, squares) / kpi.length) / exploration.kpiRange,
    distance: decompositionDistance(contributions, exploration.spendShares),
    liftError: liftError(exploration, candidate, effects, scales),
    contributions,
  };
}

interface MediaScale {
  readonly deviation: number;
  readonly total: number;
  readonly most: number;
}

/** Carried-over, saturated and standardised media; what it was scaled by. */
function writeMedia(into: Float64Array, media: Float64Array, shape: Float64Array): MediaScale {
  const [decay, slope, half] = [shape[0]!, shape[1]!, shape[2]!];
  carryOver(media, { kind: 'RECURSIVE', decay }, into);
  let most = 0;
  for (let row = 0; row < into.length; row++) if (into[row]! > most) most = into[row]!;
  saturate(into, { kind: 'HILL', slope, half: half * most }, into);
  return { ...standardise(into), most };
}

/** Mean 0 and standard deviation 1, in place; a constant column becomes 0. */
function standardise(values: Float64Array): { deviation: number; total: number } {
  let total = 0;
  for (let row = 0; row < values.length; row++) total += values[row]!;
  const mean = total / values.length;
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const centred = values[row]! - mean;
    values[row] = centred;
    squares += centred * centred;
  }
  const deviation = Math.sqrt(squares / values.length) || 1;
  for (let row = 0; row < values.length; row++) values[row] = values[row]! / deviation;
  return { deviation, total };
}

function solve({ fixed, nonNegative }: Exploration, products: Matrix, target: Float64Array): Float64Array {
  const coefficients = target.slice();
  choleskySolve(cholesky(products, 1e-6), coefficients);
  if (!nonNegative || coefficients.subarray(fixed).every((value) => value >= 0)) return coefficients;
  return nonNegativeFromGram(products, target, (column) => column < fixed);
}

/** y'y - 2 b'X'y + b'X'X b, the penalty taken out of the products again. */
function squaredError(
  { kpi }: Exploration,
  products: Matrix,
  target: Float64Array,
  coefficients: Float64Array,
  penalty: number,
): number {
  let squares = dot(kpi, kpi);
  for (let column = 0; column < coefficients.length; column++) {
    const coefficient = coefficients[column]!;
    const pull = dot(columnOf(products, column), coefficients) - penalty * coefficient;
    squares += coefficient * (pull - 2 * target[column]!);
  }
  return squares;
}

function decompositionDistance(contributions: Float64Array, spendShares: Float64Array): number {
  let [total, without, squares] = [0, 0, 0];
  for (const contribution of contributions) {
    total += contribution;
    if (contribution === 0) without++;
  }
  for (let channel = 0; channel < contributions.length; channel++) {
    const share = total === 0 ? 0 : contributions[channel]! / total;
    squares += (share - spendShares[channel]!) ** 2;
  }
  return Math.sqrt(squares) * (1 + without / contributions.length);
}

function liftError(
  { data, lift }: Exploration,
  { shapes }: Candidate,
  effects: readonly number[],
  scales: readonly MediaScale[],
): number {
  let [sum, count] = [0, 0];
  for (const { channel, spend, spendChange, kpiChange } of lift) {
    const index = data.channels.findIndex(({ name }) => name === channel);
    if (index < 0 || kpiChange === 0) continue;
    const { media, spend: spends } = data.channels[index]!;
    const perSpend = media ? sumOf(media) / sumOf(spends) : 1;
    const [decay, slope, half] = [shapes[3 * index]!, shapes[3 * index + 1]!, shapes[3 * index + 2]!];
    // Steady media builds up to 1 / (1 - decay) of a period.
    const points = Float64Array.of(spend, spend + spendChange).map((value) => (value * perSpend) / (1 - decay));
    saturate(points, { kind: 'HILL', slope, half: half * scales[index]!.most }, points);
    sum += Math.abs((effects[index]! * (points[1]! - points[0]!)) / kpiChange - 1);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Draws and fits candidates `from` to `to` - 1 of a seed. `onProgress` hears the share done, and may throw to stop. */
export function exploreMixes(
  exploration: Exploration,
  ranges: ExploreRanges,
  { seed, from, to }: { seed: number; from: number; to: number },
  onProgress: (fraction: number) => void = () => undefined,
): CandidateFit[] {
  const channels = exploration.data.channels.length;
  return Array.from({ length: to - from }, (_, place) => {
    if (place % 100 === 0) onProgress(place / (to - from));
    return fitCandidate(exploration, drawCandidate(channels, ranges, seed, from + place));
  });
}
