import { integer } from '../../ui/format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { RowErrorFieldsFragment } from './connections.generated.ts';

type Row = RowErrorFieldsFragment;

const columns: Column<Row>[] = [
  {
    key: 'line',
    label: 'Line',
    numeric: true,
    value: (row) => row.line,
    cell: (row) => integer(row.line),
    class: 'w-20',
  },
  {
    key: 'column',
    label: 'Column',
    value: (row) => row.column,
    cell: (row) => row.column ?? '–',
    class: 'whitespace-nowrap',
  },
  { key: 'message', label: 'Why', cell: (row) => row.message, class: 'min-w-48' },
  {
    key: 'value',
    label: 'In the file',
    cell: (row) => <code class="block max-w-72 truncate font-mono text-xs">{row.value ?? ''}</code>,
  },
];

/** Rows that were refused, with the place in the file and the reason. */
export function RowErrorsTable(props: { rows: Row[] }) {
  return <Table label="Refused rows" columns={columns} rows={props.rows} maxHeight="360px" />;
}
