import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';
import { quantileOfSorted } from '../numerics/random/resample.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import { allocate, bestAtPrice, prepareAllocation, totalYield, type Allocator, type Option } from './allocate.pure.ts';
import { MonotoneCurve } from './monotone-curve.pure.ts';

/** A channel of a plan: its response curve over the time of the plan, and what may be spent on it. */
export interface PlanChannel {
  readonly name: string;
  /** Points of the curve, increasing. */
  readonly spend: Float64Array;
  /** Expected response at each point. */
  readonly response: Float64Array;
  /** draws x points: the curve under draws of the posterior, the same draws for every channel. */
  readonly draws?: Float64Array;
  /** Spend when nothing changes. */
  readonly current: number;
  readonly lower: number;
  readonly upper: number;
  /** Spend up to which the curve rests on data. */
  readonly seenUpTo: number;
}

export type PlanGoal =
  /** The most response for this much money, spending only where the next unit returns at least `minimumReturn`. */
  | { readonly kind: 'BUDGET'; readonly total: number; readonly minimumReturn?: number }
  /** The least money for this much response. */
  | { readonly kind: 'RESPONSE'; readonly response: number }
  /** Spend in every channel until the next unit returns this much. */
  | { readonly kind: 'MARGINAL_RETURN'; readonly marginalReturn: number };

