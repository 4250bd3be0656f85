import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { CreateCalibrationInput } from '../schema.generated.ts';
import { calibrations, showCalibration, type Calibration } from './calibration.view.ts';
import { invalidCalibration, type NewCalibration } from './new-calibration.pure.ts';

/** Store what an experiment made elsewhere found. Throws BAD_USER_INPUT naming the field. */
export function createCalibration(context: Context, input: CreateCalibrationInput): Promise<Calibration> {
  const { region, kpi, basis, note, ...rest } = input;
  const given: NewCalibration = {
    ...rest,
    channel: rest.channel.trim(),
    region: region ?? null,
    kpi: kpi ?? 'REVENUE',
    basis: basis ?? 'CLAIMED',
    note: note ?? null,
    sourceKinds: [],
    origin: 'MANUAL',
    originId: null,
  };
  return transaction(context, (tx) => insertCalibration(tx, given));
}

/**
 * Store a calibration and tell of it; to be called in a transaction. Throws BAD_USER_INPUT naming the field that models
 * cannot use, or CONFLICT when its origin has already given one for this channel and KPI.
 */
export async function insertCalibration(tx: Context, given: NewCalibration): Promise<Calibration> {
  const invalid = invalidCalibration(given);
  if (invalid) throw badInput(`input.${invalid.field}`, invalid.reason);
  const { db, table } = calibrations(tx);
  const row = await db
    .insertInto(table)
    .values({
      organization_id: tx.organizationId,
      id: tx.newId(),
      channel: given.channel,
      region: given.region,
      first_day: given.from,
      last_day: given.to,
      kpi: given.kpi,
      basis: given.basis,
      currency: given.currency,
      spend: given.spend,
      spend_change: given.spendChange,
      kpi_change: given.kpiChange,
      standard_error: given.standardError,
      method: given.method,
      source_kinds: [...given.sourceKinds],
      origin: given.origin,
      origin_id: given.originId,
      note: given.note,
      created_by: tx.principal.name,
      created_at: tx.now(),
      retired_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('CONFLICT', 'There is a calibration of this origin already; take it back first.');
  await tell(tx, row.id, 'calibration.created', `${tx.principal.name} added a calibration of ${given.channel}.`);
  return showCalibration(row);
}

/** Take a calibration back. Throws NOT_FOUND, or CONFLICT when that was done before. */
export function retireCalibration(context: Context, id: string): Promise<Calibration> {
  if (!isId(id)) throw notFound('calibration');
  return transaction(context, async (tx) => {
    const { db, table } = calibrations(tx);
    const found = await db.selectFrom(table).select('retired_at').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!found) throw notFound('calibration');
    if (found.retired_at) throw new AppError('CONFLICT', 'The calibration was already taken back.');
    const changed = db.updateTable(table).set({ retired_at: tx.now() }).where('id', '=', id).returningAll();
    const row = await changed.executeTakeFirstOrThrow();
    await tell(tx, id, 'calibration.retired', `${tx.principal.name} took back a calibration of ${row.channel}.`);
    return showCalibration(row);
  });
}

function tell(tx: Context, id: string, topic: string, summary: string): Promise<void> {
  return emit(tx, { topic, subjectKind: 'calibration', subjectId: id, summary, audit: true });
}
