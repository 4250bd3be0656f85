import { useParams } from '@solidjs/router';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Upload from 'lucide-solid/icons/upload';
import { Show, createEffect, on } from 'solid-js';
import { type Query, createAction, createQuery, mutate } from '../../../data/query.ts';
import { may } from '../../../data/session.ts';
import { useQuery } from '../../../data/url.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataState } from '../../../ui/data-state.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Page } from '../../../ui/page.tsx';
import { Time } from '../../../ui/time.tsx';
import { toast } from '../../../ui/toast.tsx';
import { ConnectionDocument, type ConnectionQuery, StartSyncDocument } from '../connections.generated.ts';
import { CoverageText } from '../coverage-text.tsx';
import { StateBadge } from '../state-badge.tsx';
import { activities, modes, results } from '../states.ts';
import { type SyncEvent, createSyncEvents } from '../sync-events.ts';
import { DeleteConnection } from './delete-connection.tsx';
import { KnownTruthCard } from './known-truth-card.tsx';
import { RunsList } from './runs-list.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { SyncRunPanel } from './sync-run-panel.tsx';

type Connection = NonNullable<ConnectionQuery['connection']>;

function Actions(props: { connection: Connection; onStart: (run: string) => void }) {
  const action = createAction(async () => {
    const { syncRun } = (await mutate(StartSyncDocument, { connectionId: props.connection.id })).startSync;
    props.onStart(syncRun.id);
  });
  const start = async (): Promise<void> => {
    if (!(await action.run())) toast(action.failure()?.message ?? 'The sync did not start.', 'error');
  };
  return (
    <Show when={may('connections:write')}>
      <Show
        when={props.connection.mode !== 'FILE'}
        fallback={
          <LinkButton look="primary" href={`/connections/new/upload?connection=${props.connection.id}`}>
            <Upload size={15} aria-hidden="true" /> Upload another file
          </LinkButton>
        }
      >
        <Button
          look="primary"
          pending={action.pending()}
          disabled={props.connection.activity !== 'IDLE'}
          onClick={() => void start()}
        >
          <RefreshCw size={15} aria-hidden="true" /> Sync now
        </Button>
      </Show>
      <DeleteConnection connection={props.connection} />
    </Show>
  );
}

function Summary(props: { connection: Connection }) {
  return (
    <Card title="Summary">
      <Facts
        items={[
          ['Last result', <StateBadge of={results[props.connection.lastResult]} />],
          ['Now', <StateBadge of={activities[props.connection.activity]} />],
          ['Last sync', <Time at={props.connection.lastSyncAt} />],
          ['Stored', <CoverageText of={props.connection.coverage} />],
          ['Data arrived', <Time at={props.connection.coverage?.lastIngestedAt} />],
          ['Currency', props.connection.currency],
          ['Time zone', props.connection.timeZone],
          ['Created', <Time at={props.connection.createdAt} />],
        ]}
      />
    </Card>
  );
}

function Body(props: { connection: Connection; event: SyncEvent | undefined; query: Query<ConnectionQuery> }) {
  const url = useQuery();
  const runs = () => props.connection.syncs.edges.map((edge) => edge.node);
  const chosen = () => url.get('run') ?? runs()[0]?.id;
  return (
    <div class="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_360px]">
      <div class="flex min-w-0 flex-col gap-4">
        <Card title="Sync" flush>
          <Show
            when={chosen()}
            keyed
            fallback={<EmptyState title="Never synced">The first sync brings in everything there is.</EmptyState>}
          >
            {(id) => <SyncRunPanel id={id} event={props.event} />}
          </Show>
        </Card>
        <Show when={props.connection.mode === 'MOCK' && props.connection.knownTruth}>
          <KnownTruthCard truth={props.connection.knownTruth} />
        </Show>
      </div>
      <div class="grid grid-cols-1 content-start gap-4 md:max-xl:grid-cols-2">
        <Summary connection={props.connection} />
        <Card title="Runs" flush>
          <RunsList runs={runs()} chosen={chosen()} onChoose={(run) => url.set({ run }, true)} />
        </Card>
        <Show when={props.connection.mode !== 'FILE'}>
          <ScheduleCard connection={props.connection} onChange={() => props.query.refetch()} />
        </Show>
      </div>
    </div>
  );
}

/** Applies an event to the connection: its own state, and the run in the list or a refetch when the run is new. */
function applyEvent(query: Query<ConnectionQuery>, event: SyncEvent): void {
  const { connection, jobs: _, ...run } = event.syncRun;
  const known = query.data()?.connection?.syncs.edges.some((edge) => edge.node.id === run.id);
  if (!known) return query.refetch();
  query.patch(({ connection: shown }) => {
    if (!shown) return;
    Object.assign(shown, connection);
    const row = shown.syncs.edges.find((edge) => edge.node.id === run.id)?.node;
    if (row) Object.assign(row, run);
  });
}

/** One source: how it is, its runs live, its schedule, and what is known about it. */
export function ConnectionPage() {
  const params = useParams<{ id: string }>();
  const url = useQuery();
  const query = createQuery(ConnectionDocument, () => ({ id: params.id }));
  const events = createSyncEvents(() => params.id);
  createEffect(on(events.latest, (event) => event && applyEvent(query, event)));
  const connection = () => query.data()?.connection;
  return (
    <Page
      title={connection()?.name ?? 'Connection'}
      status={
        <Show when={connection()}>
          {(connection) => (
            <span class="flex items-center gap-2">
              {connection().platform.name} <StateBadge of={modes[connection().mode]} shape={false} />
            </span>
          )}
        </Show>
      }
      actions={
        <Show when={connection()}>
          {(connection) => <Actions connection={connection()} onStart={(run) => url.set({ run }, true)} />}
        </Show>
      }
      above={
        <Show when={connection()?.mode === 'MOCK'}>
          <Banner tone="warn">
            <strong>Mock data.</strong> Generated with known effects; never part of live or uploaded figures.
          </Banner>
        </Show>
      }
    >
      <DataState
        of={query}
        isEmpty={(data) => !data.connection}
        empty={
          <div class="card">
            <EmptyState
              title="This connection does not exist"
              action={<LinkButton href="/connections">To all connections</LinkButton>}
            >
              It may have been deleted.
            </EmptyState>
          </div>
        }
      >
        {(data) => <Body connection={data().connection!} event={events.latest()} query={query} />}
      </DataState>
    </Page>
  );
}
