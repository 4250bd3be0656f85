import FileJson from 'lucide-solid/icons/file-braces';
import { Show, createSignal, createEffect, on } from 'solid-js';
import { createAction, createQuery, mutate } from '../../../../data/query.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Card } from '../../../../ui/card.tsx';
import { DataState } from '../../../../ui/data-state.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { bytes, integer, words } from '../../../../ui/format.ts';
import { type Column, Table } from '../../../../ui/table.tsx';
import { Time } from '../../../../ui/time.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { ReplaySyncDocument } from '../../connections.generated.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { type RawPageFieldsFragment, RawPagesDocument } from './answers.generated.ts';

type Row = RawPageFieldsFragment;

function columns(onOpen: (id: string) => void): Column<Row>[] {
  return [
    {
      key: 'stream',
      label: 'Part',
      value: (row) => row.stream,
      cell: (row) => (
        <span class="block py-1.5">
          <span class="block whitespace-nowrap">{words(row.stream)}</span>
          <span class="block text-xs text-ink-2">{row.accountId}</span>
        </span>
      ),
    },
    { key: 'page', label: 'Page', numeric: true, value: (row) => row.page, cell: (row) => integer(row.page + 1) },
    {
      key: 'status',
      label: 'Status',
      value: (row) => row.status,
      cell: (row) => <Badge tone={row.status < 400 ? 'ok' : 'error'}>{row.status}</Badge>,
    },
    { key: 'rows', label: 'Rows', numeric: true, value: (row) => row.rows, cell: (row) => integer(row.rows) },
    { key: 'bytes', label: 'Size', numeric: true, value: (row) => row.bytes, cell: (row) => bytes(row.bytes) },
    { key: 'at', label: 'Fetched', value: (row) => row.fetchedAt, cell: (row) => <Time at={row.fetchedAt} /> },
    {
      key: 'request',
      label: 'Request',
      cell: (row) => <code class="block max-w-96 truncate font-mono text-xs text-ink-2">{row.request}</code>,
    },
    {
      key: 'open',
      label: 'Actions',
      quiet: true,
      class: 'text-right',
      cell: (row) => (
        <Button
          size="sm"
          aria-label={`View page ${row.page + 1} of ${words(row.stream)}`}
          onClick={() => onOpen(row.id)}
        >
          View
        </Button>
      ),
    },
  ];
}

function Replay(props: { runId: string; onStarted: (run: string) => void }) {
  const action = createAction(async () => {
    const { syncRun } = (await mutate(ReplaySyncDocument, { syncRunId: props.runId })).replaySync;
    props.onStarted(syncRun.id);
  });
  const replay = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'It could not be replayed.', 'error');
  };
  return (
    <Button
      size="sm"
      pending={action.pending()}
      title="Reads these answers again with today's mapping, without asking the platform"
      onClick={() => void replay()}
    >
      Replay
    </Button>
  );
}

/** The answers of the platform that a sync has kept, for those who may look at them. */
export function AnswersSection(props: { runId: string; stamp: unknown; onStarted: (run: string) => void }) {
  const [count, setCount] = createSignal(50);
  const [open, setOpen] = createSignal<string>();
  const query = createQuery(RawPagesDocument, () => ({ syncRunId: props.runId, first: count(), after: null }));
  createEffect(
    on(
      () => props.stamp,
      () => query.refetch(),
      { defer: true },
    ),
  );
  const rows = () => query.data()?.rawPages.edges.map((edge) => edge.node) ?? [];
  return (
    <Card
      title="Raw answers"
      hint="What the platform answered in the chosen sync, word for word; kept 30 days"
      flush
      aside={
        <Show when={rows().length > 0}>
          <Replay runId={props.runId} onStarted={props.onStarted} />
        </Show>
      }
    >
      <DataState
        of={query}
        isEmpty={() => rows().length === 0}
        empty={
          <EmptyState icon={<FileJson size={20} />} title="This sync kept no answers">
            Generated data and files have none, and answers are removed after 30 days.
          </EmptyState>
        }
      >
        {() => <Table label="Raw answers" columns={columns(setOpen)} rows={rows()} maxHeight="480px" />}
      </DataState>
      <Show when={query.data()?.rawPages.pageInfo.hasNextPage}>
        <div class="border-t border-line-soft px-4 py-2">
          <Button size="sm" onClick={() => setCount((now) => Math.min(now + 100, 500))}>
            Show more
          </Button>
        </div>
      </Show>
      <AnswerDialog id={open()} onClose={() => setOpen(undefined)} />
    </Card>
  );
}
