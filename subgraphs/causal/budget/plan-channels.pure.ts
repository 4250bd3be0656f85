import { shareWithin } from './share-within.pure.ts';
import type { PlanChannel } from './plan-budget.pure.ts';

/** Bounds of a channel as multiples of its current spend. */
export interface SpendBounds {
  readonly lower: number;
  readonly upper: number;
}

/** What a plan needs to know of a channel of a mix model. */
export interface ModelChannel {
  readonly name: string;
  /** Over the time the model saw. */
  readonly spend: number;
  /** Periods until half of the effect has come. */
  readonly halfLife: { readonly mean: number };
  readonly curve: {
    readonly spend: Float64Array;
    readonly mean: Float64Array;
    readonly low: Float64Array;
    readonly high: Float64Array;
    /** draws x points. */
    readonly draws: Float64Array;
    readonly seenUpTo: number;
  };
}

/** The time of a plan: `share` of the time the model saw, e.g. 13 / 156, and how many periods that is. */
export interface PlanTime {
  readonly share: number;
  readonly periods: number;
  /** Leave out the effect that comes after the last period. */
  readonly within: boolean;
}

/** A channel's curve over the time of a plan. */
export interface TimedChannel extends Omit<PlanChannel, 'lower' | 'upper'> {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Channels of a mix model over the time of a plan: spend at the pace of the data, flighting as it was. What comes after
 * the plan's end is left out by the channel's half-life, as if its carry-over were geometric.
 */
export function timeChannels(channels: readonly ModelChannel[], { share, periods, within }: PlanTime): TimedChannel[] {
  return channels.map(({ name, spend, halfLife, curve }) => {
    const effect = share * (within ? shareWithin(halfLife.mean, periods) : 1);
    const times = (values: Float64Array, factor: number): Float64Array => values.map((value) => value * factor);
    return {
      name,
      spend: times(curve.spend, share),
      response: times(curve.mean, effect),
      low: times(curve.low, effect),
      high: times(curve.high, effect),
      draws: times(curve.draws, effect),
      current: spend * share,
      seenUpTo: curve.seenUpTo * share,
    };
  });
}

/** The same with bounds in money. */
function boundChannels(channels: readonly TimedChannel[], boundsOf: (name: string) => SpendBounds): PlanChannel[] {
  return channels.map((channel) => {
    const { lower, upper } = boundsOf(channel.name);
    return { ...channel, lower: lower * channel.current, upper: upper * channel.current };
  });
}

/** Channels of a mix model as channels of a plan. */
export function planChannels(
  channels: readonly ModelChannel[],
  time: PlanTime,
  boundsOf: (name: string) => SpendBounds,
): PlanChannel[] {
  return boundChannels(timeChannels(channels, time), boundsOf);
}
