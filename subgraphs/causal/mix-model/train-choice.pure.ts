import type { MixDataChoice } from './build-mix-data.pure.ts';
import { defaultMixSampler, type MixSampler } from './fit-mix-model.pure.ts';
import { defaultMixSettings, type ChannelSettings, type LiftRow, type MixSettings } from './mix-settings.pure.ts';

/** What was asked for, complete and checked. */
export interface TrainChoice extends MixDataChoice {
  readonly from: string;
  readonly to: string;
  readonly holdout: number;
  readonly connectionIds: readonly string[] | null;
  readonly mock: boolean;
}

/** Everything but the data that a training depends on. */
export interface TrainSettings {
  readonly model: MixSettings;
  readonly sampler: MixSampler;
}

/** What people may say, defaults of the schema filled in or not. */
export interface TrainInput {
  readonly from: string;
  readonly to: string;
  readonly kpi?: 'REVENUE' | 'CONVERSIONS' | null;
  readonly basis?: 'CLAIMED' | 'BOOKED' | 'PAID' | null;
  readonly period?: 'DAY' | 'WEEK' | null;
  readonly holdout?: number | null;
  readonly trendKnots?: number | null;
  readonly roiPriors?: readonly { channel: string; median: number; spread?: number | null }[] | null;
  readonly lift?: readonly LiftRow[] | null;
  readonly connectionIds?: readonly string[] | null;
  readonly mock?: boolean | null;
  readonly seed?: number | null;
  readonly chains?: number | null;
  readonly draws?: number | null;
}

/** The first thing wrong with an input: its field and why; null when it can be used. */
export function invalidInput(input: TrainInput): { field: string; reason: string } | null {
  const whole = (value: number | null | undefined, low: number, high: number): boolean =>
    value === null || value === undefined || (Number.isInteger(value) && value >= low && value <= high);
  const checks: [holds: boolean, field: string, reason: string][] = [
    [input.from < input.to, 'to', 'The last day must lie after the first.'],
    [whole(input.holdout, 0, 1000), 'holdout', 'So many periods cannot be held out.'],
    [whole(input.trendKnots, 0, 12), 'trendKnots', 'A trend bends at 0 to 12 points.'],
    [whole(input.chains, 2, 8), 'chains', 'A model is sampled with 2 to 8 chains.'],
    [whole(input.draws, 100, 5000), 'draws', 'A chain keeps 100 to 5000 draws.'],
    [
      (input.roiPriors ?? []).every(({ median, spread }) => median > 0 && (spread ?? 1) > 0),
      'roiPriors',
      'Medians and spreads of ROI priors are above 0.',
    ],
  ];
  const wrong = checks.find(([holds]) => !holds);
  return wrong ? { field: wrong[1], reason: wrong[2] } : null;
}

/** The choice and the settings an input stands for. */
export function completeTraining(input: TrainInput): { choice: TrainChoice; settings: TrainSettings } {
  const draws = input.draws ?? 1000;
  const sampler = { ...defaultMixSampler, seed: input.seed ?? 1, chains: input.chains ?? 4, draws, warmup: draws };
  return { choice: choiceOf(input), settings: { model: modelOf(input), sampler } };
}

const basisOf = { CLAIMED: 'claimed', BOOKED: 'booked', PAID: 'paid' } as const;

function choiceOf(input: TrainInput): TrainChoice {
  return {
    from: input.from,
    to: input.to,
    kpi: input.kpi === 'CONVERSIONS' ? 'conversions' : 'revenue',
    basis: basisOf[input.basis ?? 'CLAIMED'],
    period: input.period ?? 'WEEK',
    events: [],
    holdout: input.holdout ?? 0,
    connectionIds: input.connectionIds ?? null,
    mock: input.mock ?? false,
  };
}

function modelOf({ period, trendKnots, roiPriors, lift }: TrainInput): MixSettings {
  const knots = trendKnots ?? 2;
  const daily = period === 'DAY';
  const year = { name: 'yearly', period: daily ? 365.25 : 365.25 / 7, order: 2 };
  return {
    ...defaultMixSettings,
    trend: knots > 0 ? { kind: 'piecewise', knots } : { kind: 'linear' },
    seasonality: daily ? [year, { name: 'weekly', period: 7, order: 3 }] : [year],
    channels: Object.fromEntries((roiPriors ?? []).map(roiPrior)),
    lift: (lift ?? []).map(({ channel, spend, spendChange, kpiChange, standardError }) => ({
      channel,
      spend,
      spendChange,
      kpiChange,
      standardError,
    })),
  };
}

function roiPrior({
  channel,
  median,
  spread,
}: {
  channel: string;
  median: number;
  spread?: number | null;
}): [string, Partial<ChannelSettings>] {
  const prior = { kind: 'logNormal', meanLog: Math.log(median), sdLog: spread ?? 0.9 } as const;
  return [channel, { effect: { kind: 'roi', prior } }];
}
