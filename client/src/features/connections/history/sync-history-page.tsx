import { A } from '@solidjs/router';
import Clock from 'lucide-solid/icons/clock';
import { Show, createEffect, on } from 'solid-js';
import { type Query, createQuery } from '../../../data/query.ts';
import { useQuery } from '../../../data/url.ts';
import { Button } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterChips } from '../../../ui/filter-chips.tsx';
import { duration, integer, words } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Pager } from '../../../ui/pager.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { type Column, Table } from '../../../ui/table.tsx';
import { Time, now } from '../../../ui/time.tsx';
import { ConnectionsNav } from '../connections-nav.tsx';
import { StateBadge } from '../state-badge.tsx';
import { isRunning, modes, syncStates } from '../states.ts';
import { createSyncEvents } from '../sync-events.ts';
import {
  type HistoryFieldsFragment,
  SyncHistoryDocument,
  type SyncHistoryQuery,
  type SyncState,
} from './history.generated.ts';

type Row = HistoryFieldsFragment;

const states: SyncState[] = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'];
const pageSize = 50;

function millisOf(row: Row): number | null {
  if (!row.startedAt) return null;
  return Math.max(0, (row.finishedAt ? Date.parse(row.finishedAt) : now()) - Date.parse(row.startedAt));
}

function State(props: { row: Row }) {
  return (
    <div class="flex min-w-28 flex-col gap-1">
      <span>
        <StateBadge of={syncStates[props.row.state]} />
      </span>
      <Show when={isRunning(props.row.state)}>
        <Progress label={`Sync of ${props.row.connection.name}`} value={props.row.progress.fraction} />
      </Show>
    </div>
  );
}

const columns: Column<Row>[] = [
  {
    key: 'connection',
    label: 'Connection',
    class: 'max-w-72',
    cell: (row) => (
      <div class="flex min-w-44 items-center gap-2 py-1.5">
        <div class="min-w-0">
          <A
            href={`/connections/${row.connection.id}?run=${row.id}`}
            class="block truncate font-semibold hover:text-accent hover:underline"
          >
            {row.connection.name}
          </A>
          <span class="block text-xs text-ink-2">{row.connection.platform.name}</span>
        </div>
        <Show when={row.connection.mode === 'MOCK'}>
          <StateBadge of={modes.MOCK} shape={false} />
        </Show>
      </div>
    ),
  },
  { key: 'state', label: 'State', cell: (row) => <State row={row} /> },
  {
    key: 'trigger',
    label: 'Started by',
    cell: (row) => (
      <span class="block leading-[18px]">
        {words(row.trigger)}
        <Show when={row.scope !== 'INCREMENTAL'}>
          <span class="block text-xs text-ink-2">{row.scope === 'FULL' ? 'Everything again' : 'Days of the past'}</span>
        </Show>
      </span>
    ),
  },
  { key: 'created', label: 'When', cell: (row) => <Time at={row.createdAt} /> },
  {
    key: 'took',
    label: 'Took',
    numeric: true,
    class: 'whitespace-nowrap',
    cell: (row) => duration(millisOf(row)),
  },
  { key: 'rows', label: 'Accepted', numeric: true, cell: (row) => integer(row.progress.rowsAccepted) },
  {
    key: 'refused',
    label: 'Refused',
    numeric: true,
    wideOnly: true,
    cell: (row) => integer(row.progress.rowsRejected),
  },
  {
    key: 'why',
    label: 'Why',
    class: 'min-w-52',
    cell: (row) => (
      <span class="line-clamp-2 text-ink-2" title={row.reasons.join('\n')}>
        {row.reasons[0] ?? ''}
        {row.reasons.length > 1 ? ` (and ${row.reasons.length - 1} more)` : ''}
      </span>
    ),
  },
];

/** Puts live progress into the rows; a sync that is not there yet is asked for where it would stand. */
function follow(query: Query<SyncHistoryQuery>, isFirstPage: () => boolean): void {
  const events = createSyncEvents();
  createEffect(
    on(events.latest, (event) => {
      if (!event) return;
      const { connection: _, jobs: __, ...run } = event.syncRun;
      const known = query.data()?.syncRuns.edges.some((edge) => edge.node.id === run.id);
      if (!known) return isFirstPage() ? query.refetch() : undefined;
      query.patch((data) => {
        const row = data.syncRuns.edges.find((edge) => edge.node.id === run.id)?.node;
        if (row) Object.assign(row, run);
      });
    }),
  );
}

/** Syncs of all connections, newest first, live. */
export function SyncHistoryPage() {
  const url = useQuery();
  const chosen = (): SyncState[] =>
    (url.get('state')?.split('.') ?? []).filter((name): name is SyncState => states.includes(name as SyncState));
  const after = () => url.get('after') ?? null;
  const query = createQuery(SyncHistoryDocument, () => ({
    first: pageSize,
    after: after(),
    states: chosen().length > 0 ? chosen() : null,
  }));
  follow(query, () => after() === null);
  const rows = () => query.data()?.syncRuns.edges.map((edge) => edge.node) ?? [];
  const info = () => query.data()?.syncRuns.pageInfo;
  return (
    <Page title="Syncs" status="Of all connections, newest first">
      <ConnectionsNav />
      <FilterChips
        label="States"
        options={states.map((value) => ({ value, label: syncStates[value].label }))}
        chosen={chosen()}
        onChange={(next) => url.set({ state: next.join('.') || null, after: null }, true)}
      />
      <div class="card overflow-hidden">
        <DataState
          of={query}
          isEmpty={() => rows().length === 0}
          empty={
            <EmptyState
              icon={<Clock size={20} />}
              title={chosen().length > 0 ? 'No sync is in this state' : 'Nothing was synced yet'}
              action={
                <Show when={chosen().length > 0}>
                  <Button onClick={() => url.set({ state: null })}>Show all</Button>
                </Show>
              }
            >
              Every sync stands here with what came in and what went wrong.
            </EmptyState>
          }
        >
          {() => <Table label="Syncs" columns={columns} rows={rows()} />}
        </DataState>
        <Pager after={after()} pageInfo={info()} onGo={(after) => url.set({ after }, true)} />
      </div>
    </Page>
  );
}
