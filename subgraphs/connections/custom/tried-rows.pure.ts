import { MappedColumns } from '../engine/mapped-columns.pure.ts';
import type { Mapped, Slice, Stream } from '../platforms/connector.ts';
import { RowRefusal } from '../platforms/row-refusal.ts';
import type { ConnectorTry, TriedRefusal } from '../schema.generated.ts';

/** What becomes of rows, one by one, with the reasons of those that are refused. */
export function triedRows(
  stream: Stream,
  rows: readonly unknown[],
  slice: Slice,
): Pick<ConnectorTry, 'mappedRows' | 'refusedRows' | 'leftOut'> {
  const columns = new MappedColumns(slice.account);
  const mappedRows: unknown[] = [];
  const refusedRows: TriedRefusal[] = [];
  let leftOut = 0;
  rows.forEach((raw, index) => {
    const outcome = mapOne(stream, raw, slice);
    const refusal = outcome instanceof RowRefusal ? outcome : outcome && columns.add(outcome);
    if (refusal) {
      const { column, message, value } = refusal;
      refusedRows.push({ row: index + 1, column: column || null, message, value });
    } else if (outcome === null) leftOut += 1;
    else mappedRows.push(shown(outcome));
  });
  return { mappedRows, refusedRows, leftOut };
}

function mapOne(stream: Stream, raw: unknown, slice: Slice): Mapped | RowRefusal | null {
  const shaped = stream.row.safeParse(raw);
  if (!shaped.success) {
    const [issue] = shaped.error.issues;
    const column = issue?.path.join('.') ?? '';
    return new RowRefusal(column, 'BAD_SHAPE', `${column} ${issue?.message ?? 'is wrong'}.`, null);
  }
  try {
    return stream.map(shaped.data, slice);
  } catch (error) {
    if (error instanceof RowRefusal) return error;
    throw error;
  }
}

/** Plain data: money in whole units, instants as text. */
function shown(value: unknown): unknown {
  if (typeof value === 'bigint') return inUnits(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === 'number' && Number.isNaN(value)) return null;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member)]));
}

function inUnits(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const decimals = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}.${decimals}`;
}
