import { adjustPValues } from '../ab/adjust-p-values.pure.ts';
import { normalQuantile } from '../numerics/distributions.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { figure } from '../synthetic-control/describe-effect.pure.ts';
import {
  evaluateLift,
  type EvaluationOptions,
  type LiftEvaluation,
} from '../synthetic-control/evaluate-synthetic-control.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';

/** One treated group of markets. Cells of one test share the controls and never serve each other as controls. */
export interface Cell {
  readonly name: string;
  readonly markets: readonly string[];
  /** What was spent more (or, below 0, less) than usual over the test, in one currency for all cells. */
  readonly spend: number;
}

export interface GeoTest {
  readonly start: string;
  readonly end?: string;
  readonly cells: readonly Cell[];
  /** Markets that are neither treated nor controls. */
  readonly untouched?: readonly string[];
}

export interface CellResult {
  readonly cell: Cell;
  readonly lift: LiftEvaluation;
  /** The p-value of no effect on average, adjusted (Holm) for the number of cells. */
  readonly adjustedPValue: number;
  /** Bounds of the incremental outcome of the whole cell; null when there is no interval. */
  readonly incremental: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  /** Outcome per unit of spend, with bounds; null without spend or interval. */
  readonly perSpend: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  /** Half the interval over its normal quantile: for calibration, which takes an estimate and its error. */
  readonly standardError: number | null;
  readonly conclusion: string;
}

/**
 * Evaluate a geo test of one or more cells by synthetic control with the other cells kept out of the controls. Throws
 * SHAPE for a market in two cells or a spend that is not a number, and what evaluateLift throws.
 */
export function evaluateGeoTest(panel: Panel, test: GeoTest, options: Partial<EvaluationOptions> = {}): CellResult[] {
  requireCells(test);
  const lifts = test.cells.map((cell) => {
    const others = test.cells.filter((other) => other !== cell).flatMap(({ markets }) => markets);
    const treatment = { units: cell.markets, start: test.start, excluded: [...others, ...(test.untouched ?? [])] };
    return evaluateLift(panel, { ...treatment, ...(test.end !== undefined && { end: test.end }) }, options);
  });
  const adjusted = adjustPValues(
    lifts.map(({ averageEffect }) => averageEffect.pValue),
    'HOLM',
  );
  return test.cells.map((cell, index) => resultOf(cell, lifts[index]!, adjusted[index]!));
}

function requireCells({ cells }: GeoTest): void {
  if (cells.length === 0) throw new Problem('TOO_FEW', 'A geo test has at least one cell.');
  const seen = new Set<string>();
  for (const { name, markets, spend } of cells) {
    if (!Number.isFinite(spend)) throw new Problem('NOT_FINITE', `The spend of ${name} is not a number.`, { name });
    for (const market of markets) {
      if (seen.has(market)) throw new Problem('SHAPE', `${market} is in two cells.`, { market });
      seen.add(market);
    }
  }
}

function resultOf(cell: Cell, lift: LiftEvaluation, adjustedPValue: number): CellResult {
  const { interval, study, incremental: estimate } = lift;
  const cells = (study.periods.length - study.pre) * study.treatedUnits.length;
  const incremental = interval && { estimate, low: interval.low * cells, high: interval.high * cells };
  const perSpend = incremental && cell.spend !== 0 ? ratioOf(incremental, cell.spend) : null;
  const quantile = -normalQuantile(lift.options.alpha / 2);
  const error = incremental ? (incremental.high - incremental.low) / (2 * quantile) : Infinity;
  return {
    cell,
    lift,
    adjustedPValue,
    incremental,
    perSpend,
    standardError: Number.isFinite(error) ? error : null,
    conclusion: perSpend
      ? `${lift.conclusion} Per unit of spend that is ${figure(perSpend.estimate)} (${figure(perSpend.low)} to ${figure(perSpend.high)}).`
      : lift.conclusion,
  };
}

function ratioOf(
  { estimate, low, high }: { estimate: number; low: number; high: number },
  spend: number,
): CellResult['perSpend'] {
  const [first, second] = [low / spend, high / spend];
  return { estimate: estimate / spend, low: Math.min(first, second), high: Math.max(first, second) };
}
