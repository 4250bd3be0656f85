import type { Correction } from '../ab/adjust-p-values.pure.ts';

export interface AbMetric {
  readonly name: string;
  readonly kind: 'SHARE' | 'MEAN' | 'RATIO';
  /** By the same of each unit before the experiment (CUPED); shares and means only. */
  readonly adjusted: boolean;
}

export interface AbArm {
  readonly name: string;
  readonly share: number;
  /** Whose records count for this arm, when figures come from memory. */
  readonly campaign: string | null;
}

/** What the size of an A/B test is found by; the names are those of `AbDesignInput`. */
export interface AbPlan {
  readonly baseline: number;
  readonly sd: number | null;
  readonly effect: number;
  readonly scale: 'ABSOLUTE' | 'RELATIVE';
  readonly alpha: number;
  readonly power: number;
  readonly sequential: boolean;
  readonly correlation: number;
  readonly unitsPerDay: number | null;
  readonly costPerUnit: number | null;
}

/** POSTED: figures are sent in. CLICKS, IMPRESSIONS: conversions per click or impression of campaigns in memory. */
export type AbSource = 'POSTED' | 'CLICKS' | 'IMPRESSIONS';

export interface AbSettings {
  readonly kind: 'AB';
  /** What is assigned, e.g. `users`. */
  readonly unit: string;
  /** The first is the one that decides. */
  readonly metrics: readonly AbMetric[];
  /** The first is the control. */
  readonly arms: readonly AbArm[];
  readonly plan: AbPlan;
  readonly correction: Correction;
  readonly source: AbSource;
  readonly mock: boolean;
}

/** Which regional records are read. */
export interface RegionChoice {
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  readonly connectionIds: readonly string[] | null;
  readonly mock: boolean;
}

export interface GeoSettings extends RegionChoice {
  readonly kind: 'GEO';
  /** Whose spend is changed in the treated markets. */
  readonly channel: string;
  /** First day of the history that the design and the evaluation use. */
  readonly from: string;
  readonly alpha: number;
  readonly power: number;
}

export type ExperimentSettings = AbSettings | GeoSettings;

interface Invalid {
  readonly field: string;
  readonly reason: string;
}

const mostArms = 20;
const mostMetrics = 20;

/** The first thing wrong with settings: its field and why; null when they can be used. */
export function invalidSettings(settings: ExperimentSettings): Invalid | null {
  const wrong = settings.kind === 'AB' ? abChecks(settings) : geoChecks(settings);
  const found = wrong.find(([holds]) => !holds);
  return found ? { field: found[1], reason: found[2] } : null;
}

type Check = [holds: boolean, field: string, reason: string];

function abChecks({ arms, metrics, unit, source }: AbSettings): Check[] {
  const fromMemory = source !== 'POSTED';
  return [
    [isName(unit), 'ab.unit', 'Say what is assigned, e.g. users.'],
    [arms.length >= 2, 'ab.arms', 'An experiment needs at least two arms: a control and a treatment.'],
    [arms.length <= mostArms, 'ab.arms', `An experiment has at most ${mostArms} arms.`],
    [arms.every(({ name }) => isName(name)), 'ab.arms', 'Every arm needs a name of at most 200 characters.'],
    [areDifferent(arms), 'ab.arms', 'Two arms have the same name.'],
    [arms.every(({ share }) => share > 0 && share < Infinity), 'ab.arms', 'Every arm needs a share above 0.'],
    [metrics.length >= 1 && metrics.length <= mostMetrics, 'ab.metrics', `Name 1 to ${mostMetrics} metrics.`],
    [metrics.every(({ name }) => isName(name)), 'ab.metrics', 'Every metric needs a name of at most 200 characters.'],
    [areDifferent(metrics), 'ab.metrics', 'Two metrics have the same name.'],
    [
      metrics.every(({ kind, adjusted }) => !(kind === 'RATIO' && adjusted)),
      'ab.metrics',
      'A ratio cannot be adjusted by earlier outcomes from sums of two variables.',
    ],
    [
      !fromMemory || (metrics.length === 1 && metrics[0]!.kind === 'SHARE' && !metrics[0]!.adjusted),
      'ab.metrics',
      'Records of campaigns tell of conversions per click or impression only: one share, not adjusted.',
    ],
    [
      !fromMemory || arms.every(({ campaign }) => campaign !== null),
      'ab.arms',
      'Name the campaign of every arm, as figures come from memory.',
    ],
  ];
}

function geoChecks({ channel, alpha, power }: GeoSettings): Check[] {
  return [
    [isName(channel), 'geo.channel', 'Name the channel whose spend is changed.'],
    [alpha > 0 && alpha < 1, 'geo.alpha', 'alpha lies between 0 and 1.'],
    [power > alpha && power < 1, 'geo.power', 'The power lies between alpha and 1.'],
  ];
}

function isName(text: string): boolean {
  return text.trim().length > 0 && text.length <= 200;
}

function areDifferent(named: readonly { readonly name: string }[]): boolean {
  return new Set(named.map(({ name }) => name)).size === named.length;
}
