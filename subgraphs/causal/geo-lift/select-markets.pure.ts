import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import type { ConformalScheme, ConformalStatistic } from '../synthetic-control/conformal.pure.ts';
import { requirePanel, type Panel } from '../synthetic-control/panel.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import { candidateMarkets, placeOf, type CandidateRules } from './candidate-markets.pure.ts';
import { simulateSet, windowOf, type Setting, type Window } from './simulate-design.pure.ts';

export interface SelectionOptions {
  /** Lengths of the test, in periods. */
  readonly durations: readonly number[];
  /** Relative effects to try, all of one sign; 0 is always tried too. Negative ones plan a holdout. */
  readonly effects: readonly number[];
  /** How many endings of history each design is tried on, one period apart. */
  readonly windows: number;
  readonly alpha: number;
  readonly power: number;
  /** Cost of one more unit of outcome, e.g. per conversion. */
  readonly costPerIncremental: number;
  /** Designs that would cost more at their smallest detectable effect are left out. */
  readonly budget?: number;
  /** Share of the whole outcome that the treated markets may have. */
  readonly share: { readonly from: number; readonly to: number };
  /** Markets that are neither treated nor controls, such as those of other cells. */
  readonly untouched: readonly string[];
  readonly statistic: ConformalStatistic;
  readonly scheme: ConformalScheme;
  /** Told after every design; what it throws ends the selection. */
  readonly progress?: (done: number, total: number) => void;
}

export const defaultSelection: SelectionOptions = {
  durations: [14, 21, 28],
  effects: [0.02, 0.05, 0.1, 0.15, 0.2, 0.25],
  windows: 20,
  alpha: 0.1,
  power: 0.8,
  costPerIncremental: 0,
  share: { from: 0, to: 0.5 },
  untouched: [],
  statistic: 'AVERAGE',
  scheme: { kind: 'SHIFTS' },
};

export interface EffectPower {
  readonly effect: number;
  /** Share of windows in which no effect was rejected. */
  readonly power: number;
  /** Over windows. */
  readonly meanLift: number;
  /** In the latest window. */
  readonly estimate: number;
  readonly lift: number;
  readonly investment: number;
}

export interface Design {
  readonly markets: readonly string[];
  readonly duration: number;
  readonly windows: number;
  /** By effect, smallest first, without zero. */
  readonly effects: readonly EffectPower[];
  /** How often a test that did nothing looks as if it had worked, its binomial error, and what was promised. */
  readonly falsePositiveRate: number;
  readonly falsePositiveError: number;
  /** Smallest effect tried that is found often enough; null when none is. */
  readonly detectable: number | null;
  /** Cost at the smallest detectable effect; null without one. */
  readonly investment: number | null;
  /** Outcome of these markets over that of all. */
  readonly share: number;
  /** Of the latest window. */
  readonly liftAtZero: number;
  readonly l2: number;
  readonly scaledL2: number;
  /** Mean size of the lift found at zero effect, over windows. */
  readonly meanBias: number;
  /** 1 is best: the mean of the ranks by detectable effect, bias, fit and cost. Designs that cry wolf come last. */
  readonly rank: number;
  readonly warnings: readonly string[];
}

/** Windows overlap, so that their errors go together; this many are worth about one for each duration they span. */
const wolfFactor = 2;

/**
 * Market selection by simulation on the organisation's own history: every candidate set, duration and effect in each of
 * the last windows. Power is reported with the false positive rate at zero effect, which a lookback of one window hides.
 * Deterministic. Cost per candidate, duration, window and effect: 0.03 ms with 40 markets and 90 periods, 1 ms with
 * 200 markets and 120.
 * Throws TOO_FEW when history is too short, OUT_OF_RANGE for rules that no design can keep, and what requirePanel throws.
 */
