import type { Prior } from '../mcmc/priors.pure.ts';

/**
 * How spend goes on to work after it was spent: weights over `window` periods, the current one included, that add up
 * to 1, so that the level of spend is kept and the half-saturation point means the same whatever the carry-over.
 */
export type CarryOver =
  | { readonly kind: 'none' }
  /** Weights rate^lag. */
  | { readonly kind: 'geometric'; readonly window: number; readonly rate: Prior }
  /** Weights of the Weibull density at lag + 1: may peak later. `scale` in periods. */
  | { readonly kind: 'weibullPdf'; readonly window: number; readonly shape: Prior; readonly scale: Prior }
  /** Cumulative products of 1 - F(lag) of a Weibull distribution: decays, slowly first or fast. */
  | { readonly kind: 'weibullCdf'; readonly window: number; readonly shape: Prior; readonly scale: Prior };

/** How response flattens. Points are in shares of the highest value of a period that the channel had. */
export type Saturation =
  | { readonly kind: 'none' }
  /** x^slope / (x^slope + half^slope). */
  | { readonly kind: 'hill'; readonly half: Prior; readonly slope: Prior }
  /** (1 - e^(-rate x)) / (1 + e^(-rate x)). */
  | { readonly kind: 'logistic'; readonly rate: Prior }
  /** x / (x + half). */
  | { readonly kind: 'michaelisMenten'; readonly half: Prior };

/** What is believed of how much a channel does; the effect is positive. */
export type EffectPrior =
  /** Contribution over the whole period per unit of spend. */
  | { readonly kind: 'roi'; readonly prior: Prior }
  /** The most a period can gain, in standard deviations of the KPI. */
  | { readonly kind: 'effect'; readonly prior: Prior };

export type Trend =
  | { readonly kind: 'none' }
  | { readonly kind: 'linear' }
  /** A line that may bend at so many evenly spread knots. */
  | { readonly kind: 'piecewise'; readonly knots: number };

export interface Seasonality {
  readonly name: string;
  /** Length in periods, e.g. 365.25 / 7 for a year of weeks. */
  readonly period: number;
  /** Pairs of sine and cosine. */
  readonly order: number;
}

/**
 * The result of an experiment: at a steady spend of `spend` per period, `spendChange` more (or less) moved the KPI by
 * `kpiChange` per period, with this standard error. In a model of regions the totals over all of them, or those of `geo`.
 */
export interface LiftRow {
  readonly channel: string;
  readonly geo?: string;
  readonly spend: number;
  readonly spendChange: number;
  readonly kpiChange: number;
  readonly standardError: number;
  /** The stored result it comes from, how that was measured, and in which currency. */
  readonly calibrationId?: string;
  readonly method?: string;
  readonly currency?: string;
}

export interface ChannelSettings {
  readonly carryOver: CarryOver;
  readonly saturation: Saturation;
  readonly effect: EffectPrior;
}

/** Prior standard deviations of linear terms, in standard deviations of the KPI. */
export interface LinearPriors {
  readonly intercept: number;
  /** Change over the whole period, and change of that slope at a knot. */
  readonly trend: number;
  readonly seasonality: number;
  readonly events: number;
  /** Per standard deviation of the control. */
  readonly controls: number;
  /** Difference of a region from the others. */
  readonly geos: number;
}

export interface MixSettings {
  readonly channel: ChannelSettings;
  /** Channels that differ, by name. */
  readonly channels: Readonly<Record<string, Partial<ChannelSettings>>>;
  readonly trend: Trend;
  readonly seasonality: readonly Seasonality[];
  readonly linearPriors: LinearPriors;
  /** Standard deviation of what is not explained, in standard deviations of the KPI. */
  readonly noise: Prior;
  /** How far effects of one channel differ among regions, on the logarithm; unused without regions. */
  readonly geoSpread: Prior;
  readonly lift: readonly LiftRow[];
}

export const defaultMixSettings: MixSettings = {
  channel: {
    carryOver: { kind: 'geometric', window: 8, rate: { kind: 'beta', a: 1, b: 3 } },
    saturation: { kind: 'logistic', rate: { kind: 'gamma', shape: 3, rate: 1 } },
    effect: { kind: 'effect', prior: { kind: 'halfNormal', sd: 2 } },
  },
  channels: {},
  trend: { kind: 'linear' },
  seasonality: [{ name: 'yearly', period: 365.25 / 7, order: 2 }],
  linearPriors: { intercept: 5, trend: 2, seasonality: 0.5, events: 2, controls: 1, geos: 1 },
  noise: { kind: 'halfNormal', sd: 1 },
  geoSpread: { kind: 'halfNormal', sd: 0.5 },
  lift: [],
};

/** The settings of one channel. */
export function channelSettings(settings: MixSettings, name: string): ChannelSettings {
  return { ...settings.channel, ...settings.channels[name] };
}
