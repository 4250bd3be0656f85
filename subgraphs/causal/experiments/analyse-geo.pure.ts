import { evaluateGeoTest, type CellResult } from '../geo-lift/evaluate-geo-test.pure.ts';
import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { figure } from '../synthetic-control/describe-effect.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import type { CellAnalysis, GeoPoint, Range } from './analysis.pure.ts';
import type { GeoCell } from './design.pure.ts';

export interface GeoQuestion {
  readonly panel: Panel;
  /** Spend of the channel, laid out as the outcomes of the panel. */
  readonly spend: Float64Array;
  readonly cells: readonly GeoCell[];
  readonly untouched: readonly string[];
  readonly start: string;
  /** The last day evaluated. */
  readonly end: string;
  /** Whether that is the planned end: only then p-values and intervals are given. */
  readonly final: boolean;
  readonly plannedEnd: string;
  readonly alpha: number;
}

export interface GeoFindings {
  readonly cells: readonly CellAnalysis[];
  readonly assumptions: readonly string[];
}

/** Days before the start that say what is usually spent. */
const usualDays = 28;

/**
 * Evaluate the cells of a geo experiment by augmented synthetic control. Before the planned end there are estimates
 * without p-values and intervals: conformal inference is for one look. Throws what evaluateGeoTest throws.
 */
export function analyseGeo(question: GeoQuestion): GeoFindings {
  const { panel, cells, untouched, start, end, alpha } = question;
  const spends = cells.map((cell) => spendOf(question, cell));
  const days = panel.periods.indexOf(end) - panel.periods.indexOf(start) + 1;
  const results = evaluateGeoTest(
    panel,
    {
      start,
      end,
      untouched,
      cells: cells.map((cell, index) => ({ ...cell, spend: spends[index]!.spendChange * days })),
    },
    { alpha },
  );
  return {
    cells: results.map((result, index) => showCell(question, result, spends[index]!)),
    assumptions: [
      ...(results[0]?.lift.assumptions ?? []),
      `What is usually spent is the mean of up to ${usualDays} days before the start.`,
      'p-values and intervals hold for one look at the planned end; the daily course before is for watching only.',
    ],
  };
}

type CellSpend = Pick<CellAnalysis, 'spend' | 'spendChange' | 'spendShare'>;

function spendOf({ panel, spend, start, end }: GeoQuestion, { markets }: GeoCell): CellSpend {
  const { units, periods } = panel;
  const [from, to] = [periods.indexOf(start), periods.indexOf(end)];
  const perDay = (names: readonly string[], first: number, last: number): number => {
    let sum = 0;
    for (const name of names) {
      const unit = units.indexOf(name);
      for (let day = first; day < last; day++) sum += spend[unit * periods.length + day]!;
    }
    return sum / (last - first);
  };
  const first = Math.max(0, from - usualDays);
  const before = perDay(markets, first, from);
  const all = perDay(units, first, from);
  return {
    spend: before,
    spendChange: perDay(markets, from, to + 1) - before,
    spendShare: all > 0 ? before / all : 0,
  };
}

function showCell(question: GeoQuestion, result: CellResult, spend: CellSpend): CellAnalysis {
  const { cell, lift } = result;
  const { final } = question;
  const estimate = lift.incremental;
  const bounds = final ? result.incremental : null;
  const incremental: Range = { estimate, low: endOf(bounds?.low), high: endOf(bounds?.high) };
  const total = cell.spend;
  return {
    ...spend,
    cell: cell.name,
    markets: cell.markets,
    relative: lift.relative,
    incremental,
    standardError: final ? result.standardError : null,
    pValue: final ? lift.averageEffect.pValue : null,
    adjustedPValue: final ? result.adjustedPValue : null,
    perSpend: perSpendOf(incremental, total),
    scaledL2: lift.quality.scaledL2,
    weights: weightsOf(result),
    series: seriesOf(question, result),
    warnings: lift.warnings,
    conclusion: final ? result.conclusion : earlyConclusion(question, result),
  };
}

function endOf(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function perSpendOf({ estimate, low, high }: Range, total: number): Range | null {
  if (total === 0) return null;
  const ends = [low, high].map((value) => (value === null ? null : value / total));
  const [first, second] = total > 0 ? ends : ends.toReversed();
  return { estimate: estimate / total, low: first ?? null, high: second ?? null };
}

function earlyConclusion({ end, plannedEnd }: GeoQuestion, { cell, lift }: CellResult): string {
  const direction = lift.incremental > 0 ? 'above' : 'below';
  return `Up to ${end}, ${cell.markets.join(' and ')} came out ${figure(Math.abs(lift.incremental))} ${direction} what was expected. Whether chance explains that is said at the planned end, ${plannedEnd}: judging earlier would err more often than promised.`;
}

function weightsOf({ lift }: CellResult): CellAnalysis['weights'] {
  return lift.study.controls
    .map((market, index) => ({ market, weight: lift.fit.weights[index]! }))
    .filter(({ weight }) => Math.abs(weight) > 1e-4)
    .toSorted((a, b) => b.weight - a.weight);
}

function seriesOf({ start }: GeoQuestion, { lift, cell }: CellResult): GeoPoint[] {
  const observed = columnOf(lift.study.series, 0);
  const markets = cell.markets.length;
  let sum = 0;
  return lift.study.periods.map((day, index) => {
    const effect = markets * lift.fit.gaps[index]!;
    const treated = day >= start;
    if (treated) sum += effect;
    const seen = markets * observed[index]!;
    return { day, treated, observed: seen, expected: seen - effect, effect, cumulative: treated ? sum : null };
  });
}
