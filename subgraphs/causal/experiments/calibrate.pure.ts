import type { NewCalibration } from '../calibration/new-calibration.pure.ts';
import type { ExperimentAnalysis } from './analysis.pure.ts';
import { daysBetween } from './days.pure.ts';
import type { AbSettings, GeoSettings } from './settings.pure.ts';

interface Measurable {
  readonly id: string;
  readonly startedOn: string | null;
  readonly ab: AbSettings | null;
  readonly geo: GeoSettings | null;
}

interface Given {
  readonly channel: string;
  readonly arm?: string | null;
  readonly kpi?: NewCalibration['kpi'];
  readonly basis?: NewCalibration['basis'];
  readonly currency?: string | null;
  readonly spend?: number | null;
  readonly spendChange?: number | null;
}

type Wrong = { readonly field: string; readonly reason: string };

/**
 * What an analysis says of a channel, per day. An arm: the difference of a unit times the units of the arm. A cell: scaled
 * up from its share of the usual spend to all markets, as if the others would answer alike, which keeps the return.
 */
export function calibrationOf(
  experiment: Measurable,
  analysis: ExperimentAnalysis,
  given: Given,
): NewCalibration | Wrong {
  const { geo, startedOn } = experiment;
  const shared = {
    channel: given.channel,
    region: null,
    from: startedOn!,
    to: analysis.asOf ?? startedOn!,
    sourceKinds: analysis.inputs.sourceKinds,
    origin: 'EXPERIMENT',
    originId: experiment.id,
  } as const;
  const measured = geo ? measuredInCell(geo, analysis, given) : measuredInArm(experiment, analysis, given);
  return 'field' in measured ? measured : { ...shared, ...measured };
}

type Measured = Pick<
  NewCalibration,
  'kpi' | 'basis' | 'currency' | 'spend' | 'spendChange' | 'kpiChange' | 'standardError' | 'method' | 'note'
>;

function measuredInCell(geo: GeoSettings, { cells, days, inputs }: ExperimentAnalysis, given: Given): Measured | Wrong {
  const cell = given.arm ? cells.find((one) => one.cell === given.arm) : cells[0];
  if (!cell) return { field: 'arm', reason: 'There is no result of this cell.' };
  if (cell.standardError === null) {
    return { field: 'arm', reason: 'This cell has no interval, so models could not know how far to trust it.' };
  }
  const spendChange = given.spendChange ?? cell.spendChange;
  const share = cell.spendShare > 0 ? cell.spendShare : 1;
  const percent = Number((100 * share).toPrecision(3));
  return {
    kpi: geo.kpi,
    basis: geo.basis,
    currency: given.currency ?? inputs.currency ?? '',
    spend: (given.spend ?? cell.spend) / share,
    spendChange: spendChange / share,
    kpiChange: cell.incremental.estimate / days / share,
    standardError: cell.standardError / days / share,
    method: 'geo test by augmented synthetic control',
    note: `Measured in ${cell.markets.join(', ')}, ${percent} % of the usual spend, and scaled up to all markets.`,
  };
}

function measuredInArm(
  { ab, startedOn }: Measurable,
  { metrics, arms, asOf }: ExperimentAnalysis,
  given: Given,
): Measured | Wrong {
  const metric = metrics[0];
  const comparison = given.arm ? metric?.comparisons.find(({ arm }) => arm === given.arm) : metric?.comparisons[0];
  if (!metric || !comparison) return { field: 'arm', reason: 'There is no result of this arm.' };
  if (ab!.metrics[0]!.kind === 'RATIO') return { field: 'kpi', reason: 'A ratio is no KPI that adds up over units.' };
  if (typeof given.spend !== 'number') return { field: 'spend', reason: 'Say what is usually spent per day.' };
  if (typeof given.spendChange !== 'number') {
    return { field: 'spendChange', reason: 'Say what was spent more per day on the units of this arm.' };
  }
  const units = arms.find((one) => one.metric === metric.metric && one.arm === comparison.arm)!.n;
  const days = daysBetween(startedOn!, asOf!);
  const factor = units / days;
  return {
    kpi: given.kpi ?? 'REVENUE',
    basis: given.basis ?? 'CLAIMED',
    currency: given.currency ?? '',
    spend: given.spend,
    spendChange: given.spendChange,
    kpiChange: comparison.difference * factor,
    standardError: comparison.differenceError * factor,
    method: 'randomised experiment',
    note: `${comparison.arm} against ${comparison.control}, ${units} units in ${days} days.`,
  };
}
