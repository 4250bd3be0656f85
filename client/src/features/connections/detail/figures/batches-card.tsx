import { For, Show, batch, createEffect, createSignal, on } from 'solid-js';
import { createQuery } from '../../../../data/query.ts';
import { Badge, type Tone } from '../../../../ui/badge.tsx';
import { Card } from '../../../../ui/card.tsx';
import { DataState } from '../../../../ui/data-state.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { integer, percent, words } from '../../../../ui/format.ts';
import { Pager } from '../../../../ui/pager.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { type Column, Table } from '../../../../ui/table.tsx';
import { Time, days } from '../../../../ui/time.tsx';
import { type BatchKind, ConnectionBatchesDocument, type ConnectionBatchesQuery } from './figures.generated.ts';

type Batch = ConnectionBatchesQuery['lineage']['edges'][number]['node'];

const kinds = [
  { value: 'RECORDS' as const, label: 'Figures' },
  { value: 'JOURNEYS' as const, label: 'Journeys' },
  { value: 'ITEMS' as const, label: 'Items' },
];

/** From so much on, quality needs no look; below the second bound it does. */
const [good, fair] = [0.95, 0.8];

function Quality(props: { batch: Batch }) {
  const quality = () => props.batch.quality;
  const tone = (value: number): Tone => (value >= good ? 'ok' : value >= fair ? 'warn' : 'error');
  return (
    <Show when={quality() !== null} fallback="–">
      <span class="flex min-w-40 flex-col items-start gap-1">
        <Badge tone={tone(quality()!)}>{percent(quality(), 0)}</Badge>
        <For each={props.batch.flaws}>
          {({ flaw, rows }) => (
            <span class="text-xs text-ink-2">
              {words(flaw)}: {integer(rows)}
            </span>
          )}
        </For>
      </span>
    </Show>
  );
}

const columns: Column<Batch>[] = [
  { key: 'when', label: 'Arrived', cell: (row) => <Time at={row.ingestedAt} /> },
  {
    key: 'stream',
    label: 'Stream',
    cell: (row) => words(row.stream),
  },
  { key: 'quality', label: 'Quality', cell: (row) => <Quality batch={row} /> },
  { key: 'days', label: 'Days', class: 'whitespace-nowrap', cell: (row) => days(row.firstDate, row.lastDate) },
  { key: 'inserted', label: 'New', numeric: true, cell: (row) => integer(row.inserted) },
  { key: 'updated', label: 'Changed', numeric: true, cell: (row) => integer(row.updated) },
  { key: 'unchanged', label: 'The same', numeric: true, cell: (row) => integer(row.unchanged) },
];

/** What stands out in the newest batch that says something. */
function Insights(props: { batches: readonly Batch[] }) {
  const newest = () => props.batches.find(({ insights }) => insights.length > 0);
  return (
    <Show when={newest()}>
      {(batch) => (
        <ul aria-label="What stands out in the newest batch" class="list-disc px-4 pb-3 pl-8 text-sm">
          <For each={batch().insights}>{(insight) => <li>{insight}</li>}</For>
        </ul>
      )}
    </Show>
  );
}

/** Where the figures came from: each batch with what it changed and how good it is. */
export function BatchesCard(props: {
  connectionId: string;
  /** Changes whenever a sync ends. */
  stamp: unknown;
}) {
  const [after, setAfter] = createSignal<string | null>(null);
  const [kind, setKind] = createSignal<BatchKind>('RECORDS');
  const query = createQuery(ConnectionBatchesDocument, () => ({
    connectionId: props.connectionId,
    kind: kind(),
    after: after(),
  }));
  const show = (wanted: BatchKind): void =>
    batch(() => {
      setKind(wanted);
      setAfter(null);
    });
  createEffect(
    on(
      () => props.stamp,
      () => query.refetch(),
      { defer: true },
    ),
  );
  const batches = () => query.data()?.lineage.edges.map(({ node }) => node) ?? [];
  return (
    <Card
      title="What arrived"
      hint="Every batch with what it changed, and whether its figures contradict each other"
      flush
      aside={<Segmented label="Kind of rows" value={kind()} options={kinds} onChange={show} />}
    >
      <DataState
        of={query}
        isEmpty={() => batches().length === 0}
        empty={
          <EmptyState title="Nothing of this kind arrived">
            After a sync or an upload every batch stands here.
          </EmptyState>
        }
      >
        {() => (
          <>
            <Insights batches={batches()} />
            <Table label="Batches" columns={columns} rows={batches()} maxHeight="480px" />
          </>
        )}
      </DataState>
      <Pager after={after()} pageInfo={query.data()?.lineage.pageInfo} onGo={setAfter} />
    </Card>
  );
}