export function selectMarkets(
  history: Panel,
  candidates: CandidateRules | readonly (readonly string[])[],
  given: Partial<SelectionOptions> = {},
): Design[] {
  const options = { ...defaultSelection, ...given };
  requirePanel(history);
  requireOptions(history, options);
  const untouched = new Set(options.untouched.map((unit) => placeOf(history.units, unit)));
  const sets = setsOf(history, candidates).filter((set) => !set.some((unit) => untouched.has(unit)));
  const usable = sets.filter((set) => {
    const share = shareOf(history, set);
    return share >= options.share.from && share <= options.share.to;
  });
  if (usable.length === 0) {
    const text = 'No set of markets keeps the rules. Allow other sizes, shares or markets.';
    throw new Problem('OUT_OF_RANGE', text, { candidates: sets.length });
  }
  let done = 0;
  const total = options.durations.length * usable.length;
  const designs = options.durations.flatMap((duration) => {
    const windows = Array.from({ length: options.windows }, (_, back) =>
      windowOf(history.outcomes, history.periods.length - back, duration),
    );
    return usable.map((set) => {
      const design = designOf(history, { set, windows, untouched }, options);
      options.progress?.(++done, total);
      return design;
    });
  });
  const { budget } = options;
  return rankDesigns(designs.filter(({ investment }) => budget === undefined || Math.abs(investment ?? 0) <= budget));
}

function setsOf(history: Panel, candidates: CandidateRules | readonly (readonly string[])[]): number[][] {
  if ('sizes' in candidates) return candidateMarkets(history, candidates);
  return candidates.map((set) => set.map((unit) => placeOf(history.units, unit)));
}

function requireOptions({ periods }: Panel, options: SelectionOptions): void {
  const { durations, effects, windows, alpha, power } = options;
  requireBetween(alpha, 0, 1, 'alpha');
  requireBetween(power, 0, 1, 'power');
  const signs = new Set(effects.map(Math.sign));
  if (effects.length === 0 || signs.size > 1 || signs.has(0) || effects.some((effect) => !(effect > -1))) {
    throw new Problem('OUT_OF_RANGE', 'Effects must be all above 0, or all between -1 and 0.');
  }
  if (!durations.every((duration) => Number.isInteger(duration) && duration >= 1) || !(windows >= 1)) {
    throw new Problem('OUT_OF_RANGE', 'Durations and the number of windows are whole numbers from 1.');
  }
  const longest = Math.max(...durations);
  const needed = 3 * longest + windows - 1;
  if (periods.length >= needed) return;
  const text = `A test of ${longest} periods tried on ${windows} windows needs ${needed} periods of history; there are ${periods.length}.`;
  throw new Problem('TOO_FEW', text, { periods: periods.length, needed });
}

function shareOf({ outcomes }: Panel, set: readonly number[]): number {
  const total = sumOf(outcomes.data);
  let own = 0;
  for (const unit of set) {
    for (let row = 0; row < outcomes.rows; row++) own += outcomes.data[unit * outcomes.rows + row]!;
  }
  return own / total;
}

interface Candidate {
  readonly set: readonly number[];
  readonly windows: readonly Window[];
  readonly untouched: ReadonlySet<number>;
}

