import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import { zeros } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import type { Panel } from '../synthetic-control/panel.pure.ts';
import type { RegionChoice } from './settings.pure.ts';

/** What was read of regions. */
export interface RegionInputs {
  readonly regions: readonly string[];
  readonly days: number;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly currency: string;
  readonly sourceKinds: readonly string[];
  /** SHA-256 over the panel. */
  readonly dataHash: string;
}

/** The KPI and the spend of a channel by region and day. */
export interface RegionPanel {
  readonly panel: Panel;
  /** Spend of the channel asked for, days x regions, laid out as `panel.outcomes`. */
  readonly spend: Float64Array;
  readonly currency: string;
  readonly sourceKinds: readonly string[];
  readonly warnings: readonly string[];
}

type Columns = Pick<
  RecordFrame,
  'date' | 'channel' | 'region' | 'currency' | 'spend' | 'revenue' | 'conversions' | 'basis' | 'sourceKind'
>;

const millisPerDay = 86_400_000;
const basisOf = { CLAIMED: 'claimed', BOOKED: 'booked', PAID: 'paid' } as const;

/**
 * Days x regions from daily records; a day on which a region has no record is 0. Records of no region are left out and
 * told of. Throws TOO_FEW without regions, NO_OVERLAP for several currencies, GAP for days without any record.
 */
export function buildRegionPanel(records: Columns, choice: RegionChoice, channel: string | null): RegionPanel {
  const regional = rowsOfRegions(records);
  if (regional.length === 0) {
    const text = 'No record says which region it is of. Sync sources by region, or upload figures with a region.';
    throw new Problem('TOO_FEW', text, { records: records.date.length });
  }
  const currencies = [...new Set(regional.map((row) => records.currency[row]!))];
  if (currencies.length > 1) {
    const text = `Records come in ${currencies.join(', ')}, which cannot be added up. Choose connections of one currency.`;
    throw new Problem('NO_OVERLAP', text, { currencies });
  }
  const panel = emptyPanel(records, regional);
  const spend = new Float64Array(panel.outcomes.data.length);
  const seen = new Set<string>();
  const [first, basis] = [dayOf(panel.periods[0]!), basisOf[choice.basis]];
  const place = new Map(panel.units.map((unit, index) => [unit, index]));
  for (const row of regional) {
    const at = place.get(records.region[row]!)! * panel.periods.length + dayOf(records.date[row]!) - first;
    seen.add(records.date[row]!);
    if (records.channel[row] === channel) spend[at]! += Number(records.spend[row]!) / 1e6;
    if (records.basis[row] !== basis) continue;
    const value = choice.kpi === 'REVENUE' ? Number(records.revenue[row]!) / 1e6 : records.conversions[row]!;
    panel.outcomes.data[at]! += value;
  }
  const gap = panel.periods.find((day) => !seen.has(day));
  if (gap) throw new Problem('GAP', `No region has a record on ${gap}. Sync that day again.`, { day: gap });
  const sourceKinds = [...new Set(regional.map((row) => records.sourceKind[row]!))].toSorted();
  return { panel, spend, currency: currencies[0]!, sourceKinds, warnings: warningsOf(records, regional, panel) };
}

function rowsOfRegions({ region, date }: Columns): number[] {
  const rows: number[] = [];
  for (let row = 0; row < date.length; row++) if (region[row] !== null) rows.push(row);
  return rows;
}

function emptyPanel({ region, date }: Columns, rows: readonly number[]): Panel {
  const units = [...new Set(rows.map((row) => region[row]!))].toSorted();
  let [first, last] = [Infinity, -Infinity];
  for (const row of rows) {
    const day = dayOf(date[row]!);
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  const periods = Array.from({ length: last - first + 1 }, (_, day) =>
    new Date((first + day) * millisPerDay).toISOString().slice(0, 10),
  );
  return { units, periods, outcomes: zeros(periods.length, units.length) };
}

function warningsOf({ region }: Columns, regional: readonly number[], { units, periods, outcomes }: Panel): string[] {
  const warnings: string[] = [];
  const none = region.length - regional.length;
  if (none > 0) warnings.push(`${none} of ${region.length} records are of no region and were left out.`);
  const silent = units.filter((_, unit) =>
    outcomes.data.subarray(unit * periods.length, (unit + 1) * periods.length).every((value) => value === 0),
  );
  if (silent.length > 0) warnings.push(`${silent.join(', ')} had no outcome at all.`);
  return warnings;
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisPerDay;
}
