import { addDays } from '../../ui/range.ts';
import type { TrainMixModelInput } from './models.generated.ts';

/** The part of a training that people change here; what else a training says is kept as it is. */
export type Training = TrainMixModelInput;

/** A training over the last three years there are, at most. */
export function initialTraining(first: string | null, last: string | null, today: string): Training {
  const to = last ?? today;
  const from = addDays(to, -7 * 156 + 1);
  return {
    from: first && first > from ? first : from,
    to,
    kpi: 'REVENUE',
    basis: 'CLAIMED',
    period: 'WEEK',
    mock: false,
  };
}

/** The channels of a training after one is taken in or left out; none named takes every one. */
export function withChannel(training: Training, all: readonly string[], name: string, on: boolean): Training {
  const now = training.onlyChannels ?? all;
  const next = all.filter((one) => (one === name ? on : now.includes(one)));
  const { onlyChannels: _, priors, ...rest } = training;
  if (next.length === 0) return training;
  // A belief about a channel that is left out would have nothing to be about.
  const kept = priors?.filter(({ channel }) => !channel || next.includes(channel));
  return { ...rest, ...(kept ? { priors: kept } : {}), ...(next.length === all.length ? {} : { onlyChannels: next }) };
}

export type ShapeKey = 'carryOver' | 'saturation' | 'trend';

/** A training with another shape; beliefs about carry-over and saturation are about the parameters of one shape. */
export function withShape(training: Training, key: ShapeKey, shape: string): Training {
  const { priors, ...rest } = training;
  return { ...rest, ...(priors && key === 'trend' ? { priors } : {}), [key]: shape };
}

/** A stored training as the form takes it. */
export function storedTraining(value: unknown): Training {
  return value as Training;
}
