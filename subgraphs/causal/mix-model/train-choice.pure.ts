import type { ControlChoice, MediaKind, MixDataChoice } from './mix-choice.pure.ts';
import { defaultMixSampler, type MixSampler } from './fit-mix-model.pure.ts';
import { withPriors, type PriorChange } from './mix-priors.pure.ts';
import {
  defaultMixSettings,
  type ChannelSettings,
  type LiftRow,
  type MixSettings,
  type Trend,
} from './mix-settings.pure.ts';
import { carryOverOf, saturationOf, type CarryOverKind, type SaturationKind } from './mix-shapes.pure.ts';

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

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | null | undefined };

interface ChannelInput extends Optional<{
  media: 'SPEND' | 'IMPRESSIONS' | 'CLICKS';
  carryOver: CarryOverKind;
  carryOverWindow: number;
  saturation: SaturationKind;
}> {
  readonly channel: string;
}

interface ControlInput extends Optional<{
  dates: readonly string[];
  values: readonly number[];
  channel: string;
  measure: 'SPEND' | 'REVENUE' | 'CONVERSIONS' | 'IMPRESSIONS' | 'CLICKS';
}> {
  readonly name: string;
}

type LiftInput = Omit<LiftRow, 'geo'> & { readonly geo?: string | null | undefined };

/** What people may say, defaults of the schema filled in or not. */
export interface TrainInput extends Optional<{
  kpi: 'REVENUE' | 'CONVERSIONS';
  basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  period: 'DAY' | 'WEEK';
  geo: 'NATIONAL' | 'REGION';
  populations: readonly { readonly region: string; readonly people: number }[];
  onlyChannels: readonly string[];
  media: 'SPEND' | 'IMPRESSIONS' | 'CLICKS';
  carryOver: CarryOverKind;
  carryOverWindow: number;
  saturation: SaturationKind;
  channels: readonly ChannelInput[];
  holdout: number;
  trend: 'NONE' | 'LINEAR' | 'BENDING';
  trendKnots: number;
  yearlyWaves: number;
  weeklyWaves: number;
  holidays: { readonly region: string; readonly publicOnly?: boolean | null | undefined };
  events: readonly { readonly name: string; readonly dates: readonly string[] }[];
  controls: readonly ControlInput[];
  roiPriors: readonly {
    readonly channel: string;
    readonly median: number;
    readonly spread?: number | null | undefined;
  }[];
  priors: readonly PriorChange[];
  lift: readonly LiftInput[];
  calibrationIds: readonly string[];
  connectionIds: readonly string[];
  mock: boolean;
  seed: number;
  chains: number;
  draws: number;
  warmup: number;
  acceptance: number;
}> {
  readonly from: string;
  readonly to: string;
}

/** The first thing wrong with an input: its field and why; null when it can be used. */
export function invalidInput(input: TrainInput): { field: string; reason: string } | null {
  const whole = (value: number | null | undefined, low: number, high: number): boolean =>
    value === null || value === undefined || (Number.isInteger(value) && value >= low && value <= high);
  const within = (value: number | null | undefined, low: number, high: number): boolean =>
    value === null || value === undefined || (value >= low && value <= high);
  const checks: [holds: boolean, field: string, reason: string][] = [
    [input.from < input.to, 'to', 'The last day must lie after the first.'],
    [whole(input.holdout, 0, 1000), 'holdout', 'So many periods cannot be held out.'],
    [whole(input.trendKnots, 0, 12), 'trendKnots', 'A trend bends at 0 to 12 points.'],
    [whole(input.yearlyWaves, 0, 12), 'yearlyWaves', 'A year is described by 0 to 12 waves.'],
    [whole(input.weeklyWaves, 0, 3), 'weeklyWaves', 'A week is described by 0 to 3 waves.'],
    [whole(input.carryOverWindow, 1, 104), 'carryOverWindow', 'An effect goes on for 1 to 104 periods.'],
    [
      (input.channels ?? []).every(({ carryOverWindow }) => whole(carryOverWindow, 1, 104)),
      'channels',
      'An effect goes on for 1 to 104 periods.',
    ],
    [whole(input.chains, 2, 8), 'chains', 'A model is sampled with 2 to 8 chains.'],
    [whole(input.draws, 100, 5000), 'draws', 'A chain keeps 100 to 5000 draws.'],
    [whole(input.warmup, 100, 5000), 'warmup', 'A chain warms up for 100 to 5000 draws.'],
    [within(input.acceptance, 0.6, 0.99), 'acceptance', 'The acceptance aimed at lies between 0.6 and 0.99.'],
    [
      (input.roiPriors ?? []).every(({ median, spread }) => median > 0 && (spread ?? 1) > 0),
      'roiPriors',
      'Medians and spreads of ROI priors are above 0.',
    ],
    [
      (input.controls ?? []).every(isControl),
      'controls',
      'A control has either dates with values, or a channel with a measure.',
    ],
    [
      (input.events ?? []).every(({ name, dates }) => name !== '' && dates.length > 0),
      'events',
      'An event has a name and at least one day.',
    ],
    [(input.populations ?? []).every(({ people }) => people > 0), 'populations', 'Populations are above 0.'],
    [input.onlyChannels?.length !== 0, 'onlyChannels', 'Name at least one channel, or none at all to take every one.'],
  ];
  const wrong = checks.find(([holds]) => !holds);
  return wrong ? { field: wrong[1], reason: wrong[2] } : null;
}

