import { defaultRanges, exploreMixes, prepareExploration, type CandidateFit } from '../mix-model/explore-mixes.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import { paretoFront } from '../mix-model/pareto-front.pure.ts';
import type { PriorChange } from '../mix-model/mix-priors.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';

export interface ExploreTask {
  readonly data: MixData;
  readonly settings: MixSettings;
  readonly nonNegative: boolean;
  readonly seed: number;
  /** Numbers of the candidates: `from` to `to` - 1. */
  readonly from: number;
  readonly to: number;
}

/** A candidate with its number. */
export interface Numbered extends CandidateFit {
  readonly number: number;
}

export interface FrontChannel {
  readonly name: string;
  readonly decay: number;
  readonly slope: number;
  readonly half: number;
  readonly contribution: number;
  readonly shareOfEffect: number;
  readonly shareOfSpend: number;
  readonly roi: number;
}

export interface FrontCandidate {
  readonly number: number;
  readonly error: number;
  readonly distance: number;
  readonly liftError: number;
  readonly penalty: number;
  readonly channels: readonly FrontChannel[];
  readonly priors: readonly (PriorChange & { readonly channel: string })[];
}

/** What is kept of a search. */
export interface ExplorationResult {
  readonly front: readonly FrontCandidate[];
  readonly others: readonly { readonly error: number; readonly distance: number }[];
}

/** How sure a training is of shapes it takes over: as of ten periods seen, and within 30 %. */
const [seenPeriods, shapeSpread] = [10, 0.3];
const mostOthers = 500;

/** Draws and fits a stretch of candidates; those no other of the stretch beats, and the measures of some of all. */
export function exploreStretch({ data, settings, nonNegative, seed, from, to }: ExploreTask): {
  front: Numbered[];
  others: { error: number; distance: number }[];
} {
  const exploration = prepareExploration(data, settings, nonNegative);
  const fits = exploreMixes(exploration, defaultRanges, { seed, from, to });
  const numbered = fits.map((fit, index) => ({ ...fit, number: from + index }));
  return {
    front: paretoFront(numbered) as Numbered[],
    others: numbered.map(({ error, distance }) => ({ error, distance })),
  };
}

/** Puts stretches together, in the order of their numbers. */
export function gatherExploration(
  data: MixData,
  stretches: readonly ReturnType<typeof exploreStretch>[],
): ExplorationResult {
  const front = paretoFront(stretches.flatMap((stretch) => stretch.front)) as Numbered[];
  const all = stretches.flatMap(({ others }) => others);
  const step = Math.max(1, Math.ceil(all.length / mostOthers));
  return {
    front: front.map((candidate) => describeCandidate(data, candidate)),
    others: all.filter((_, index) => index % step === 0),
  };
}

function describeCandidate(data: MixData, candidate: Numbered): FrontCandidate {
  const spends = data.channels.map(({ spend }) => sumOf(spend));
  const [spent, gained] = [sumOf(Float64Array.from(spends)), sumOf(candidate.contributions)];
  const channels = data.channels.map(({ name }, index): FrontChannel => {
    const contribution = candidate.contributions[index]!;
    return {
      name,
      decay: candidate.shapes[3 * index]!,
      slope: candidate.shapes[3 * index + 1]!,
      half: candidate.shapes[3 * index + 2]!,
      contribution,
      shareOfEffect: gained === 0 ? 0 : contribution / gained,
      shareOfSpend: spends[index]! / spent,
      roi: contribution / spends[index]!,
    };
  });
  const { number, error, distance, liftError, penalty } = candidate;
  const priors = data.channels.flatMap(({ name, spend, media }, index) =>
    shapePriors(name, media ?? spend, channels[index]!),
  );
  return { number, error, distance, liftError, penalty, channels, priors };
}

/**
 * Priors around a candidate's shapes. The search carries over without end and measures half saturation by the highest
 * carried-over media; a training carries over with weights that add up to 1, and measures by the highest media.
 */
function shapePriors(channel: string, media: Float64Array, { decay, slope, half }: FrontChannel) {
  let [carried, most, highest] = [0, 0, 0];
  for (const value of media) {
    carried = carried * decay + value;
    most = Math.max(most, carried);
    highest = Math.max(highest, value);
  }
  const share = Math.min(0.95, Math.max(0.05, decay));
  const scaled = (half * most * (1 - decay)) / highest;
  const [rate, a, b] = ['carryOver.rate', seenPeriods * share, seenPeriods * (1 - share)] as const;
  return [
    { key: rate, channel, kind: 'BETA' as const, parameters: [a, b] },
    { key: 'saturation.half', channel, kind: 'LOG_NORMAL' as const, parameters: [scaled, shapeSpread] },
    { key: 'saturation.slope', channel, kind: 'LOG_NORMAL' as const, parameters: [slope, shapeSpread] },
  ];
}
