import { RunBadge, type RunProgress } from './run-badge.tsx';
import type { Column } from './table.tsx';
import { Time } from './time.tsx';

/** The last columns of every list of runs: how each stands, and when it was started. */
export function runColumns<Row extends RunProgress & { readonly createdAt: string }>(): Column<Row>[] {
  return [
    { key: 'state', label: 'State', value: (row) => row.state, cell: (row) => <RunBadge run={row} /> },
    {
      key: 'at',
      label: 'Started',
      numeric: true,
      wideOnly: true,
      value: (row) => row.createdAt,
      cell: (row) => <Time at={row.createdAt} />,
    },
  ];
}
