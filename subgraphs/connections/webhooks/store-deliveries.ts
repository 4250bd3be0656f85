import { createHash } from 'node:crypto';
import type { Context } from '@liftos/core/context.ts';
import type { Basis } from '@liftos/core/ports/memory.ts';
import { MappedColumns } from '../engine/mapped-columns.pure.ts';
import type { Account, Item } from '../platforms/connector.ts';
import { refuse, type MappedRow, type ReadDelivery } from './map-deliveries.ts';

/** Rows of one stream out of many deliveries. */
interface Gathered {
  stream: string;
  basis: Basis | undefined;
  rows: { row: MappedRow; read: ReadDelivery }[];
  newest: Map<string, Item>;
}

/**
 * Stores what deliveries became, a batch per stream. Of an item that stands in several only the newest version counts,
 * in whatever order they came. Rows that break a rule are refused in their delivery. The same deliveries again change
 * nothing, unless somebody sends them through again. Throws what memory throws.
 * @returns rows stored by delivery id
 */
export async function storeDeliveries(
  context: Context,
  connectionId: string,
  account: Pick<Account, 'currency' | 'timeZone'>,
  reads: readonly ReadDelivery[],
): Promise<Map<string, number>> {
  const stored = new Map<string, number>();
  const marks = reads.map(({ delivery: { id, handled_at: at } }) => `${id}/${at?.getTime() ?? ''}`).toSorted();
  for (const gathered of gather(reads)) {
    const columns = new MappedColumns(account as Account);
    for (const { row, read } of gathered.rows) {
      const problem = addRow(columns, row, gathered.newest);
      if (problem) refuse(read, `${row.at}: ${problem}`);
      else stored.set(read.delivery.id, (stored.get(read.delivery.id) ?? 0) + 1);
    }
    for (const batch of columns.batches()) {
      await context.ports.memory.ingest(context, {
        ...batch,
        batchId: uuidOf(`${gathered.stream}\n${batch.kind}\n${marks.join('\n')}`),
        connectionId,
        sourceKind: 'live',
        stream: gathered.stream,
        ...(gathered.basis ? { basis: gathered.basis } : {}),
      });
    }
  }
  return stored;
}

function gather(reads: readonly ReadDelivery[]): Iterable<Gathered> {
  const streams = new Map<string, Gathered>();
  for (const read of reads) {
    for (const row of read.rows) {
      const { stream, basis } = row;
      const gathered = streams.get(stream) ?? { stream, basis, rows: [], newest: new Map<string, Item>() };
      streams.set(stream, gathered);
      gathered.rows.push({ row, read });
      for (const item of row.mapped.items ?? []) {
        if (isNewer(item, gathered.newest.get(item.key))) gathered.newest.set(item.key, item);
      }
    }
  }
  return streams.values();
}

/** Without times of change, what came later is newer. */
function isNewer(item: Item, other: Item | undefined): boolean {
  if (!other?.updatedAt || !item.updatedAt) return true;
  return item.updatedAt >= other.updatedAt;
}

function addRow(columns: MappedColumns, { mapped }: MappedRow, newest: ReadonlyMap<string, Item>): string | null {
  const unfit = (mapped.items ?? []).find(
    ({ key, details }) => !isStorable(key) || !isStorable(JSON.stringify(details)),
  );
  if (unfit) return 'holds a character that cannot be stored';
  const items = (mapped.items ?? []).filter((item) => newest.get(item.key) === item);
  const refusal = columns.add({ ...mapped, items });
  return refusal && `${refusal.column}: ${refusal.value ?? ''} cannot be`;
}

/** Postgres keeps no NUL, not even escaped in JSON. */
function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/(?<!\\)(?:\\\\)*\\u0000/.test(text) && text.isWellFormed();
}

/** The same text gives the same id, in the form of a UUID. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
