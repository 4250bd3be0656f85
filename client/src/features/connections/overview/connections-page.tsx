import Cable from 'lucide-solid/icons/cable';
import Plus from 'lucide-solid/icons/plus';
import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { type Query, createQuery } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { useQuery } from '../../../data/url.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Checkbox, TextField } from '../../../ui/field.tsx';
import { FilterChips } from '../../../ui/filter-chips.tsx';
import { plural } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { loginError } from '../access/login-errors.ts';
import { ConnectionsNav } from '../connections-nav.tsx';
import { createSyncEvents } from '../sync-events.ts';
import { BulkBar } from './bulk-bar.tsx';
import { DashboardStrip, createDashboard } from './dashboard-strip.tsx';
import { type Filter, type Row, filterRows, filters, groupByTier } from './group-connections.ts';
import { ConnectionsOverviewDocument, type ConnectionsOverviewQuery } from './overview.generated.ts';
import { TierSection } from './tier-section.tsx';

function NoConnections() {
  return (
    <div class="card">
      <EmptyState
        icon={<Cable size={20} />}
        title="No connections yet"
        action={
          <Show when={may('connections:write')}>
            <LinkButton look="primary" href="/connections/new">
              Connect a platform
            </LinkButton>
            <LinkButton href="/connections/new/upload">Upload a file</LinkButton>
            <LinkButton href="/connections/new/mock">Connect mock data</LinkButton>
          </Show>
        }
      >
        A connection brings in daily figures, orders, contacts or customer journeys: from a platform, from a CSV file,
        or generated with effects that are known, to try everything out.
      </EmptyState>
    </div>
  );
}

/** The filter as it stands in the address. */
function createFilter() {
  const url = useQuery();
  const chosen = (): Filter[] => (url.get('show')?.split('.') ?? []).filter((name): name is Filter => name in filters);
  return {
    chosen,
    search: () => url.get('q') ?? '',
    all: () => url.get('all') !== 'no',
    active: () => chosen().length > 0 || url.get('q') !== undefined,
    set: url.set,
  };
}

function Filters(props: { filter: ReturnType<typeof createFilter>; rows: Row[] }) {
  const options = () =>
    (Object.keys(filters) as Filter[]).map((value) => ({
      value,
      label: filters[value].label,
      count: props.rows.filter(filters[value].holds).length,
    }));
  return (
    <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
      <TextField
        label="Search connections"
        quiet
        type="search"
        placeholder="Search"
        class="w-44"
        value={props.filter.search()}
        onInput={(event) => props.filter.set({ q: event.currentTarget.value || null })}
      />
      <FilterChips
        label="Connections to show"
        options={options()}
        chosen={props.filter.chosen()}
        onChange={(chosen) => props.filter.set({ show: chosen.join('.') || null })}
      />
      <Checkbox
        label="Platforms not connected"
        checked={props.filter.all()}
        onChange={(event) => props.filter.set({ all: event.currentTarget.checked ? null : 'no' })}
      />
    </div>
  );
}

function Body(props: {
  data: ConnectionsOverviewQuery;
  board: ReturnType<typeof createDashboard>;
  events: ReturnType<typeof createSyncEvents>;
}) {
  const filter = createFilter();
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const rows = createMemo(() => props.data.connections.edges.map((edge) => edge.node));
  const found = createMemo(() => filterRows(rows(), filter.chosen(), filter.search()));
  const groups = createMemo(() => groupByTier(found(), props.data.platforms, filter.all() && !filter.active()));
  const select = (id: string, on: boolean): void => {
    setSelected((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  };
  return (
    <div class="flex flex-col gap-4">
      <DashboardStrip query={props.board} />
      <Filters filter={filter} rows={rows()} />
      <Show
        when={groups().length > 0}
        fallback={
          <div class="card">
            <EmptyState
              title="No connection matches"
              action={<Button onClick={() => filter.set({ show: null, q: null })}>Clear filters</Button>}
            >
              There are connections, but none in this state with this name.
            </EmptyState>
          </div>
        }
      >
        <For each={groups()}>
          {(group) => <TierSection group={group} runOf={props.events.runOf} selected={selected()} onSelect={select} />}
        </For>
      </Show>
      <BulkBar rows={rows()} selected={[...selected()]} onClear={() => setSelected(new Set<string>())} />
    </div>
  );
}

/** Keeps the shown connections as the events say. */
function follow(query: Query<ConnectionsOverviewQuery>, events: ReturnType<typeof createSyncEvents>): void {
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
}

/** All sources of the organisation by tier, live. */
export function ConnectionsPage() {
  const url = useQuery();
  const [count, setCount] = createSignal(200);
  const query = createQuery(ConnectionsOverviewDocument, () => ({ first: count() }));
  const events = createSyncEvents();
  follow(query, events);
  const board = createDashboard();
  // A sync that begins or ends changes the figures and the health of its connection.
  createEffect(
    on(
      () => `${events.latest()?.syncRun.id} ${events.latest()?.syncRun.state}`,
      () => {
        board.refetch();
        query.refetch();
      },
      { defer: true },
    ),
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
      <Show when={url.get('error')}>{(code) => <Banner tone="error">{loginError(code())}</Banner>}</Show>
      <ConnectionsNav />
      <DataState of={query} isEmpty={(data) => data.connections.edges.length === 0} empty={<NoConnections />}>
        {(data) => <Body data={data()} board={board} events={events} />}
      </DataState>
      <Show when={query.data()?.connections.pageInfo.hasNextPage}>
        <Button class="self-start" onClick={() => setCount((now) => Math.min(now + 150, 500))}>
          Show more
        </Button>
      </Show>
    </Page>
  );
}