function designOf(history: Panel, { set, windows, untouched }: Candidate, options: SelectionOptions): Design {
  const controls = history.units.map((_, unit) => unit).filter((unit) => !set.includes(unit) && !untouched.has(unit));
  if (controls.length < 2) throw new Problem('TOO_FEW', 'At least two markets must stay as controls.', { controls });
  const tried = [0, ...options.effects.toSorted((a, b) => Math.abs(a) - Math.abs(b))];
  const settings = windows.map((window) => simulateSet(window, { treated: set, controls }, tried, options));
  const latest = settings[0]!;
  const powerAt = (index: number): number =>
    settings.filter(({ trials }) => trials[index]!.pValue <= options.alpha + 1e-12).length / settings.length;
  const effects = tried.slice(1).map((effect, index) => ({
    effect,
    power: powerAt(index + 1),
    meanLift: meanOf(settings.map(({ trials }) => trials[index + 1]!.lift)),
    estimate: latest.trials[index + 1]!.effect,
    lift: latest.trials[index + 1]!.lift,
    investment: options.costPerIncremental * latest.volume * effect,
  }));
  const falsePositiveRate = powerAt(0);
  const found = effects.find(({ power }) => power >= options.power);
  return {
    markets: set.map((unit) => history.units[unit]!),
    duration: windows[0]!.post,
    windows: windows.length,
    effects,
    falsePositiveRate,
    falsePositiveError: Math.sqrt((options.alpha * (1 - options.alpha)) / effectiveWindows(windows)),
    detectable: found ? found.effect : null,
    investment: found ? found.investment : null,
    share: shareOf(history, set),
    liftAtZero: latest.liftAtZero,
    l2: latest.l2,
    scaledL2: latest.scaledL2,
    meanBias: meanOf(settings.map(({ liftAtZero }) => Math.abs(liftAtZero))),
    rank: 0,
    warnings: warningsOf(settings, { falsePositiveRate, found: found !== undefined }, options),
  };
}

function effectiveWindows(windows: readonly Window[]): number {
  return Math.max(1, windows.length / windows[0]!.post);
}

function warningsOf(
  settings: readonly Setting[],
  { falsePositiveRate, found }: { falsePositiveRate: number; found: boolean },
  { alpha, power }: SelectionOptions,
): string[] {
  const warnings: string[] = [];
  if (falsePositiveRate > wolfFactor * alpha) {
    const text = `Without any effect this design would claim one in ${Math.round(falsePositiveRate * 100)} % of windows, where ${Math.round(alpha * 100)} % were promised.`;
    warnings.push(text);
  }
  if (!found) warnings.push(`None of the effects tried is found in ${Math.round(power * 100)} % of windows.`);
  if (settings[0]!.scaledL2 > 0.5) warnings.push('The controls follow these markets badly.');
  if (settings.length < 10) warnings.push(`Power over ${settings.length} windows is rough; try at least 10.`);
  return warnings;
}

/** Adds ranks; best first. */
function rankDesigns(designs: readonly Design[]): Design[] {
  const measures: ((design: Design) => number)[] = [
    ({ detectable }) => (detectable === null ? Infinity : Math.abs(detectable)),
    ({ meanBias }) => meanBias,
    ({ scaledL2 }) => scaledL2,
    ({ investment }) => (investment === null ? Infinity : Math.abs(investment)),
  ];
  const ranks = measures.map((measure) => {
    const sorted = [...new Set(designs.map(measure))].sort((a, b) => a - b);
    return new Map(sorted.map((value, place) => [value, place] as const));
  });
  const scored = designs.map((design) => {
    const wolf = design.warnings.some((warning) => warning.startsWith('Without any effect')) ? 1 : 0;
    const score = measures.reduce((sum, measure, index) => sum + ranks[index]!.get(measure(design))!, 0);
    return { design, wolf, score };
  });
  return scored
    .toSorted((a, b) => a.wolf - b.wolf || a.score - b.score)
    .map(({ design }, index) => ({ ...design, rank: index + 1 }));
}

/** The best designs that share no market, for tests of several cells at once against the same untouched controls. */
export function disjointDesigns(designs: readonly Design[], cells: number): Design[] {
  const taken = new Set<string>();
  const chosen: Design[] = [];
  for (const design of designs) {
    if (chosen.length === cells) break;
    if (design.duration !== (chosen[0] ?? design).duration || design.markets.some((market) => taken.has(market)))
      continue;
    chosen.push(design);
    for (const market of design.markets) taken.add(market);
  }
  if (chosen.length === cells) return chosen;
  throw new Problem(
    'TOO_FEW',
    `There are only ${chosen.length} designs without a market in common; ${cells} were asked for.`,
  );
}
