import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { tables } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { IngestBatch, IngestResult } from '@liftos/core/ports/memory.ts';
import { assess } from '../assessment/assess-records.pure.ts';
import { insightsOf } from '../assessment/insights.pure.ts';
import type { BatchAssessment, MemoryTables } from '../tables.ts';
import { checkBatch } from './check-batch.pure.ts';
import { lockConnectionData } from './lock-connection.ts';
import { refreshStatistics } from './statistics.ts';
import { storeItems } from './store-items.ts';
import { storeJourneys } from './store-journeys.ts';
import { storeRecords, type Stored } from './store-records.ts';

/**
 * Stores a batch with its lineage, its counts and the event `records.ingested`, in one transaction. A batch whose id is
 * known changes nothing and gives what it gave the first time. Answers counts, quality and what stands out.
 */
export async function ingest(context: Context, batch: IngestBatch): Promise<IngestResult> {
  checkBatch(batch);
  const result = await transaction(context, async (tx) => {
    // Batches of one connection take turns: they replace each other's rows.
    await lockConnectionData(tx, batch.connectionId);
    const known = await findBatch(tx, batch.batchId);
    if (known) return { ...known, repeated: true };
    const { stored, added } = await store(tx, batch);
    const dates = extentOf(batch.columns.date);
    const judged = judge(batch);
    await keepLineage(tx, batch, { stored, dates, judged });
    await addCoverage(tx, batch, added, coveredDates(batch));
    const { connectionId, sourceKind, stream, kind, batchId } = batch;
    const payload = { connectionId, sourceKind, stream, kind, batchId, ...stored, ...dates };
    await emit(tx, { topic: 'records.ingested', subjectKind: 'connection', subjectId: connectionId, payload });
    return { inserted: stored.inserted, updated: stored.updated, ...judged, repeated: false };
  });
  const rows = result.inserted + result.updated;
  if (!result.repeated) context.runtime.metrics.ingested.inc({ stream: batch.kind }, rows);
  if (!context.db.isTransaction) await refreshStatistics(context.runtime, result.repeated ? 0 : rows);
  return result;
}

/** What of a batch was stored, and by how many rows a connection has more of each kind. */
interface Outcome {
  stored: Stored;
  added: { records?: number; journeys?: number; items?: number };
}

async function store(tx: Context, batch: IngestBatch): Promise<Outcome> {
  if (batch.kind === 'items') return storeItems(tx, batch);
  const stored = batch.kind === 'records' ? await storeRecords(tx, batch) : await storeJourneys(tx, batch);
  return { stored, added: { [batch.kind]: stored.inserted } };
}

/** How good the rows are, as far as their figures tell. */
type Judged = Pick<IngestResult, 'quality' | 'flaws' | 'insights'>;

function judge(batch: IngestBatch): Judged {
  if (batch.kind !== 'records') return { quality: null, flaws: {}, insights: [] };
  const found = assess(batch.columns);
  return { quality: found.mean, flaws: found.flaws, insights: insightsOf(batch.columns, found) };
}

async function findBatch(tx: Context, id: string): Promise<Omit<IngestResult, 'repeated'> | undefined> {
  const query = tables<MemoryTables>(tx).selectFrom('memory.ingest_batch').where('id', '=', id);
  const known = await query.select(['inserted', 'updated', 'quality', 'assessment']).executeTakeFirst();
  if (!known) return undefined;
  const { assessment, ...counts } = known;
  return { ...counts, flaws: assessment?.flaws ?? {}, insights: assessment?.insights ?? [] };
}

interface Dates {
  firstDate: string | null;
  lastDate: string | null;
}

/** The first and last of days written `YYYY-MM-DD`, which sort as texts. */
function extentOf(days: readonly (string | null)[]): Dates {
  let firstDate: string | null = null;
  let lastDate: string | null = null;
  for (const day of days) {
    if (day === null) continue;
    if (firstDate === null || day < firstDate) firstDate = day;
    if (lastDate === null || day > lastDate) lastDate = day;
  }
  return { firstDate, lastDate };
}

/** The days there are figures of. Items that add to none, such as old contacts, do not widen them. */
function coveredDates(batch: IngestBatch): Dates {
  if (batch.kind !== 'items') return extentOf(batch.columns.date);
  const { date, channel, deleted } = batch.columns;
  return extentOf(date.map((day, row) => (channel[row] === null || deleted[row] !== 0 ? null : day)));
}

async function keepLineage(
  tx: Context,
  batch: IngestBatch,
  { stored, dates, judged: { quality, flaws, insights } }: { stored: Stored; dates: Dates; judged: Judged },
): Promise<void> {
  const assessment = batch.kind === 'records' ? JSON.stringify({ flaws, insights }) : null;
  const row = {
    organization_id: tx.organizationId,
    id: batch.batchId,
    connection_id: batch.connectionId,
    source_kind: batch.sourceKind,
    stream: batch.stream,
    kind: batch.kind,
    sync_run_id: batch.syncRunId ?? null,
    ...stored,
    first_date: dates.firstDate,
    last_date: dates.lastDate,
    ingested_at: tx.now(),
    quality,
    assessment: sql<BatchAssessment | null>`${assessment}::jsonb`,
  };
  await tables<MemoryTables>(tx).insertInto('memory.ingest_batch').values(row).execute();
}

async function addCoverage(
  tx: Context,
  batch: IngestBatch,
  { records = 0, journeys = 0, items = 0 }: Outcome['added'],
  dates: Dates,
): Promise<void> {
  await sql`
    insert into memory.coverage as c (organization_id, connection_id, source_kind, records, journeys, items, first_date,
      last_date, last_ingested_at)
    values (${tx.organizationId}, ${batch.connectionId}, ${batch.sourceKind}, ${records}, ${journeys}, ${items},
      ${dates.firstDate}::date, ${dates.lastDate}::date, ${tx.now()})
    on conflict (organization_id, connection_id, source_kind) do update set
      records = c.records + excluded.records, journeys = c.journeys + excluded.journeys,
      items = c.items + excluded.items,
      first_date = least(c.first_date, excluded.first_date), last_date = greatest(c.last_date, excluded.last_date),
      last_ingested_at = excluded.last_ingested_at`.execute(tx.db);
}

/** Removes everything that came through a connection, and tells with `records.forgotten`. */
export function forgetConnection(context: Context, connectionId: string): Promise<void> {
  return transaction(context, async (tx) => {
    const db = tables<MemoryTables>(tx);
    const blocks = db.selectFrom('memory.journey_block').select('id').where('connection_id', '=', connectionId);
    const entities = db.selectFrom('memory.entity').select('id').where('connection_id', '=', connectionId);
    await db.deleteFrom('memory.journey_key').where('block_id', 'in', blocks).execute();
    await db.deleteFrom('memory.fact').where('entity_id', 'in', entities).execute();
    for (const table of ['journey_block', 'entity', 'item', 'ingest_batch', 'coverage'] as const) {
      await db.deleteFrom(`memory.${table}`).where('connection_id', '=', connectionId).execute();
    }
    await emit(tx, { topic: 'records.forgotten', subjectKind: 'connection', subjectId: connectionId });
  });
}
