import { Show, createMemo } from 'solid-js';
import { Badge } from '../../../ui/badge.tsx';
import { decimal, integer, percent, plural, words } from '../../../ui/format.ts';
import { type Column, Table } from '../../../ui/table.tsx';
import { days } from '../../../ui/time.tsx';
import type { SliceFieldsFragment } from '../connections.generated.ts';
import { type Comparison, compareSums } from './compare-sums.ts';

function figure(value: number): string {
  return Number.isInteger(value) ? integer(value) : decimal(value);
}

const columns: Column<Comparison>[] = [
  {
    key: 'what',
    label: 'Part',
    value: (row) => row.slice.stream,
    cell: (row) => (
      <span class="block py-1.5">
        <span class="block whitespace-nowrap">{words(row.slice.stream)}</span>
        <span class="block text-xs text-ink-2">{row.slice.accountName || row.slice.accountId}</span>
        <span class="block text-xs whitespace-nowrap text-ink-2">{days(row.slice.from, row.slice.to)}</span>
      </span>
    ),
  },
  { key: 'metric', label: 'Figure', value: (row) => row.metric, cell: (row) => words(row.metric) },
  { key: 'ours', label: 'Ours', numeric: true, value: (row) => row.ours, cell: (row) => figure(row.ours) },
  { key: 'theirs', label: 'Theirs', numeric: true, value: (row) => row.theirs, cell: (row) => figure(row.theirs) },
  {
    key: 'difference',
    label: 'Difference',
    numeric: true,
    value: (row) => Math.abs(row.share ?? 0),
    cell: (row) => (
      <Show when={!row.equal} fallback={<Badge tone="ok">Equal</Badge>}>
        <Badge tone="warn">{row.share === null ? figure(row.ours - row.theirs) : percent(row.share)}</Badge>
      </Show>
    ),
  },
];

/** What came in beside what the platform itself sums up to. Differences come first. */
export function ChecksSection(props: { slices: SliceFieldsFragment[] }) {
  const rows = createMemo(() => compareSums(props.slices));
  const different = () => rows().filter(({ equal }) => !equal).length;
  return (
    <Show when={rows().length > 0}>
      <details class="border-t border-line-soft" open={different() > 0}>
        <summary class="px-4 py-2.5 text-sm font-semibold">
          Compared with the platform's own sums{' '}
          <span class="font-normal text-ink-2">
            {different() > 0
              ? `${plural(different(), 'difference')} in ${integer(rows().length)}`
              : `all ${integer(rows().length)} equal`}
          </span>
        </summary>
        <Table label="Ours beside theirs" columns={columns} rows={rows().slice(0, 300)} maxHeight="340px" />
      </details>
    </Show>
  );
}