/** A number with the interval that holds 90 % of its posterior; without draws of the curves there is no interval. */
export interface Expected {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface PlannedChannel {
  readonly name: string;
  readonly current: number;
  readonly spend: number;
  readonly currentResponse: Expected;
  readonly response: Expected;
  /** Response of the next unit of spend, over 1 % of it. */
  readonly currentMarginalReturn: number;
  readonly marginalReturn: number;
  /** The bound that holds the spend where it is. */
  readonly activeBound: 'LOWER' | 'UPPER' | null;
  /** The plan asks for more than the data has shown the effect of. */
  readonly extrapolated: boolean;
}

export interface BudgetPlan {
  readonly channels: readonly PlannedChannel[];
  readonly spend: number;
  readonly response: Expected;
  /** What the current spends yield on the same curves. */
  readonly unchanged: { readonly spend: number; readonly response: Expected };
  /** Response of the plan less that of the current spends. */
  readonly gain: Expected;
  /** Share of draws in which it is above 0; null without draws. */
  readonly probabilityOfGain: number | null;
  /** Money that found no use at the minimum return. */
  readonly unspent: number;
  readonly warnings: readonly string[];
}

/**
 * Spends money where it returns most. Throws Problems: SHAPE, NOT_FINITE and OUT_OF_RANGE for curves and bounds that
 * cannot be used, and OUT_OF_RANGE for a goal the bounds do not allow, with the least and the most they allow.
 */
export function planBudget(channels: readonly PlanChannel[], goal: PlanGoal): BudgetPlan {
  channels.forEach(checkChannel);
  if (channels.length === 0) throw new Problem('TOO_FEW', 'There is no channel to plan for.');
  const options = channels.map(({ spend, response, lower, upper }): Option => {
    const curve = new MonotoneCurve(spend, response);
    return { lower, upper, yieldOf: (at) => curve.at(at) };
  });
  const spends = solve(options, goal);
  return report(channels, options, spends, goal);
}

function solve(options: readonly Option[], goal: PlanGoal): Float64Array {
  if (goal.kind === 'MARGINAL_RETURN') {
    requireFinite([goal.marginalReturn], 'The target return');
    return Float64Array.from(options, (option) => bestAtPrice(option, goal.marginalReturn));
  }
  const least = options.reduce((sum, { lower }) => sum + lower, 0);
  const most = options.reduce((sum, { upper }) => sum + upper, 0);
  const allocator = prepareAllocation(options);
  if (goal.kind === 'RESPONSE') return leastMoney(allocator, goal.response, least, most);
  requireFinite([goal.total], 'The budget');
  const slack = 1e-9 * most;
  if (goal.total < least - slack || goal.total > most + slack) {
    throw new Problem(
      'OUT_OF_RANGE',
      `The bounds of the channels allow a budget from ${rounded(least)} to ${rounded(most)}, not ${rounded(goal.total)}.`,
      { least, most },
    );
  }
  return allocate(allocator, goal.total, goal.minimumReturn);
}

function leastMoney(allocator: Allocator, response: number, least: number, most: number): Float64Array {
  requireFinite([response], 'The goal');
  const yieldOf = (total: number): number => totalYield(allocator.options, allocate(allocator, total));
  const [fewest, largest] = [yieldOf(least), yieldOf(most)];
  if (response > largest || response < fewest) {
    throw new Problem(
      'OUT_OF_RANGE',
      `Within the bounds the channels yield from ${rounded(fewest)} to ${rounded(largest)}, not ${rounded(response)}.`,
      { least: fewest, most: largest },
    );
  }
  let [low, high] = [least, most];
  for (let step = 0; step < 60 && high - low > 1e-9 * most; step++) {
    const middle = (low + high) / 2;
    if (yieldOf(middle) < response) low = middle;
    else high = middle;
  }
  return allocate(allocator, high);
}

function report(
  channels: readonly PlanChannel[],
  options: readonly Option[],
  spends: Float64Array,
  goal: PlanGoal,
): BudgetPlan {
  const current = Float64Array.from(channels, ({ current }) => current);
  const [planned, unchanged] = [drawsAt(channels, spends), drawsAt(channels, current)];
  const [meanPlanned, meanUnchanged] = [totalYield(options, spends), totalYield(options, current)];
  const [sum, sumCurrent] = [sumOf(spends), sumOf(current)];
  const details = channels.map((channel, index) => describe(channel, options[index]!, spends[index]!));
  const gains = planned && unchanged && planned.map((value, draw) => value - unchanged[draw]!);
  return {
    channels: details,
    spend: sum,
    response: expected(meanPlanned, planned),
    unchanged: { spend: sumCurrent, response: expected(meanUnchanged, unchanged) },
    gain: expected(meanPlanned - meanUnchanged, gains),
    probabilityOfGain: gains && gains.filter((gain) => gain > 0).length / gains.length,
    unspent: goal.kind === 'BUDGET' ? Math.max(0, goal.total - sum) : 0,
    warnings: warningsOf(details, channels, goal, sum),
  };
}

function describe(channel: PlanChannel, option: Option, spend: number): PlannedChannel {
  const { name, current, lower, upper, seenUpTo } = channel;
  const near = 1e-3 * Math.max(upper, upper - lower);
  const activeBound = spend - lower <= near ? 'LOWER' : upper - spend <= near ? 'UPPER' : null;
  const responseAt = (at: number): Expected => expected(option.yieldOf(at), drawsAt([channel], [at]));
  return {
    name,
    current,
    spend,
    currentResponse: responseAt(current),
    response: responseAt(spend),
    currentMarginalReturn: marginalReturnAt(channel, option, current),
    marginalReturn: marginalReturnAt(channel, option, spend),
    activeBound,
    extrapolated: spend > seenUpTo * (1 + 1e-9),
  };
}

function marginalReturnAt({ spend: points, upper }: PlanChannel, { yieldOf }: Option, spend: number): number {
  const step = 0.01 * Math.max(spend, 1e-3 * upper);
  const end = Math.min(spend + step, points.at(-1)!);
  const begin = Math.min(spend, end - step);
  return step > 0 ? (yieldOf(end) - yieldOf(begin)) / (end - begin) : 0;
}

function warningsOf(
  details: readonly PlannedChannel[],
  channels: readonly PlanChannel[],
  goal: PlanGoal,
  spend: number,
): string[] {
  const warnings = details.flatMap(({ name, spend, extrapolated }, index) =>
    extrapolated
      ? [
          `${name}: ${rounded(spend)} lies beyond the ${rounded(channels[index]!.seenUpTo)} that the data reaches; what it yields is a guess of the curve. Go there in steps, or test it.`,
        ]
      : [],
  );
  if (goal.kind === 'BUDGET' && goal.total - spend > 1e-6 * goal.total) {
    warnings.push(`${rounded(goal.total - spend)} is not spent, as it would return less than the minimum.`);
  }
  const sure = details.filter(({ response }) => response.low !== null && response.low <= 0).map(({ name }) => name);
  if (sure.length > 0) warnings.push(`The effect of ${sure.join(', ')} may be nothing.`);
  return warnings;
}

/** Total response under every draw, each curve straight between its points; null unless every channel has draws. */
function drawsAt(channels: readonly PlanChannel[], spends: ArrayLike<number>): Float64Array | null {
  const count = (channels[0]!.draws?.length ?? 0) / channels[0]!.spend.length;
  if (count === 0 || channels.some(({ draws }) => !draws)) return null;
  const totals = new Float64Array(count);
  channels.forEach(({ spend, draws }, index) => {
    const points = spend.length;
    const after = Math.max(1, firstBeyond(spend, spends[index]!));
    const share = (spends[index]! - spend[after - 1]!) / (spend[after]! - spend[after - 1]!);
    for (let draw = 0; draw < count; draw++) {
      const low = draws![draw * points + after - 1]!;
      totals[draw]! += low + Math.min(1, share) * (draws![draw * points + after]! - low);
    }
  });
  return totals;
}

function firstBeyond(points: Float64Array, spend: number): number {
  const found = points.findIndex((point) => point > spend);
  return found < 0 ? points.length - 1 : found;
}

function expected(mean: number, draws: Float64Array | null): Expected {
  if (!draws) return { mean, low: null, high: null };
  const sorted = draws.slice().sort();
  return { mean, low: quantileOfSorted(sorted, 0.05), high: quantileOfSorted(sorted, 0.95) };
}

function checkChannel({ name, spend, response, draws, current, lower, upper, seenUpTo }: PlanChannel): void {
  if (spend.length < 2) throw new Problem('TOO_FEW', `The curve of ${name} has fewer than two points.`);
  requireLength(response.length, spend.length, `The response of ${name}`);
  for (const values of [spend, response, draws ?? []]) requireFinite(values, `The curve of ${name}`);
  requireFinite([current, lower, upper, seenUpTo], `What is known of ${name}`);
  if (draws && draws.length % spend.length !== 0)
    throw new Problem('SHAPE', `The draws of ${name} have another length.`);
  if (spend.some((point, index) => index > 0 && point <= spend[index - 1]!)) {
    throw new Problem('SHAPE', `The spends of the curve of ${name} do not increase.`);
  }
  const [first, last] = [spend[0]!, spend.at(-1)!];
  const slack = 1e-9 * last;
  if (lower > upper || lower < first - slack || upper > last + slack) {
    throw new Problem(
      'OUT_OF_RANGE',
      `The bounds of ${name} must lie between ${rounded(first)} and ${rounded(last)}, the lower below the upper.`,
      { name },
    );
  }
}

function rounded(value: number): string {
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(4)).toString();
}
