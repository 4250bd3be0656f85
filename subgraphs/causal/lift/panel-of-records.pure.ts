import { badInput } from '@liftos/core/errors.ts';
import type { Basis, RecordFrame } from '@liftos/core/ports/memory.ts';
import { zeros } from '../numerics/linear/matrix.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import type { LiftData, Spend } from './lift-data.pure.ts';
import { spanOf, type Span } from './record-periods.pure.ts';

export type LiftKpi = 'REVENUE' | 'CONVERSIONS' | 'SPEND' | 'CLICKS' | 'IMPRESSIONS';

/** Which records make a panel, complete. */
export interface RecordsChoice {
  readonly kpi: LiftKpi;
  readonly basis: Basis;
  readonly unit: 'REGION' | 'CHANNEL' | 'CAMPAIGN';
  readonly period: 'DAY' | 'WEEK';
  readonly from: string;
  readonly to: string;
  readonly treated: readonly string[];
  readonly controls: readonly string[] | null;
  readonly start: string;
  readonly end: string | null;
  readonly channels: readonly string[] | null;
  readonly spendChannel: string | null;
  readonly currency: string | null;
  readonly connectionIds: readonly string[] | null;
  readonly mock: boolean;
}

type Columns = Pick<
  RecordFrame,
  | 'date'
  | 'channel'
  | 'campaign'
  | 'region'
  | 'currency'
  | 'spend'
  | 'impressions'
  | 'clicks'
  | 'conversions'
  | 'revenue'
  | 'sourceKind'
  | 'basis'
>;

export interface ReadRecords {
  readonly data: LiftData;
  /** Of the values when they are money, and of the spend; null when records come in several. */
  readonly currency: string | null;
  readonly sourceKinds: readonly string[];
  /** Unit-periods without any record, counted as nothing. */
  readonly filled: number;
  readonly warnings: readonly string[];
}

/**
 * Adds up records to one series per unit. A day of which something is known counts as nothing for a unit without rows;
 * a day of which nothing is known is a gap. Throws BAD_USER_INPUT naming the field: no records, several currencies,
 * generated records among real ones, gaps, units that are not there, a treatment outside the data.
 */
export function panelOfRecords(records: Columns, choice: RecordsChoice): ReadRecords {
  if (records.date.length === 0) throw badInput('input.records.from', 'There are no records in this range.');
  const sourceKinds = sourcesOf(records);
  const currency = currencyOf(records, choice);
  const span = spanOf(records.date, choice.period);
  const keep = (row: number): boolean => choice.currency === null || records.currency[row] === choice.currency;
  const unitOf = unitsOf(records, choice);
  const units = chosenUnits(
    [...new Set(records.date.flatMap((_, row) => (keep(row) ? (unitOf(row) ?? []) : [])))],
    choice,
  );
  const added = addUp(records, choice, { span, units, keep, unitOf });
  const treatment = treatmentOf(choice, span);
  const nameless = records.date.reduce((count, _, row) => count + (unitOf(row) === null ? 1 : 0), 0);
  const filled = added.seen.reduce((count, one) => count + (one ? 0 : 1), 0);
  const data: LiftData = {
    panel: { units, periods: span.labels, outcomes: added.values },
    treatments: choice.treated.map((unit) => ({ unit, start: treatment.start })),
    end: treatment.end,
    covariates: [],
    spend: spendOf(added.spend, { span, treatment, currency }),
  };
  const negative = added.values.data.reduce((count, value) => count + (value < 0 ? 1 : 0), 0);
  const warnings = [
    ...(nameless > 0 ? [`${nameless} records are of no single ${choice.unit.toLowerCase()} and were left out.`] : []),
    ...(filled > 0 ? [`${filled} of ${added.seen.length} values have no record and count as nothing.`] : []),
    ...(span.leftOut > 0 ? [`${span.leftOut} records of days outside whole weeks were left out.`] : []),
    ...(negative > 0
      ? [`${negative} values are below 0, as after refunds; shares of the counterfactual may mean little.`]
      : []),
  ];
  return { data, currency, sourceKinds, filled, warnings };
}

function sourcesOf({ sourceKind }: Columns): string[] {
  const kinds = [...new Set(sourceKind)].toSorted();
  if (kinds.includes('mock') && kinds.length > 1) {
    throw badInput('input.records.mock', 'Generated records stand among real ones; an evaluation takes either.');
  }
  return kinds;
}

function currencyOf({ currency }: Columns, choice: RecordsChoice): string | null {
  const all = [...new Set(currency)].toSorted();
  if (choice.currency !== null) {
    if (all.includes(choice.currency)) return choice.currency;
    throw badInput('input.records.currency', `There are no records in ${choice.currency}, but in ${all.join(', ')}.`);
  }
  if (all.length === 1) return all[0]!;
  if (choice.kpi !== 'REVENUE' && choice.kpi !== 'SPEND') return null;
  throw badInput('input.records.currency', `The records are in ${all.join(' and ')}; choose one currency.`, {
    currencies: all,
  });
}

