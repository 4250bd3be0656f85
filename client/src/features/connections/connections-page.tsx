import { A } from '@solidjs/router';
import Cable from 'lucide-solid/icons/cable';
import Plus from 'lucide-solid/icons/plus';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { Show, createEffect, createSignal, on } from 'solid-js';
import { createAction, createQuery, mutate } from '../../data/query.ts';
import { may } from '../../data/session.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { DataState } from '../../ui/data-state.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';
import { type ConnectionFieldsFragment, ConnectionsDocument, StartSyncDocument } from './connections.generated.ts';
import { CoverageText } from './coverage-text.tsx';
import { scheduleName } from './schedules.ts';
import { StateBadge } from './state-badge.tsx';
import { activities, isRunning, modes, results } from './states.ts';
import { type SyncEvent, createSyncEvents } from './sync-events.ts';

type Row = ConnectionFieldsFragment;

function SyncButton(props: { row: Row }) {
  const action = createAction(() => mutate(StartSyncDocument, { connectionId: props.row.id }));
  const start = async (): Promise<void> => {
    if (await action.run()) toast(`Sync of ${props.row.name} started`);
    else toast(action.failure()?.message ?? 'The sync did not start.', 'error');
  };
  return (
    <Show
      when={props.row.mode !== 'FILE'}
      fallback={
        <LinkButton size="sm" href={`/connections/new/upload?connection=${props.row.id}`}>
          Upload
        </LinkButton>
      }
    >
      <Button
        size="sm"
        pending={action.pending()}
        disabled={props.row.activity !== 'IDLE'}
        aria-label={`Sync ${props.row.name}`}
        onClick={() => void start()}
      >
        <RefreshCw size={13} aria-hidden="true" /> Sync
      </Button>
    </Show>
  );
}

function Name(props: { row: Row }) {
  return (
    <div class="flex min-w-40 items-center gap-2 py-1.5">
      <div class="min-w-0">
        <A href={`/connections/${props.row.id}`} class="block truncate font-semibold hover:text-accent hover:underline">
          {props.row.name}
        </A>
        <span class="block text-xs text-ink-2">{props.row.platform.name}</span>
      </div>
      <Show when={props.row.mode !== 'FILE'}>
        <StateBadge of={modes[props.row.mode]} shape={false} />
      </Show>
    </div>
  );
}

function columns(runOf: (id: string) => SyncEvent['syncRun'] | undefined): Column<Row>[] {
  const running = (row: Row) => {
    const run = runOf(row.id);
    return run && isRunning(run.state) ? run : undefined;
  };
  return [
    {
      key: 'name',
      label: 'Connection',
      class: 'max-w-72',
      value: (row) => row.name,
      cell: (row) => <Name row={row} />,
    },
    {
      key: 'result',
      label: 'Last result',
      value: (row) => row.lastResult,
      cell: (row) => <StateBadge of={results[row.lastResult]} />,
    },
    {
      key: 'activity',
      label: 'Now',
      cell: (row) => (
        <div class="flex min-w-28 flex-col gap-1">
          <span>
            <StateBadge of={activities[row.activity]} />
          </span>
          <Show when={running(row)}>
            {(run) => <Progress label={`Sync of ${row.name}`} value={run().progress.fraction} />}
          </Show>
        </div>
      ),
    },
    { key: 'last', label: 'Last sync', value: (row) => row.lastSyncAt, cell: (row) => <Time at={row.lastSyncAt} /> },
    {
      key: 'coverage',
      label: 'Stored',
      value: (row) => (row.coverage ? row.coverage.records + row.coverage.journeys : null),
      cell: (row) => <CoverageText of={row.coverage} />,
    },
    {
      key: 'schedule',
      label: 'Schedule',
      wideOnly: true,
      cell: (row) => <span class="text-ink-2">{scheduleName(row.schedule)}</span>,
    },
    ...(may('connections:write')
      ? [
          {
            key: 'actions',
            label: 'Actions',
            quiet: true,
            class: 'text-right',
            cell: (row: Row) => <SyncButton row={row} />,
          },
        ]
      : []),
  ];
}

function NoConnections() {
  return (
    <EmptyState
      icon={<Cable size={20} />}
      title="No connections yet"
      action={
        <Show when={may('connections:write')}>
          <LinkButton look="primary" href="/connections/new/upload">
            Upload a file
          </LinkButton>
          <LinkButton href="/connections/new/mock">Connect mock data</LinkButton>
        </Show>
      }
    >
      A connection brings in customer journeys or daily figures: from a CSV file, or generated with effects that are
      known, to try everything out.
    </EmptyState>
  );
}

/** All sources of the organisation with their state, live. */
export function ConnectionsPage() {
  const [count, setCount] = createSignal(50);
  const query = createQuery(ConnectionsDocument, () => ({ first: count() }));
  const events = createSyncEvents();
  createEffect(
    on(events.latest, (event) => {
      if (!event) return;
      const { connection } = event.syncRun;
      const known = query.data()?.connections.edges.some((edge) => edge.node.id === connection.id);
      if (!known) return query.refetch();
      query.patch((data) => {
        const row = data.connections.edges.find((edge) => edge.node.id === connection.id)?.node;
        if (row) Object.assign(row, connection);
      });
    }),
  );
  return (
    <Page
      title="Connections"
      status={query.data() ? plural(query.data()!.connections.totalCount, 'source') : undefined}
      actions={
        <Show when={may('connections:write')}>
          <LinkButton look="primary" href="/connections/new">
            <Plus size={15} aria-hidden="true" /> New connection
          </LinkButton>
        </Show>
      }
    >
      <div class="card overflow-hidden">
        <DataState of={query} isEmpty={(data) => data.connections.edges.length === 0} empty={<NoConnections />}>
          {(data) => (
            <Table
              label="Connections"
              columns={columns(events.runOf)}
              rows={data().connections.edges.map((edge) => edge.node)}
            />
          )}
        </DataState>
        <Show when={query.data()?.connections.pageInfo.hasNextPage}>
          <div class="border-t border-line-soft px-4 py-2">
            <Button size="sm" onClick={() => setCount((now) => Math.min(now + 100, 500))}>
              Show more
            </Button>
          </div>
        </Show>
      </div>
    </Page>
  );
}
