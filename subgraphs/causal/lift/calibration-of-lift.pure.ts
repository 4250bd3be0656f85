import type { LiftChoice } from './lift-choice.pure.ts';
import type { LiftResult } from './lift-result.pure.ts';
import type { RecordsChoice } from './panel-of-records.pure.ts';
import type { LiftInputs } from './tables.ts';

/** The change of a KPI per day at a change of spend per day: what calibrates a mix model. */
export interface LiftCalibration {
  readonly channel: string | null;
  /** Null when more than one region, or none, was treated. */
  readonly region: string | null;
  /** Treated days, both included. */
  readonly from: string;
  readonly to: string;
  readonly kpi: 'REVENUE' | 'CONVERSIONS';
  readonly basis: 'CLAIMED' | 'BOOKED' | 'PAID';
  readonly currency: string | null;
  /** Per day, steady level before the treatment. */
  readonly spend: number;
  readonly spendChange: number;
  readonly kpiChange: number;
  readonly standardError: number;
  readonly method: string;
  readonly sourceKinds: readonly string[];
}

const basisOf = { claimed: 'CLAIMED', booked: 'BOOKED', paid: 'PAID' } as const;

/**
 * What a finished evaluation says to a mix model. Null where it says nothing: a panel of a person's own, a KPI that is not
 * sales, no change of spend, no error of the estimate.
 */
export function calibrationOfLift({
  choice,
  inputs,
  result,
}: {
  choice: LiftChoice;
  inputs: LiftInputs;
  result: LiftResult;
}): LiftCalibration | null {
  const { records, settings } = choice;
  const { spend, total, iroas } = result;
  if (!records || !spend || !iroas || total.standardError === null) return null;
  if (records.kpi !== 'REVENUE' && records.kpi !== 'CONVERSIONS') return null;
  const [length, post] = [records.period === 'WEEK' ? 7 : 1, result.periods.length - result.pre];
  const days = length * post;
  return {
    channel: onlyOne(records, 'CHANNEL') ?? records.spendChannel,
    region: onlyOne(records, 'REGION'),
    from: result.periods[result.pre]!,
    to: lastDayOf(result.periods.at(-1)!, length),
    kpi: records.kpi,
    basis: basisOf[records.basis],
    currency: inputs.currency,
    spend: (spend.before ?? 0) / length,
    spendChange: spend.totalChange / days,
    kpiChange: total.value / days,
    standardError: total.standardError / days,
    method: settings.method,
    sourceKinds: inputs.sourceKinds,
  };
}

/** The treated unit where there is one, of this kind. */
function onlyOne({ unit, treated }: RecordsChoice, kind: RecordsChoice['unit']): string | null {
  return unit === kind && treated.length === 1 ? treated[0]! : null;
}

function lastDayOf(firstDay: string, length: number): string {
  return new Date(Date.parse(firstDay) + (length - 1) * 86_400_000).toISOString().slice(0, 10);
}
