import { sumOf } from '../numerics/moments.pure.ts';
import { rankCorrelation, shareOf, sharesMoved } from './compare-models.pure.ts';
import { countPaths } from './count-paths.pure.ts';
import { creditByMarkov } from './credit-by-markov.pure.ts';
import {
  creditFirstTouch,
  creditLastTouch,
  creditLinear,
  creditPositionBased,
  creditTimeDecay,
} from './credit-by-rule.pure.ts';
import { creditByShapley } from './credit-by-shapley.pure.ts';
import { describeAssumptions } from './describe-assumptions.pure.ts';
import { findWarnings } from './find-warnings.pure.ts';
import { journeyCount, type Credits, type Journeys } from './journey-frame.pure.ts';
import { selectTouches, type Selection } from './select-touches.pure.ts';
import type { AttributionModel, AttributionSettings } from './settings.pure.ts';

/** What one model credits to one channel or campaign. */
export interface UnitCredit {
  readonly key: string;
  readonly conversions: number;
  readonly value: number;
  readonly share: number;
  readonly removalEffect: number | null;
}

export interface ModelResult {
  readonly model: AttributionModel;
  /** Largest first. */
  readonly credits: readonly UnitCredit[];
  readonly conversions: number;
  readonly value: number;
  readonly assumptions: readonly string[];
}

export interface Agreement {
  readonly a: AttributionModel;
  readonly b: AttributionModel;
  readonly rankCorrelation: number | null;
  readonly sharesMoved: number;
}

/** Totals of the journeys read; a row that stands for many equal journeys counts as many. */
export interface JourneySummary {
  readonly journeys: number;
  readonly paths: number;
  readonly touches: number;
  readonly conversions: number;
  readonly nulls: number;
  readonly value: number;
  /** Conversions of journeys without a touch inside the window. */
  readonly unattributed: number;
}

export type Attribution =
  | {
      readonly kind: 'computed';
      readonly summary: JourneySummary;
      readonly results: readonly ModelResult[];
      readonly agreement: readonly Agreement[];
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Hears the share of the work that is done, 0 to 1. */
export type OnProgress = (fraction: number) => void;

/**
 * Run the chosen models over journeys and compare them. Says why when the journeys cannot answer the question, in
 * place of a number that looks right.
 */
export function attributeJourneys(
  journeys: Journeys,
  settings: AttributionSettings,
  onProgress: OnProgress = () => undefined,
): Attribution {
  const selection = selectTouches(journeys, settings.windowDays);
  const summary = summarise(journeys, selection);
  const reason = findObstacle(summary, selection, settings);
  if (reason) return { kind: 'unavailable', reason };
  const used = usedUnits(selection.journeys);
  const credited = settings.models.map((model, index) => {
    const done = (part: number): void => onProgress((index + part) / settings.models.length);
    const credits = creditByModel(model, selection.journeys, settings, done);
    done(1);
    return { model, credits };
  });
  const circumstances = { unit: settings.unit, untimedJourneys: selection.untimedJourneys, nulls: summary.nulls };
  return {
    kind: 'computed',
    summary,
    results: credited.map(({ model, credits }) => ({
      model,
      ...listCredits(journeys.units, used, credits),
      assumptions: describeAssumptions(model, settings, circumstances),
    })),
    agreement: compareAll(credited, used),
    warnings: findWarnings(summary, settings, { units: used.length, untimedJourneys: selection.untimedJourneys }),
  };
}

function creditByModel(
  model: AttributionModel,
  journeys: Journeys,
  settings: AttributionSettings,
  onProgress: OnProgress,
): Credits {
  switch (model) {
    case 'FIRST_TOUCH':
      return creditFirstTouch(journeys);
    case 'LAST_TOUCH':
      return creditLastTouch(journeys);
    case 'LINEAR':
      return creditLinear(journeys);
    case 'TIME_DECAY':
      return creditTimeDecay(journeys, settings.halfLifeDays);
    case 'POSITION_BASED':
      return creditPositionBased(journeys);
    case 'MARKOV':
      return creditByMarkov(journeys, { order: settings.markovOrder, includeNulls: settings.includeNulls }, onProgress);
    case 'SHAPLEY':
      return creditByShapley(journeys);
  }
}

function findObstacle(summary: JourneySummary, selection: Selection, settings: AttributionSettings): string | null {
  if (summary.journeys === 0) return 'There are no journeys in this selection.';
  if (summary.conversions === 0) return 'None of the journeys in this selection converted; there is nothing to credit.';
  if (summary.unattributed < summary.conversions) return null;
  return settings.windowDays !== null && selection.untimedJourneys > 0
    ? 'The touches of these journeys carry no times, so a window cannot be applied. Run without a window.'
    : 'No converted journey has a touch that may be credited.';
}

function summarise(journeys: Journeys, selection: Selection): JourneySummary {
  const conversions = sumOf(journeys.conversions);
  const nulls = sumOf(journeys.nulls);
  return {
    journeys: conversions + nulls,
    paths: countPaths(selection.journeys),
    touches: countTouches(journeys),
    conversions,
    nulls,
    value: sumOf(journeys.value),
    unattributed: selection.unattributedConversions,
  };
}

function countTouches(journeys: Journeys): number {
  let touches = 0;
  for (let journey = 0; journey < journeyCount(journeys); journey++) {
    const length = journeys.offsets[journey + 1]! - journeys.offsets[journey]!;
    touches += length * (journeys.conversions[journey]! + journeys.nulls[journey]!);
  }
  return touches;
}

/** Codes of the units that are touched at all. */
function usedUnits(journeys: Journeys): number[] {
  const used = new Uint8Array(journeys.units.length);
  for (const unit of journeys.touches) used[unit] = 1;
  return journeys.units.map((_, unit) => unit).filter((unit) => used[unit]);
}

function listCredits(
  names: readonly string[],
  used: readonly number[],
  { conversions, value, removalEffects }: Credits,
): Pick<ModelResult, 'credits' | 'conversions' | 'value'> {
  const total = sumOf(conversions);
  const credits = used.map((unit) => ({
    key: names[unit]!,
    conversions: conversions[unit]!,
    value: value[unit]!,
    share: shareOf(conversions[unit]!, total),
    removalEffect: removalEffects?.[unit] ?? null,
  }));
  credits.sort((a, b) => b.conversions - a.conversions || (a.key < b.key ? -1 : 1));
  return { credits, conversions: total, value: sumOf(value) };
}

function compareAll(
  credited: readonly { readonly model: AttributionModel; readonly credits: Credits }[],
  used: readonly number[],
): Agreement[] {
  const columns = credited.map(({ model, credits }) => ({
    model,
    shares: used.map((unit) => credits.conversions[unit]!),
  }));
  return columns.flatMap((a, index) =>
    columns.slice(index + 1).map((b) => ({
      a: a.model,
      b: b.model,
      rankCorrelation: rankCorrelation(a.shares, b.shares),
      sharesMoved: sharesMoved(a.shares, b.shares),
    })),
  );
}
