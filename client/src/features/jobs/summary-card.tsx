import { Show } from 'solid-js';
import type { Query } from '../../data/query.ts';
import { Card } from '../../ui/card.tsx';
import { duration, integer, percent } from '../../ui/format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import type { JobSummaryQuery } from './jobs.generated.ts';

/** How each type of job fared in the last day. */
export function SummaryCard(props: { query: Query<JobSummaryQuery> }) {
  const columns: Column<JobSummaryQuery['jobSummary'][number]>[] = [
    { key: 'type', label: 'Type', value: (row) => row.type, cell: (row) => row.type, class: 'font-semibold' },
    { key: 'total', label: 'Jobs', numeric: true, value: (row) => row.total, cell: (row) => integer(row.total) },
    { key: 'failed', label: 'Failed', numeric: true, value: (row) => row.failed, cell: (row) => integer(row.failed) },
    {
      key: 'rate',
      label: 'Success',
      numeric: true,
      value: (row) => row.successRate,
      cell: (row) => percent(row.successRate),
    },
    {
      key: 'median',
      label: 'Median time',
      numeric: true,
      value: (row) => row.medianMillis,
      cell: (row) => duration(row.medianMillis),
    },
  ];
  return (
    <Show when={(props.query.data()?.jobSummary.length ?? 0) > 0}>
      <Card title="Last 24 hours" flush>
        <Table label="Jobs of the last 24 hours by type" columns={columns} rows={props.query.data()!.jobSummary} />
      </Card>
    </Show>
  );
}
