import type { ChannelSummary } from '../mix-model/summarise-mix.pure.ts';
import type { PlanChannel } from './plan-budget.pure.ts';

/** Bounds of a channel as multiples of its current spend. */
export interface SpendBounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Channels of a mix model as channels of a plan over `share` of the time the model saw, e.g. 13 / 156 for a quarter of
 * a model over three years of weeks: spend at the pace of the data, flighting and carry-over as they were.
 */
export function planChannels(
  channels: readonly ChannelSummary[],
  share: number,
  boundsOf: (name: string) => SpendBounds,
): PlanChannel[] {
  return channels.map(({ name, spend, curve }) => {
    const { lower, upper } = boundsOf(name);
    const current = spend * share;
    const part = (values: Float64Array): Float64Array => values.map((value) => value * share);
    return {
      name,
      spend: part(curve.spend),
      response: part(curve.mean),
      draws: part(curve.draws),
      current,
      lower: lower * current,
      upper: upper * current,
      seenUpTo: curve.seenUpTo * share,
    };
  });
}
