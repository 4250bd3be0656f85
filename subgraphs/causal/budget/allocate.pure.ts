import { sumOf } from '../numerics/moments.pure.ts';

/** One thing money can be spent on: what a spend between the bounds yields. */
export interface Option {
  readonly lower: number;
  readonly upper: number;
  readonly yieldOf: (spend: number) => number;
}

/** A stretch of an option's concave hull: worth `slope` per unit of spend. */
interface Stretch {
  readonly option: number;
  readonly width: number;
  readonly slope: number;
}

/** Points at which an option is looked at between its bounds. */
const gridPoints = 200;

/** Options with the stretches they would be taken in, best first; made once and allocated from often. */
export interface Allocator {
  readonly options: readonly Option[];
  readonly stretches: readonly Stretch[];
}

/**
 * Prepares options for allocation. From the lower bound the jump with the highest average slope, over all points
 * beyond, is the first stretch of the upper concave hull, the next jump the second: climbing by average slope, as
 * google/meridian does, is taking the stretches of all hulls in order of slope. Convex feet of S-curves are jumped over.
 */
export function prepareAllocation(options: readonly Option[]): Allocator {
  const stretches = options.flatMap((option, index) => hullOf(option, index));
  // Equal slopes keep the order of the options, and stretches of one option stay in theirs.
  return { options, stretches: stretches.sort((a, b) => b.slope - a.slope || a.option - b.option) };
}

function hullOf({ lower, upper, yieldOf }: Option, option: number): Stretch[] {
  if (!(upper > lower)) return [];
  const hull: [x: number, y: number][] = [];
  for (let point = 0; point <= gridPoints; point++) {
    const x = lower + ((upper - lower) * point) / gridPoints;
    const next: [number, number] = [x, yieldOf(x)];
    while (hull.length > 1 && slopeBetween(hull.at(-2)!, hull.at(-1)!) <= slopeBetween(hull.at(-1)!, next)) hull.pop();
    hull.push(next);
  }
  return hull.slice(1).map((end, index) => ({
    option,
    width: end[0] - hull[index]![0],
    slope: slopeBetween(hull[index]!, end),
  }));
}

function slopeBetween(from: [number, number], to: [number, number]): number {
  return (to[1] - from[1]) / (to[0] - from[0]);
}

/**
 * The allocation of `total` with the highest yield, one spend per option. Stretches worth less than `minimumSlope` per
 * unit are not taken, so that money may be left over. `total` must lie between the sums of the bounds.
 */
export function allocate({ options, stretches }: Allocator, total: number, minimumSlope = -Infinity): Float64Array {
  const spends = Float64Array.from(options, ({ lower }) => lower);
  let rest = total - sumOf(spends);
  for (const { option, width, slope } of stretches) {
    if (rest <= 0 || slope < minimumSlope) break;
    const taken = Math.min(width, rest);
    spends[option]! += taken;
    rest -= taken;
  }
  return exchange(options, spends);
}

/**
 * Moves money from the option that loses least to the one that gains most, while that gains anything: first in large
 * amounts, which cross the feet of S-curves, then in ever smaller ones. The sum and the bounds are kept.
 */
function exchange(options: readonly Option[], spends: Float64Array): Float64Array {
  const widest = options.reduce((most, { lower, upper }) => Math.max(most, upper - lower), 0);
  for (let amount = widest / 2; amount > 1e-7 * widest; amount /= 2) {
    for (let move = 0; move < 50 * options.length; move++) {
      if (!moveOnce(options, spends, amount)) break;
    }
  }
  return spends;
}

function moveOnce(options: readonly Option[], spends: Float64Array, amount: number): boolean {
  let [giver, loss, taker, gain, total] = [-1, Infinity, -1, -Infinity, 0];
  options.forEach(({ lower, upper, yieldOf }, index) => {
    const spend = spends[index]!;
    const now = yieldOf(spend);
    total += Math.abs(now);
    const less = spend - amount >= lower ? now - yieldOf(spend - amount) : Infinity;
    const more = spend + amount <= upper ? yieldOf(spend + amount) - now : -Infinity;
    if (less < loss) [giver, loss] = [index, less];
    if (more > gain) [taker, gain] = [index, more];
  });
  if (giver < 0 || taker < 0 || giver === taker || !(gain - loss > 1e-13 * total)) return false;
  spends[giver]! -= amount;
  spends[taker]! += amount;
  return true;
}

/** The spend between the bounds with the most yield beyond `price` per unit spent. */
export function bestAtPrice({ lower, upper, yieldOf }: Option, price: number): number {
  const net = (spend: number): number => yieldOf(spend) - price * spend;
  let [best, bestNet] = [lower, net(lower)];
  for (let point = 1; point <= gridPoints; point++) {
    const spend = lower + ((upper - lower) * point) / gridPoints;
    if (net(spend) > bestNet) [best, bestNet] = [spend, net(spend)];
  }
  for (let step = (upper - lower) / gridPoints / 2; step > 1e-9 * (upper - lower); step /= 2) {
    for (const candidate of [best - step, best + step]) {
      if (candidate < lower || candidate > upper || net(candidate) <= bestNet) continue;
      [best, bestNet] = [candidate, net(candidate)];
    }
  }
  return best;
}

export function totalYield(options: readonly Option[], spends: ArrayLike<number>): number {
  return options.reduce((sum, { yieldOf }, index) => sum + yieldOf(spends[index]!), 0);
}
