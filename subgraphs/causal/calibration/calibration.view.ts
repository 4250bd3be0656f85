import type { Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { describeCalibration, perSpendOf } from './describe-calibration.pure.ts';
import type { CalibrationColumns, CalibrationTables } from './tables.ts';

/** A calibration as services and the graph see it. */
export type Calibration = ReturnType<typeof showCalibration>;

/** The row as the graph names it. */
export function showCalibration(row: Selectable<CalibrationColumns>) {
  const shown = {
    id: row.id,
    channel: row.channel,
    region: row.region,
    from: row.first_day,
    to: row.last_day,
    kpi: row.kpi,
    basis: row.basis,
    currency: row.currency,
    spend: row.spend,
    spendChange: row.spend_change,
    kpiChange: row.kpi_change,
    standardError: row.standard_error,
    method: row.method,
    sourceKinds: row.source_kinds,
    origin: row.origin,
    originId: row.origin_id,
    note: row.note,
    createdBy: row.created_by,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  };
  return { ...shown, perSpend: perSpendOf(shown), conclusion: describeCalibration(shown) };
}

/** Calibrations by id, in no order; ids of other organisations give nothing. Those taken back come too. */
export async function calibrationsById(context: Context, ids: readonly string[]): Promise<Calibration[]> {
  const { db, table } = calibrations(context);
  const rows = await db.selectFrom(table).selectAll().where('id', 'in', ids).execute();
  return rows.map(showCalibration);
}

interface CalibrationFilter {
  readonly channel?: string | null;
  readonly kpi?: 'REVENUE' | 'CONVERSIONS' | null;
  readonly includeRetired?: boolean | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Calibrations, newest first. */
export async function listCalibrations(context: Context, filter: CalibrationFilter): Promise<Page<Calibration>> {
  const size = pageSize(filter.first);
  const key = decodeCursor(context.organizationId, filter.after);
  const { db, table } = calibrations(context);
  let newest = db
    .selectFrom(table)
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (key !== undefined) newest = newest.where('id', '<', key);
  if (filter.channel) newest = newest.where('channel', '=', filter.channel);
  if (filter.kpi) newest = newest.where('kpi', '=', filter.kpi);
  if (!filter.includeRetired) newest = newest.where('retired_at', 'is', null);
  const rows = await newest.execute();
  return page(context.organizationId, rows.map(showCalibration), size, ({ id }) => id);
}

/** The database typed by the table, and its name. */
export function calibrations(context: Context) {
  return { db: tables<CalibrationTables>(context), table: 'causal.calibration' } as const;
}
