import type { Column } from './table.tsx';

/** A sortable column of numbers; `show` formats what `read` finds. */
export function figureColumn<Row>(
  key: string,
  label: string,
  read: (row: Row) => number | null,
  show: (value: number | null, row: Row) => string,
  shape: { wideOnly?: boolean } = {},
): Column<Row> {
  return { key, label, numeric: true, value: read, cell: (row) => show(read(row), row), ...shape };
}