function unitsOf(records: Columns, { unit }: RecordsChoice): (row: number) => string | null {
  if (unit === 'CHANNEL') return (row) => records.channel[row]!;
  const names = unit === 'REGION' ? records.region : records.campaign;
  return (row) => names[row] ?? null;
}

function chosenUnits(found: readonly string[], { treated, controls, unit }: RecordsChoice): string[] {
  const what = unit.toLowerCase();
  const require = (field: string, names: readonly string[]): void => {
    const missing = names.find((name) => !found.includes(name));
    if (missing === undefined) return;
    throw badInput(field, `There are no records of the ${what} ${missing} in this range.`, { unit: missing });
  };
  if (treated.length === 0) throw badInput('input.records.treated', `Name at least one treated ${what}.`);
  if (new Set(treated).size < treated.length)
    throw badInput('input.records.treated', `A treated ${what} is named twice.`);
  require('input.records.treated', treated);
  if (controls === null) return found.toSorted();
  require('input.records.controls', controls);
  const both = controls.find((name) => treated.includes(name));
  if (both !== undefined)
    throw badInput('input.records.controls', `${both} is treated and cannot be a control.`, { unit: both });
  return found.filter((name) => treated.includes(name) || controls.includes(name)).toSorted();
}

interface Adding {
  readonly span: Span;
  readonly units: readonly string[];
  readonly keep: (row: number) => boolean;
  readonly unitOf: (row: number) => string | null;
}

function addUp(records: Columns, choice: RecordsChoice, { span, units, keep, unitOf }: Adding) {
  const values = zeros(span.labels.length, units.length);
  const seen = new Uint8Array(values.data.length);
  const spend = new Float64Array(span.labels.length);
  const placeOf = new Map(units.map((unit, place) => [unit, place]));
  const treated = new Set(choice.treated);
  const channels = choice.channels && new Set(choice.channels);
  const kpiOf = valueOf(records, choice);
  for (let row = 0; row < records.date.length; row++) {
    const [period, unit] = [span.periodOf(row), unitOf(row)];
    const place = unit === null ? undefined : placeOf.get(unit);
    if (period < 0 || place === undefined || !keep(row)) continue;
    const channel = records.channel[row]!;
    if (treated.has(unit!) && (choice.spendChannel === null || channel === choice.spendChannel)) {
      spend[period] = spend[period]! + Number(records.spend[row]!) / 1e6;
    }
    if (channels && !channels.has(channel)) continue;
    const at = place * span.labels.length + period;
    seen[at] = 1;
    values.data[at] = values.data[at]! + kpiOf(row);
  }
  return { values, seen, spend };
}

/** The figure of a row; revenue and conversions of another basis count as nothing. */
function valueOf(records: Columns, { kpi, basis }: RecordsChoice): (row: number) => number {
  const ofBasis = (value: (row: number) => number) => (row: number) => (records.basis[row] === basis ? value(row) : 0);
  const by: Record<LiftKpi, (row: number) => number> = {
    REVENUE: ofBasis((row) => Number(records.revenue[row]!) / 1e6),
    CONVERSIONS: ofBasis((row) => records.conversions[row]!),
    SPEND: (row) => Number(records.spend[row]!) / 1e6,
    CLICKS: (row) => records.clicks[row]!,
    IMPRESSIONS: (row) => records.impressions[row]!,
  };
  return by[kpi];
}

interface Window {
  readonly start: string;
  readonly end: string | null;
}

/** The periods in which the first and last treated days lie. */
function treatmentOf({ start, end }: RecordsChoice, span: Span): Window {
  const first = span.labelOf(start);
  const text = (what: string, day: string): string =>
    `The ${what} of the treatment, ${day}, lies outside the data, which go from ${span.from} to ${span.to}.`;
  if (first === null) throw badInput('input.records.start', text('start', start));
  if (end === null) return { start: first, end: null };
  if (end < start) throw badInput('input.records.end', `The treatment ends on ${end}, before it starts.`);
  const last = span.labelOf(end);
  if (last === null) throw badInput('input.records.end', text('end', end));
  return { start: first, end: last };
}

/** Spend of the treated during the treatment against as many periods before it. */
function spendOf(
  spend: Float64Array,
  { span, treatment, currency }: { span: Span; treatment: Window; currency: string | null },
): Spend | null {
  const pre = span.labels.indexOf(treatment.start);
  const end = treatment.end === null ? spend.length : span.labels.indexOf(treatment.end) + 1;
  const post = end - pre;
  if (currency === null || pre === 0 || spend.every((value) => value === 0)) return null;
  const before = meanOf(spend.subarray(Math.max(0, pre - post), pre));
  const change = meanOf(spend.subarray(pre, end)) - before;
  return { before, change, totalChange: change * post, currency, given: false };
}
