import { createEffect, on } from 'solid-js';
import { createQuery } from '../../../../data/query.ts';
import { Card } from '../../../../ui/card.tsx';
import { DataState } from '../../../../ui/data-state.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { words } from '../../../../ui/format.ts';
import { type Column, Table } from '../../../../ui/table.tsx';
import { Time, date } from '../../../../ui/time.tsx';
import { PositionsDocument, type PositionsQuery } from './days.generated.ts';

type Position = NonNullable<PositionsQuery['connection']>['positions'][number];

const columns: Column<Position>[] = [
  {
    key: 'stream',
    label: 'Stream',
    value: (row) => row.stream,
    cell: (row) => words(row.stream),
    class: 'font-semibold whitespace-nowrap',
  },
  {
    key: 'account',
    label: 'Account',
    value: (row) => row.accountName,
    cell: (row) => row.accountName || row.accountId || 'All data',
  },
  {
    key: 'day',
    label: 'Read without a gap to',
    value: (row) => row.lastDay,
    cell: (row) => date(row.lastDay),
    class: 'whitespace-nowrap',
  },
  {
    key: 'until',
    label: 'Changes read to',
    value: (row) => row.readUntil,
    cell: (row) => <Time at={row.readUntil} style="short" />,
  },
];

/** How far each stream of each account has been read. */
export function StreamsSection(props: { connectionId: string; streams: string[]; stamp: unknown }) {
  const query = createQuery(PositionsDocument, () => ({ id: props.connectionId }));
  createEffect(
    on(
      () => props.stamp,
      () => query.refetch(),
      { defer: true },
    ),
  );
  return (
    <Card title="Streams" hint="The next sync goes on from here, and looks back over days that may still change" flush>
      <DataState
        of={query}
        isEmpty={(data) => (data.connection?.positions.length ?? 0) === 0}
        empty={
          <EmptyState title="Nothing was read yet">
            {props.streams.length > 0
              ? `It delivers ${props.streams.map((name) => words(name).toLowerCase()).join(', ')}.`
              : 'The first sync begins with the first day that was chosen.'}
          </EmptyState>
        }
      >
        {(data) => <Table label="Streams" columns={columns} rows={data().connection?.positions ?? []} />}
      </DataState>
    </Card>
  );
}