function isControl({ name, dates, values, channel, measure }: ControlInput): boolean {
  const given = Boolean(dates && values);
  const read = Boolean(channel && measure);
  return name !== '' && given !== read && !(given && (channel || measure)) && !(read && (dates || values));
}

/**
 * The choice and the settings an input stands for, with the results of experiments that it names. Throws Problems for
 * priors that cannot be used.
 */
export function completeTraining(
  input: TrainInput,
  calibrations: readonly LiftRow[] = [],
): { choice: TrainChoice; settings: TrainSettings } {
  const draws = input.draws ?? 1000;
  const sampler = {
    ...defaultMixSampler,
    seed: input.seed ?? 1,
    chains: input.chains ?? 4,
    draws,
    warmup: input.warmup ?? draws,
    targetAcceptance: input.acceptance ?? defaultMixSampler.targetAcceptance,
  };
  return { choice: choiceOf(input), settings: { model: modelOf(input, calibrations), sampler } };
}

const basisOf = { CLAIMED: 'claimed', BOOKED: 'booked', PAID: 'paid' } as const;
const mediaOf = { SPEND: 'spend', IMPRESSIONS: 'impressions', CLICKS: 'clicks' } as const;
const measureOf = { ...mediaOf, REVENUE: 'revenue', CONVERSIONS: 'conversions' } as const;

function choiceOf(input: TrainInput): TrainChoice {
  return {
    from: input.from,
    to: input.to,
    kpi: input.kpi === 'CONVERSIONS' ? 'conversions' : 'revenue',
    basis: basisOf[input.basis ?? 'CLAIMED'],
    period: input.period ?? 'WEEK',
    geo: input.geo ?? 'NATIONAL',
    media: mediaOf[input.media ?? 'SPEND'],
    ...listsOf(input),
    holdout: input.holdout ?? 0,
    mock: input.mock ?? false,
  };
}

function listsOf({ channels, onlyChannels, events, holidays, controls, populations, connectionIds }: TrainInput) {
  return {
    mediaOf: Object.fromEntries(
      (channels ?? []).flatMap(({ channel, media }): [string, MediaKind][] =>
        media ? [[channel, mediaOf[media]]] : [],
      ),
    ),
    only: onlyChannels ?? null,
    events: (events ?? []).map(({ name, dates }) => ({ name, dates })),
    holidays: holidays ? { region: holidays.region, publicOnly: holidays.publicOnly ?? true } : null,
    controls: (controls ?? []).map(controlOf),
    populations: populations ? Object.fromEntries(populations.map(({ region, people }) => [region, people])) : null,
    connectionIds: connectionIds ?? null,
  };
}

function controlOf({ name, dates, values, channel, measure }: ControlInput): ControlChoice {
  if (channel && measure) return { name, channel, measure: measureOf[measure] };
  return { name, dates: dates ?? [], values: values ?? [] };
}

function modelOf(input: TrainInput, calibrations: readonly LiftRow[]): MixSettings {
  const period = input.period ?? 'WEEK';
  const channel: ChannelSettings = {
    ...defaultMixSettings.channel,
    carryOver: carryOverOf(input.carryOver ?? 'GEOMETRIC', period, input.carryOverWindow ?? undefined),
    saturation: saturationOf(input.saturation ?? 'LOGISTIC'),
  };
  const settings: MixSettings = {
    ...defaultMixSettings,
    channel,
    channels: Object.fromEntries((input.channels ?? []).map((own) => [own.channel, ownShapes(own, channel, period)])),
    trend: trendOf(input),
    seasonality: seasonsOf(input, period),
    lift: [...(input.lift ?? []).map(plainLift), ...calibrations],
  };
  const returns = (input.roiPriors ?? []).map(({ channel, median, spread }): PriorChange => ({
    key: 'roi',
    channel,
    kind: 'LOG_NORMAL',
    parameters: [median, spread ?? 0.9],
  }));
  return withPriors(settings, [...returns, ...(input.priors ?? [])]);
}

function ownShapes(own: ChannelInput, all: ChannelSettings, period: 'DAY' | 'WEEK'): Partial<ChannelSettings> {
  const window = own.carryOverWindow ?? (all.carryOver.kind === 'none' ? undefined : all.carryOver.window);
  const sameCarryOver =
    all.carryOver.kind === 'none' ? all.carryOver : { ...all.carryOver, ...(window ? { window } : {}) };
  return {
    carryOver: own.carryOver ? carryOverOf(own.carryOver, period, window) : sameCarryOver,
    saturation: own.saturation ? saturationOf(own.saturation) : all.saturation,
  };
}

function trendOf({ trend, trendKnots }: TrainInput): Trend {
  const knots = trendKnots ?? 2;
  if (trend === 'NONE') return { kind: 'none' };
  return trend === 'LINEAR' || knots === 0 ? { kind: 'linear' } : { kind: 'piecewise', knots };
}

function seasonsOf({ yearlyWaves, weeklyWaves }: TrainInput, period: 'DAY' | 'WEEK'): MixSettings['seasonality'] {
  const daily = period === 'DAY';
  const seasons = [
    { name: 'yearly', period: daily ? 365.25 : 365.25 / 7, order: yearlyWaves ?? 2 },
    ...(daily ? [{ name: 'weekly', period: 7, order: weeklyWaves ?? 3 }] : []),
  ];
  return seasons.filter(({ order }) => order > 0);
}

function plainLift({ channel, geo, spend, spendChange, kpiChange, standardError }: LiftInput): LiftRow {
  return { channel, ...(geo ? { geo } : {}), spend, spendChange, kpiChange, standardError };
}
